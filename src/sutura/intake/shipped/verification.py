"""A visit to verify an incident: how far one came, the sources heard by code, and the first opinion if one may."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.alerts.choices import Access
from sutura.alerts.services import note_access
from sutura.incidents.choices import Answer, Grade, GroupSex, SourceAge, SourceCategory, SourceKind, Status
from sutura.incidents.models import Incident, Violation
from sutura.incidents.parts import SourcePart
from sutura.incidents.sealing import tells_apart
from sutura.incidents.services import add_source
from sutura.intake.mapping import Mapping, code, needed, one, some_day, ticked
from sutura.intake.openrosa.records import Record
from sutura.places.models import Unit
from sutura.verification.choices import Level
from sutura.verification.services import give_opinion

ABOUT: dict[str, Any] = {
    "sex": GroupSex, "age_group": SourceAge, "trained": Answer, "consent_contact": Answer,
}  # fmt: skip
GRADED: dict[str, Any] = {
    "kind": SourceKind, "reliability": Grade, "credibility": Grade, "consent_reporting": Answer,
}  # fmt: skip


def make(record: Record, by: Any) -> Model:
    """Note the visit in the file of the incident; its status stays the task force's to decide."""
    incident = one(record, "incident", Incident.objects.visible_to(by).select_related("place__parent"))
    violations = _violations(record, incident)
    visited_on = some_day(record, "visited_on")
    _access(record, incident, by)
    refs = tuple(violation.ref for violation in violations)
    for source in record.each("source"):
        about = {name: code(source, name, known) for name, known in ABOUT.items()}
        graded: dict[str, Any] = {name: code(source, name, known) for name, known in GRADED.items()}
        part = SourcePart(
            violations=refs, category=needed(source, "category", SourceCategory), collected_on=visited_on,
            organisation=record.said("organisation")[:200], more=about,
            **graded,
        )  # fmt: skip
        add_source(incident=incident, part=part, by=by)
    if ticked(record, "judges"):
        status, reason = needed(record, "status", Status), record.said("reason")[:500]
        for violation in violations:
            give_opinion(
                violation=violation, level=Level.FOCAL_POINT, status=status, given_on=visited_on, reason=reason, by=by
            )  # fmt: skip
    return incident


def _violations(record: Record, incident: Incident) -> list[Violation]:
    """Those named by their numbers, or all that stand."""
    standing = list(incident.violations.standing().order_by("pk"))
    numbers = record.ticked("numbers")
    if numbers:
        wanted = {f"{incident.ref}-V{number}" for number in numbers}
        standing = [violation for violation in standing if violation.ref in wanted]
        if len(standing) != len(wanted):
            raise Invalid(_("This incident has no violation of this number."), field="numbers")
    if not standing:
        raise Invalid(_("This incident has no violation that stands."), field="incident")
    return standing


def _access(record: Record, incident: Incident, by: Any) -> None:
    """How far the cercle could be reached; nothing to note where it is not known."""
    level = code(record, "access", Access, otherwise=Access.UNKNOWN)
    cercle = Unit.objects.filter(code=incident.cercle, level=2).first()
    if level == Access.UNKNOWN or cercle is None:
        return
    said_by = record.said("organisation")[:150] or gettext("verification visit")
    note_access(
        unit=cercle, level=level, observed_on=some_day(record, "visited_on"), source=said_by,
        visited=ticked(record, "reached"), by=by,
    )  # fmt: skip


def region(record: Record, by: Any) -> str:
    """Where the incident happened."""
    found = _incident(record, by)
    return found.region if found else ""


def apart(record: Record, by: Any) -> bool:
    """Whether the incident is one of sexual violence: its visits are for the same group."""
    found = _incident(record, by)
    return found is not None and tells_apart(found)


def _incident(record: Record, by: Any) -> Incident | None:
    rows = Incident.objects.visible_to(by).filter(ref=record.said("incident").upper())
    found: Incident | None = rows.first()
    return found


MAPPING = Mapping("sutura_verification", "incidents.document", make, region=region, apart=apart)
