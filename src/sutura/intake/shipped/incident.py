"""An incident documented on the spot: opened by the service that the page calls, its details completed there."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sutura.access.errors import Invalid
from sutura.alerts.models import Alert
from sutura.alerts.services import mark_opened
from sutura.incidents.choices import (
    Answer,
    AttackKind,
    Grade,
    PerpetratorCategory,
    PlaceKind,
    Sex,
    SourceCategory,
    SourceKind,
    Type,
)
from sutura.incidents.parts import IncidentBundle, PerpetratorPart, SourcePart, VictimPart, ViolationPart
from sutura.incidents.services import open_incident
from sutura.intake.mapping import Mapping, code, codes, count, needed, number, one, place, some_day, ticked
from sutura.intake.mapping import day as maybe_day
from sutura.intake.openrosa.records import Record
from sutura.ledger.rules import CHILD_COUNTED_TYPES
from sutura.parties.models import Party
from sutura.places.models import Unit

ATTACKS = (Type.ATTACK_SCHOOL, Type.ATTACK_HOSPITAL)
GRADES: dict[str, Any] = {"reliability": Grade, "credibility": Grade}


def make(record: Record, by: Any) -> Model:
    """Open the incident, from its alert if it names one; the words of the alert stay sealed in the alert."""
    types = codes(record, "types", Type)
    if not types:
        raise Invalid(_("The record does not say what happened."), field="types")
    where = place(record)
    if where is None:
        raise Invalid(_("Say where it happened."), field="region")
    alert = _alert(record, by)
    bundle = IncidentBundle(
        alert=alert, place=where, title=_title(types, where), account_restricted=record.said("told")[:8000],
        account_shareable=record.said("shareable")[:4000], locality=record.said("locality")[:200],
        place_kind=code(record, "place_kind", PlaceKind), first_reported_on=maybe_day(record, "entered_on"),
        reporting_organisation=record.said("organisation")[:200], violations=_violations(record, types),
        victims=_victims(record, types), perpetrators=_perpetrators(record, types), sources=_sources(record, types),
        **_days(record),
    )  # fmt: skip
    incident = open_incident(bundle=bundle, by=by)
    if alert is not None:
        mark_opened(alert=alert, by=by, reference=incident.ref)
    return incident


def _alert(record: Record, by: Any) -> Alert | None:
    """The alert named, among those that one may read."""
    if not record.said("alert"):
        return None
    found: Alert = one(record, "alert", Alert.objects.visible_to(by).readable_by(by))
    return found


def _title(types: list[str], where: Unit) -> str:
    """As the page proposes it from an alert: what and where, in the language of the files."""
    with override("fr"):
        what = ", ".join(str(Type(kind).label) for kind in types)
    return f"{what} – {where.name}"[:200]


def _days(record: Record) -> dict[str, Any]:
    when = record.said("when")
    return {
        "occurred_on": some_day(record, "occurred_on"), "open_ended": when == "ongoing",
        "occurred_to": some_day(record, "occurred_to") if when == "range" else None,
        "date_estimated": ticked(record, "date_estimated"),
    }  # fmt: skip


def _violations(record: Record, types: list[str]) -> tuple[ViolationPart, ...]:
    """One of each type that was ticked; its numbers stand in its own group."""
    told = {each.said("type"): each for each in record.each("violation")}
    return tuple(_violation(kind, told.get(kind)) for kind in types)


def _violation(kind: str, told: Record | None) -> ViolationPart:
    if told is None:
        return ViolationPart(type=kind, key=kind)
    if kind in ATTACKS:
        aimed = code(told, "attack_kind", AttackKind)
        return ViolationPart(type=kind, key=kind, detail={"attack_kind": aimed} if aimed else {})
    if kind not in CHILD_COUNTED_TYPES:
        return ViolationPart(type=kind, key=kind)
    numbers: dict[str, Any] = {name: count(told, name) for name in ("boys", "girls", "unknown")}
    return ViolationPart(
        type=kind, key=kind, more={"tally_estimated": ticked(told, "tally_estimated")}, **numbers
    )


def _victims(record: Record, types: list[str]) -> tuple[VictimPart, ...]:
    """Each child that was described, once, with all that it suffered."""
    found = []
    for child in record.each("child"):
        suffered = tuple(kind for kind in codes(child, "suffered", Type) if kind in types)
        if not suffered:
            raise Invalid(_("Say what each child suffered, among what was ticked."), field="suffered")
        sex = code(child, "sex", Sex, otherwise=Sex.UNKNOWN)
        estimated = ticked(child, "age_estimated")
        age = number(child, "age")
        found.append(VictimPart(violations=suffered, sex=sex, age=age, age_estimated=estimated))
    return tuple(found)


def _perpetrators(record: Record, types: list[str]) -> tuple[PerpetratorPart, ...]:
    """The party by its code, else the kind of party alone; nobody when it is not known."""
    kind = code(record, "party_type", PerpetratorCategory, otherwise=PerpetratorCategory.UNIDENTIFIED)
    if kind == PerpetratorCategory.UNIDENTIFIED:
        return ()
    party = record.said("party").upper()
    if party and not Party.objects.filter(code=party).exists():
        raise Invalid(_("No party of the register has this code."), field="party")
    return (PerpetratorPart(violations=tuple(types), party=party, category=kind),)


def _sources(record: Record, types: list[str]) -> tuple[SourcePart, ...]:
    if not ticked(record, "heard"):
        return ()
    graded: dict[str, Any] = {name: code(record, name, known) for name, known in GRADES.items()}
    return (
        SourcePart(
            violations=tuple(types), category=needed(record, "source_category", SourceCategory),
            kind=code(record, "source_kind", SourceKind), collected_on=maybe_day(record, "entered_on"),
            organisation=record.said("organisation")[:200],
            consent_reporting=code(record, "consent_reporting", Answer),
            more={"trained": code(record, "trained", Answer)},
            **graded,
        ),
    )  # fmt: skip


MAPPING = Mapping(
    "sutura_incident",
    "incidents.document",
    make,
    apart=lambda record, _by: "sexual_violence" in record.ticked("types"),
)
