"""`./sutura remind`: tell each person what waits for her, as often as she wishes; for a timer of the system."""

from __future__ import annotations

import argparse

from sutura.config.language import say

NAME = "remind"


def summary() -> str:
    """One sentence for the help."""
    return say(
        "mail to each person what waits for her, once a day at most, and what members did not get",
        "envoyer à chaque personne ce qui l’attend, une fois par jour au plus, et ce que les membres n’ont pas reçu",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to type."""


def run(options: argparse.Namespace) -> int:
    """Send what is due, and say how many; 1 when a message could not leave, and the next run tries it again."""
    from django.utils import timezone

    from sutura.coordination.models import Reminder
    from sutura.coordination.services.reminders import send_reminder
    from sutura.people.services import machine

    sent = failed = 0
    for reminder in Reminder.objects.exclude(rhythm="off").order_by("pk"):
        try:
            sent += send_reminder(reminder=reminder, on=timezone.localdate(), by=machine("reminders"))
        except OSError:  # the server of mail: refused, unreachable, gone
            failed += 1
    print(
        say(
            f"Reminders sent: {sent}. To try again: {failed}.",
            f"Rappels envoyés : {sent}. À retenter : {failed}.",
        )
    )
    return 1 if failed + waiting() else 0


def waiting() -> int:
    """Try again what members did not get, and say so; how many still wait."""
    from django.utils import timezone

    from sutura.coordination.models import Mailing
    from sutura.coordination.post import post
    from sutura.people.services import machine

    found = list(Mailing.objects.to_try(timezone.now()).select_related("meeting__body"))
    if not found:
        return 0
    came = post(found, by=machine("reminders"))
    left, rest = came.total() - came["waiting"], len(found) - came.total() + came["waiting"]
    print(
        say(
            f"Messages to members, done: {left}. To try again: {rest}.",
            f"Messages aux membres, traités : {left}. À retenter : {rest}.",
        )
    )
    return rest
