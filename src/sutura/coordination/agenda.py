"""The agenda fills itself: what every meeting of a body has to look at. Below permission: its services have asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from sutura.audit.services import keep, keep_all
from sutura.coordination.choices.meetings import Source
from sutura.coordination.models import AgendaItem, Meeting, Need, Recommendation
from sutura.coordination.statuses import lateness
from sutura.ui.wording import day

LANGUAGE = "fr"  # the papers of a body are in the language of its meetings, whoever fills the agenda


def fill(meeting: Meeting, *, by: Any) -> None:
    """Put on the agenda what is due, each standing point once; what was due before is told anew."""
    with override(LANGUAGE):
        wanted = [AgendaItem(meeting=meeting, source=source, title=title, detail=detail)
                  for source, title, detail in standing(meeting)]  # fmt: skip
    there = {item.source: item for item in meeting.items.all()}
    new = [item for item in wanted if item.source not in there]
    for item in wanted:
        known = there.get(item.source)
        if known is not None and known.detail != item.detail:
            known.detail = item.detail
            keep(known, by=by)
    last = max((item.position for item in there.values()), default=0)
    for place, item in enumerate(new, start=last + 1):
        item.position = place
    keep_all(AgendaItem, new, by=by)


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


def _owed(each: Recommendation, meeting: Meeting) -> str:
    """One line: reference, organisation, text, day, and since when it is late."""
    late = lateness(each, meeting.planned_on)
    told = f"{each.ref} – {each.responsible.short} – {each.text} – {day(each.due_on)}"
    return f"{told} ({late})" if late else told


def last_place(meeting: Meeting) -> int:
    """The highest place taken on the agenda."""
    return max(meeting.items.values_list("position", flat=True), default=0)
