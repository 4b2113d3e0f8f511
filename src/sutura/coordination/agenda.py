"""The agenda fills itself: what every meeting of a body has to look at. Below permission: its services have asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from sutura.audit.services import drop, keep, keep_all, keep_changes
from sutura.coordination.choices.meetings import Source
from sutura.coordination.models import AgendaItem, Meeting, Need, Recommendation
from sutura.coordination.statuses import lateness
from sutura.ui.wording import day

LANGUAGE = "fr"  # the papers of a body are in the language of its meetings, whoever fills the agenda


COMING_BACK = (Source.APPROVAL, Source.FOLLOW_UP, Source.NEEDS, Source.INDICATORS)
"""Points which stand on an agenda only as long as there is a reason for them."""
SUPPLIERS: dict[str, Callable[[Meeting], tuple[str, str] | None]] = {}
"""Points that apps above this one supply, by their source: a title and its lines, or nothing. Filled as apps start."""


def fill(meeting: Meeting, *, by: Any) -> None:
    """Put on the agenda what is due, each standing point once; what was due before is told anew, or goes."""
    with override(LANGUAGE):
        wanted = {source: (title, detail) for source, title, detail in standing(meeting)}
    there = {item.source: item for item in meeting.items.all()}
    for source, item in there.items():
        if source in COMING_BACK and source not in wanted and not item.version:
            drop(item, by=by)
        elif source in wanted and (item.title, item.detail) != wanted[source]:
            item.title, item.detail = wanted[source]
            keep(item, by=by)
    last = last_place(meeting)
    new = [
        AgendaItem(meeting=meeting, source=source, title=title, detail=detail, position=place)
        for place, (source, (title, detail)) in enumerate(wanted.items(), start=last + 1)
        if source not in there
    ]
    keep_all(AgendaItem, new, by=by)
    close_with_other_business(meeting, by=by)


def close_with_other_business(meeting: Meeting, *, by: Any) -> None:
    """Any other business comes last, whatever was added after it."""
    place(sorted(meeting.items.all(), key=lambda item: item.source == Source.OTHER), by=by)


def place(order: Sequence[AgendaItem], *, by: Any) -> None:
    """Number the points from one on, in this order."""
    moved = [item for number, item in enumerate(order, start=1) if item.position != number]
    for number, item in enumerate(order, start=1):
        item.position = number
    keep_changes(moved, ["position"], by=by)


def standing(meeting: Meeting) -> Iterable[tuple[str, str, str]]:
    """The points which come back at every meeting: where each comes from, its title, what it is about."""
    last = Meeting.objects.of_body(meeting.body).before(meeting.planned_on).exclude(pk=meeting.pk).first()
    if last is not None:
        title = _("Approval of the minutes of %(ref)s, of %(day)s") % {
            "ref": last.ref,
            "day": day(last.held_on),
        }
        yield Source.APPROVAL, title, ""
    yield from _followed(meeting)
    yield Source.NEWS, _("News of the members"), ""
    yield Source.OTHER, _("Any other business"), ""


def _followed(meeting: Meeting) -> Iterable[tuple[str, str, str]]:
    """What is owed on the day of the meeting, and what regions raised and nobody answered."""
    owed = Recommendation.objects.of_body(meeting.body).due_by(meeting.planned_on)
    lines = [_owed(each, meeting) for each in owed.select_related("responsible").by_day()]
    if lines:
        yield Source.FOLLOW_UP, _("Follow-up of recommendations due"), "\n".join(lines)
    waiting = Need.objects.of_body(meeting.body).waiting().by_severity()
    raised = [f"{each.ref} – {each.text} ({each.get_severity_display()})" for each in waiting]
    if raised:
        yield Source.NEEDS, _("Needs raised by the regions, without an answer"), "\n".join(raised)
    for source, supplier in SUPPLIERS.items():
        supplied = supplier(meeting)
        if supplied is not None:
            yield source, *supplied


def _owed(each: Recommendation, meeting: Meeting) -> str:
    """One line: reference, organisation, text, day, and since when it is late."""
    late = lateness(each, meeting.planned_on)
    told = f"{each.ref} – {each.responsible.short} – {each.text} – {day(each.due_on)}"
    return f"{told} ({late})" if late else told


def last_place(meeting: Meeting) -> int:
    """The highest place taken on the agenda."""
    return max(meeting.items.values_list("position", flat=True), default=0)
