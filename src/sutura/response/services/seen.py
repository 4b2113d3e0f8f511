"""The children of a visit: what is told of each is written once, as lines of its docket, where the clocks read it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.parties.models import Party
from sutura.response.choices import Care, DetentionPlace, Kind, Precision, Seen, SiteKind, Standing
from sutura.response.models import Docket, SeenChild, Step, Visit
from sutura.response.querysets import KEEP
from sutura.response.rules.reach import may_be_seen
from sutura.response.services.dockets import note_step, open_docket
from sutura.response.settling import episodes, last

HELD_IN = {
    SiteKind.PRISON: DetentionPlace.PRISON,
    SiteKind.JUVENILE: DetentionPlace.JUVENILE,
    SiteKind.GENDARMERIE: DetentionPlace.GENDARMERIE,
    SiteKind.MILITARY: DetentionPlace.MILITARY,
}
TOLD = {"separated": Kind.SEPARATED, "lawyer": Kind.LAWYER, "ill_treatment": Kind.ILL_TREATMENT}
"""What is asked of a child in a visit and has a line of its own in the docket."""


@transaction.atomic
def note_child(
    *, visit: Visit, docket: Docket, answer: str, by: Any, health: str = "", age_disputed: str = "",
    family: str = "", action: str = "", action_on: date | None = None, **told: str,
) -> SeenChild:  # fmt: skip
    """A child followed was seen, or was not found there: its docket is told, and the clocks with it."""
    require(by, KEEP, docket.region)
    _made(visit)
    if visit.seen.filter(docket=docket, line__corrected=None).exists():
        raise Invalid(_("This child is noted already. Correct the line in its docket."), field="docket")
    seen = answer == Seen.SEEN
    if seen:
        _found_there(visit, docket, by)
    line = _line(visit, docket, Kind.VISIT, answer, by)
    if seen:
        for name, kind in TOLD.items():
            if told.get(name):
                _line(visit, docket, kind, told[name], by)
    if action:
        _line(visit, docket, Kind.NEXT_ACTION, action, by, day=action_on)
    made = SeenChild(visit=visit, docket=docket, line=line, noted_by=by)
    if seen:
        made.health, made.age_disputed, made.family = health, age_disputed, family
    made.save(force_insert=True)
    record(by, "response.note_child", of=visit)
    return made


@transaction.atomic
def open_child(
    *, visit: Visit, sex: str, association: str, mode: str, by: Any, age: int | None = None, age_basis: str = "",
    party: Party | None = None, **said: Any,
) -> SeenChild:  # fmt: skip
    """A child whom nobody followed yet was seen: a docket is opened, its encounter on a day nobody knows yet."""
    require(by, KEEP, visit.region)
    _made(visit)
    docket = open_docket(
        region=visit.region, sex=sex, association=association, age=age, age_basis=age_basis, party=party,
        answer=mode, precision=Precision.UNKNOWN, place=visit.site.place, by=by,
    )  # fmt: skip
    seen = note_child(visit=visit, docket=docket, answer=Seen.SEEN, by=by, **said)
    record(by, "response.open_child", of=visit)
    return seen


def _made(visit: Visit) -> None:
    if visit.standing != Standing.DONE:
        raise Invalid(_("Note first that the visit was made."))


def _found_there(visit: Visit, docket: Docket, by: Any) -> None:
    """The docket says where the child is: a line more where it named no place or another one."""
    kind = visit.site.kind
    docket.refresh_from_db(fields=["stage"])
    if not may_be_seen(docket.stage, kind):
        raise Invalid(
            _("By its docket this child is held there no more. Note the new encounter in the docket first."),
            field="docket",
        )
    place = Kind.CARE if kind == SiteKind.CENTRE else Kind.DETENTION if kind in HELD_IN else None
    if place is None:
        return
    known = last(episodes(list(docket.steps.order_by("id")))[-1], place)
    if known is None or known.site_id != visit.site_id:
        _line(visit, docket, place, Care.CENTRE if place == Kind.CARE else HELD_IN[SiteKind(kind)], by)


def _line(visit: Visit, docket: Docket, kind: str, answer: str, by: Any, day: date | None = None) -> Step:
    return note_step(
        docket=docket, kind=kind, answer=answer, precision=Precision.DAY, day=day or visit.made_on,
        organisation=visit.lead, site=visit.site, by=by,
    )  # fmt: skip
