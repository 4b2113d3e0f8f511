"""Write down what was said, point by point, and who came. Two people who write at once lose nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError, Invalid
from sutura.access.rules import require
from sutura.audit.services import drop, keep, record
from sutura.coordination.choices.meetings import Presence, State
from sutura.coordination.models import AgendaItem, Attendance, Comment, Meeting
from sutura.coordination.rules.meetings import Clash, merged
from sutura.coordination.services.agenda import seat_in
from sutura.coordination.services.meetings import hold
from sutura.partners.models import Organisation
from sutura.ui.wording import says

TOLD = ("discussion", "decisions")
ATTENDED = ("presence", "women", "men", "persons")
EMPTY: dict[str, Any] = {"presence": "", "women": 0, "men": 0, "persons": ""}


class Clashing(DomainError):
    """Somebody else wrote something else in the same place meanwhile: both texts are there to choose from.

    `agreed`: the fields about which nobody has to choose, not kept yet.
    """

    def __init__(self, item: AgendaItem, agreed: dict[str, str], clashes: list[Clash]) -> None:
        super().__init__(
            _("Somebody else has changed the same text meanwhile. Keep one of the two, or both.")
        )
        self.item, self.agreed, self.clashes = item, agreed, clashes


@transaction.atomic
def write_point(*, item: AgendaItem, version: int, said: Mapping[str, str], by: Any) -> AgendaItem:
    """Keep what was said on a point, written from `version`; raises Clashing when both changed one field.

    What somebody else changed meanwhile in another field is kept beside it.
    """
    meeting = item.meeting
    require(by, "coordination.manage", meeting.body.region)
    _written(meeting)
    now = AgendaItem.objects.select_for_update().get(pk=item.pk)
    theirs = {name: getattr(now, name) for name in TOLD}
    base = theirs if version == now.version else _as_of(now, version)
    agreed, clashes = merged(base, theirs, {name: tidy(said[name]) for name in TOLD})
    if clashes:
        raise Clashing(now, agreed, clashes)
    if agreed == theirs:
        return now
    for name, text in agreed.items():
        setattr(now, name, text)
    now.version += 1
    keep(now, by=by)
    record(by, "coordination.write_point", of=now)
    return now


@transaction.atomic
def write_attendance(
    *,
    meeting: Meeting,
    organisation: Organisation,
    said: Mapping[str, Any],
    by: Any,
    seen: Mapping[str, Any] | None = None,
) -> Attendance | None:
    """Say whether an organisation came, and with how many women and men; without a word on that, nothing is noted.

    `seen`: what was noted when the line was written; whatever somebody else noted since then is not overwritten.
    """
    require(by, "coordination.manage", meeting.body.region)
    _written(meeting)
    row = meeting.attendance.filter(organisation=organisation).first()
    facts = _facts(organisation, said)
    now = {name: getattr(row, name) if row else EMPTY[name] for name in ATTENDED}
    if now == facts:
        return row
    if seen is not None and now != {name: seen.get(name) or EMPTY[name] for name in ATTENDED}:
        raise Invalid(_meanwhile(row))
    if not facts["presence"]:
        assert row is not None
        drop(row, by=by)
        row = None
    else:
        row = row or Attendance(meeting=meeting, organisation=organisation)
        for name, value in facts.items():
            setattr(row, name, value)
        keep(row, by=by)
    record(by, "coordination.write_attendance", of=meeting)
    return row


@transaction.atomic
def comment(*, meeting: Meeting, text: str, by: Any, item: AgendaItem | None = None) -> Comment:
    """A member asks for a change of minutes under review, in the name of the organisation she sits for."""
    organisation = seat_in(meeting.body, by=by)
    now = hold(meeting)
    if now.state != State.REVIEW or (now.review_until and now.review_until < timezone.localdate()):
        raise Invalid(_("These minutes are not under review now."))
    said = keep(
        Comment(meeting=meeting, item=item, organisation=organisation, text=text.strip(), written_by=by),
        by=by,
    )
    record(by, "coordination.comment", of=said)
    return said


@transaction.atomic
def answer_comment(*, comment: Comment, answer: str, by: Any) -> Comment:
    """Say what became of a comment."""
    require(by, "coordination.manage", comment.meeting.body.region)
    _written(comment.meeting)
    comment.answer = answer.strip()
    keep(comment, by=by)
    record(by, "coordination.answer_comment", of=comment)
    return comment


def _facts(organisation: Organisation, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of an organisation; only those who came are counted."""
    came = said["presence"] in (Presence.PRESENT, Presence.REPRESENTED)
    facts = {name: said.get(name) or EMPTY[name] for name in ATTENDED}
    facts["persons"] = facts["persons"].strip()
    if (facts["women"] or facts["men"]) and not came:
        raise Invalid(
            _("%(organisation)s did not come: leave women and men at 0, or say that it was present.")
            % {"organisation": organisation.short}
        )
    return facts


def _meanwhile(row: Attendance | None) -> str:
    told = _("nothing")
    if row is not None:
        told = f"{row.get_presence_display()}, {says(_('women'), row.women)}, {says(_('men'), row.men)}"
    return _(
        "Somebody else has noted meanwhile: %(told)s. What you wrote stands here; save again to keep it."
    ) % {"told": told}


def _written(meeting: Meeting) -> None:
    if not hold(meeting).is_written:
        raise Invalid(_("These minutes are closed: nobody changes them any more."))


def _as_of(item: AgendaItem, version: int) -> dict[str, str]:
    """What a point said at one of its versions; nothing where that version is not known."""
    old = item.history.filter(version=version).order_by("-history_id").first()
    return {name: getattr(old, name) if old else "" for name in TOLD}


def tidy(text: str) -> str:
    """As a browser sends it, with plain line ends and nothing behind the last word."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
