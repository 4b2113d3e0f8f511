"""`./sutura remind`: tell each person what waits for her, as often as she wishes; for a timer of the system."""

from __future__ import annotations

import argparse

from sutura.config.language import say

NAME = "remind"


def summary() -> str:
    """One sentence for the help."""
    return say(
        "mail to each person what waits for her, once a day at most",
        "envoyer à chaque personne ce qui l’attend, une fois par jour au plus",
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
    return 1 if failed else 0
