"""What waits for somebody in coordination, section by section: for her home page and for her e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from sutura.access.rules import may, scope
from sutura.coordination.choices.meetings import State
from sutura.coordination.models import Event, Meeting, Need, Proposal, Recommendation
from sutura.coordination.querysets.bodies import voices_of
from sutura.partners.models import Visit

SHOWN = 5
MOST = 500
"""Beyond this many a section is not counted on."""
SOON = timedelta(days=14)
AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One thing: the code that an e-mail may bear, where it opens, until when; `about` stays on the page."""

    code: str
    url: str
    due: date | None = None
    about: str = ""


@dataclass(frozen=True)
class Section:
    """Things of one kind: the first few, how many in all, and where all of them are."""

    title: str
    icon: str
    url: str
    count: int
    lines: list[Line] = field(default_factory=list)


def sections(user: Any, today: date) -> list[Section]:
    """Every section of a person, also the empty ones."""
    if not may(user, "coordination.read"):
        return []
    return [
        *_recommendations(user, today), *_meetings(user, today), *_events(user, today), *_needs(user),
        *_visits(user, today),
    ]  # fmt: skip


def _section(title: str, icon: str, url: str, found: QuerySet, line: Any) -> Section:
    listed = list(found[:SHOWN])
    count = found.order_by()[:MOST].count() if len(listed) == SHOWN else len(listed)
    return Section(title, icon, url, count, [line(each) for each in listed])


def _recommendations(user: Any, today: date) -> Iterator[Section]:
    """What my organisation owes, what others declared done, what is late where I sit."""
    mine, board = Recommendation.objects.visible_to(user), reverse("coordination:board")
    owed = mine.owed_by(user)
    near = mine.due_by(today + SOON).exclude(pk__in=owed.order_by().values("pk"))
    for title, icon, found, show in (
        (_("Recommendations to carry out"), "flag", owed, "open"),
        (_("Recommendations to verify"), "badge-check", mine.to_verify_by(user), "declared"),
        (_("Due soon or late in my bodies"), "clock", near, "open"),
    ):
        yield _section(title, icon, f"{board}?show={show}", found.by_day(), _recommendation)


def _recommendation(found: Recommendation) -> Line:
    return Line(found.ref, found.get_absolute_url(), found.due_on, Truncator(found.text).chars(90))


def _meetings(user: Any, today: date) -> Iterator[Section]:
    """Meetings near, points not proposed yet, minutes to read again."""
    mine = Meeting.objects.visible_to(user).select_related("body")
    url = reverse("coordination:calendar")
    coming = mine.to_come().filter(planned_on__range=(today, today + AHEAD))
    yield _section(_("Meetings to come"), "calendar", url, coming, lambda one: _meeting(one, one.planned_on))
    calls = awaited(user, mine, today)
    title = _("Points awaited for an agenda")
    yield _section(title, "list", url, calls, lambda one: _meeting(one, one.proposals_until))
    minutes = mine.filter(state=State.REVIEW).order_by("review_until", "pk")
    title = _("Minutes to read again")
    yield _section(title, "pencil", url, minutes, lambda one: _meeting(one, one.review_until))


def awaited(user: Any, meetings: QuerySet, today: date) -> QuerySet:
    """Open calls of bodies where a person sits, to which no organisation of hers has answered."""
    sits = voices_of(user).filter(body=OuterRef("body"))
    own = voices_of(user).filter(body=OuterRef("meeting__body")).values("organisation")
    answered = Proposal.objects.filter(meeting=OuterRef("pk"), organisation__in=own)
    still = Q(proposals_until=None) | Q(proposals_until__gte=today)
    calls = meetings.filter(still, Exists(sits), ~Exists(answered), state=State.CALLED)
    return calls.order_by("proposals_until", "pk")


def _meeting(one: Meeting, until: date | None) -> Line:
    return Line(one.ref, one.get_absolute_url(), until, str(one.body))


def _events(user: Any, today: date) -> Iterator[Section]:
    """Workshops, conferences and missions near."""
    coming = Event.objects.visible_to(user).to_come().filter(starts_on__range=(today, today + AHEAD))
    yield _section(
        _("Workshops and missions to come"), "map-pin", reverse("coordination:events"), coming,
        lambda one: Line(one.ref, one.get_absolute_url(), one.starts_on, one.title),
    )  # fmt: skip


def _needs(user: Any) -> Iterator[Section]:
    """Needs that nobody answered, for whoever keeps the body to which they were raised."""
    if may(user, "coordination.manage"):
        kept = scope(user, "coordination.manage", "body__region")
        found = Need.objects.visible_to(user).filter(kept).waiting().by_severity()
        yield _section(
            _("Needs without an answer"), "bell", reverse("coordination:needs"), found,
            lambda need: Line(need.ref, need.get_absolute_url(), about=Truncator(need.text).chars(90)),
        )  # fmt: skip


def _visits(user: Any, today: date) -> Iterator[Section]:
    """Support visits whose follow-up falls due."""
    if may(user, "partners.manage"):
        found = Visit.objects.visible_to(user).open().filter(follow_up_on__lte=today + SOON)
        yield _section(
            _("Support visits to follow up"), "undo-2", reverse("partners:visits"),
            found.select_related("organisation").order_by("follow_up_on", "pk"),
            lambda one: Line(one.organisation.short, one.get_absolute_url(), one.follow_up_on),
        )  # fmt: skip
