"""The calendar behind a secret address: titles, codes and times of what its person may see today."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.coordination.engagements import Engagement, engagements
from sutura.coordination.models import Feed
from sutura.coordination.rules.calendars import Slot, calendar
from sutura.coordination.services.reminders import fingerprint

BEHIND, AHEAD = timedelta(days=60), timedelta(days=400)
HOUR = timedelta(hours=1)
"""A meeting without an end lasts so long in the calendar."""


def feed_of(secret: str) -> Feed | None:
    """The calendar of an address; none once it is revoked, or its person is stopped or coordinates no more."""
    found = Feed.objects.open().filter(digest=fingerprint(secret)).select_related("account").first()
    return found if found and may(found.account, "coordination.read") else None


def written(feed: Feed, now: datetime) -> str:
    """The calendar, in the language of its person."""
    today = timezone.localdate(now)
    with translation.override(feed.account.language):
        found = engagements(feed.account, today - BEHIND, today + AHEAD)
        return calendar([_slot(one) for one in found], name=_("Sutura, coordination"), now=now)


def _slot(one: Engagement) -> Slot:
    uid = f"{one.key}@sutura"
    if one.starts_at is None:
        return Slot(uid, one.title, one.starts_on, one.ends_on)
    start = timezone.make_aware(datetime.combine(one.starts_on, one.starts_at))
    if one.ends_at is None:
        return Slot(uid, one.title, start, start + HOUR)
    return Slot(uid, one.title, start, timezone.make_aware(datetime.combine(one.ends_on, one.ends_at)))
