"""A visit to a place of detention or a centre: what was found there by code, and each child in its docket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.intake.mapping import Mapping, code, codes, needed, number, one, some_day, ticked
from sutura.intake.openrosa.records import Record
from sutura.response.choices import (
    Action,
    AgeBasis,
    Answer,
    Association,
    Crowding,
    Enough,
    Health,
    IllTreatment,
    Later,
    Mixed,
    Mode,
    NoEntry,
    Office,
    Seen,
    Sex,
    Task,
)
from sutura.response.models import Docket, Visit
from sutura.response.services.seen import note_child, open_child
from sutura.response.services.visits import hold_visit, leave_to_do, postpone_visit, refuse_visit

FOUND: dict[str, Any] = {
    "crowding": Crowding, "mixed": Mixed, "food": Enough, "care": Enough, "books": Answer, "alone": Answer,
}  # fmt: skip
OF_CHILD: dict[str, Any] = {
    "separated": Answer, "lawyer": Answer, "ill_treatment": IllTreatment, "health": Health, "age_disputed": Answer,
    "family": Answer, "action": Action,
}  # fmt: skip
FIRST: dict[str, Any] = {"sex": Sex, "age_basis": AgeBasis, "association": Association, "mode": Mode}


def make(record: Record, by: Any) -> Model:
    """Note what became of a visit that was planned."""
    visit = one(record, "visit", Visit.objects.visible_to(by).select_related("site__place", "lead"))
    act = ACTS.get(record.said("became"))
    if act is None:
        raise Invalid(_("This answer is not on the list."), field="became")
    return act(record, visit, by)


def _made(record: Record, visit: Visit, by: Any) -> Model:
    counts: dict[str, Any] = {name: number(record, name) for name in ("places", "children")}
    found: dict[str, Any] = {name: code(record, name, known) for name, known in FOUND.items()}
    held = hold_visit(visit=visit, made_on=some_day(record, "made_on"), by=by, **counts, **found)
    for child in record.each("child"):
        _note(child, held, by)
    for task in codes(record, "tasks", Task):
        leave_to_do(visit=held, task=task, organisation=held.lead, due_on=some_day(record, "due_on"), by=by)
    return held


def _note(child: Record, visit: Visit, by: Any) -> None:
    """One child: by the code of its docket, else as one whom nobody followed yet."""
    told: dict[str, Any] = {name: code(child, name, known) for name, known in OF_CHILD.items()}
    if told["action"]:
        told["action_on"] = some_day(child, "action_on")
    if ticked(child, "followed"):
        docket = one(child, "docket", Docket.objects.visible_to(by))
        note_child(visit=visit, docket=docket, answer=needed(child, "answer", Seen), by=by, **told)
        return
    first: dict[str, Any] = {name: code(child, name, known) for name, known in FIRST.items()}
    if not (first["sex"] and first["association"] and first["mode"]):
        raise Invalid(_("Of a child without a docket, say the sex, the tie and how it was met."), field="sex")
    open_child(visit=visit, age=number(child, "age"), by=by, **first, **told)


def _refused(record: Record, visit: Visit, by: Any) -> Model:
    return refuse_visit(
        visit=visit, answered_on=some_day(record, "made_on"), answered_by=needed(record, "answered_by", Office),
        no_entry=needed(record, "no_entry", NoEntry), by=by,
    )  # fmt: skip


def _postponed(record: Record, visit: Visit, by: Any) -> Model:
    later = needed(record, "later", Later)
    return postpone_visit(visit=visit, planned_on=some_day(record, "planned_on"), later=later, by=by)


ACTS: dict[str, Callable[[Record, Visit, Any], Model]] = {
    "made": _made, "refused": _refused, "postponed": _postponed,
}  # fmt: skip


def region(record: Record, by: Any) -> str:
    """Where the place is."""
    visit = Visit.objects.visible_to(by).filter(ref=record.said("visit").upper()).first()
    return visit.region if visit else ""


MAPPING = Mapping("sutura_detention", "response.keep", make, region=region)
