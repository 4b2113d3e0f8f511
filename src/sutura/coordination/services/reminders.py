"""Somebody is reminded as she wishes, and her calendar program reads her days under an address of her own."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.coordination.choices.reminders import Rhythm
from sutura.coordination.letters import letter
from sutura.coordination.models import Feed, Reminder
from sutura.coordination.rules.calendars import is_due

BYTES = 32
"""Of chance in an address: it is not found by trying."""


@transaction.atomic
def set_reminder(*, rhythm: str, by: Any, email: str = "") -> Reminder:
    """How often, and where, one is reminded."""
    require(by, "coordination.read")
    if rhythm != Rhythm.OFF and not email:
        raise Invalid(_("Give the address to which the reminder goes."), field="email")
    found = Reminder.objects.select_for_update().filter(account=by).first() or Reminder(account=by)
    found.rhythm, found.email = rhythm, email
    keep(found, by=by)
    record(by, "coordination.set_reminder", of=by, fields=rhythm)
    return found


@transaction.atomic
def make_feed(*, by: Any) -> str:
    """The secret of a new address, told once: we keep its fingerprint alone. An earlier address dies."""
    require(by, "coordination.read")
    _revoke(by)
    secret = token_urlsafe(BYTES)
    feed = keep(Feed(account=by, digest=fingerprint(secret)), by=by, why="made")
    record(by, "coordination.make_feed", of=feed)
    return secret


@transaction.atomic
def revoke_feed(*, by: Any) -> None:
    """The address opens nothing any more."""
    require(by, "coordination.read")
    _revoke(by)
    record(by, "coordination.revoke_feed", of=by)


@transaction.atomic
def send_reminder(*, reminder: Reminder, on: date, by: Any) -> bool:
    """Send what waits, once a day at most; whether something went out.

    The mail leaves before the row says so: a server that refuses undoes the row, and the next run tries again.
    """
    require(by, "coordination.read")
    held = Reminder.objects.select_for_update(of=("self",)).select_related("account").get(pk=reminder.pk)
    if not is_due(rhythm=held.rhythm, sent_on=held.sent_on, today=on):
        return False
    written = letter(held.account, on)
    held.sent_on = on
    keep(held, by=by, why="sent" if written else "nothing waits")
    record(by, "coordination.send_reminder", of=held.account)
    if written:
        EmailMessage(written.subject, written.text, to=[held.email]).send()
    return bool(written)


def fingerprint(secret: str) -> str:
    """By which an address is known again; a secret of chance needs no slow hash."""
    return sha256(secret.encode()).hexdigest()


def _revoke(by: Any) -> None:
    for feed in Feed.objects.select_for_update().open().filter(account=by):
        feed.revoked_at = timezone.now()
        keep(feed, by=by, why="revoked")
