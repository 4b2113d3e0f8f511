"""Change an incident, close and reopen it, mark it a duplicate, void it; nothing is ever deleted."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import keep, keep_changes, record
from sutura.incidents import checks, whole
from sutura.incidents.booking import book
from sutura.incidents.choices import State
from sutura.incidents.editing import alter, hold, hold_live
from sutura.incidents.models import Incident
from sutura.vault import services as vault

# These have their own verbs, or are never changed by hand.
APART = (
    "id", "public_id", "ref", "import_ref", "state", "state_reason", "duplicate_of", "region", "region_2023",
    "cercle", "opened_by", "opened_at",
)  # fmt: skip


@transaction.atomic
def change_incident(*, incident: Incident, by: Any, why: str = "", **values: Any) -> Incident:
    """Change facts of the incident; a change of date or place is booked for all its violations."""
    before = hold_live(incident).region
    require(by, "incidents.document", region=before)
    changed = alter(incident, values, apart=APART)
    if not changed:
        return incident
    if "place" in changed:
        require(by, "incidents.document", region=incident.place.region)
        place_incident(incident)
    checks.dates(incident.occurred_on, incident.occurred_to, incident.open_ended)
    checks.point(incident.latitude, incident.longitude)
    keep(incident, by=by, why=why)
    violations = list(incident.violations.all())
    moved = [violation for violation in violations if violation.region != incident.region]
    for violation in moved:
        violation.region = incident.region
    keep_changes(moved, ["region"], by=by, why=why)
    if incident.region != before:
        vault.move(by=by, records=whole.records(incident), region=incident.region)
    book([violation.pk for violation in violations], by=by, act="incidents.change_incident", why=why)
    record(by, "incidents.change_incident", of=incident, fields=" ".join(changed))
    return incident


def place_incident(incident: Incident) -> None:
    """Copy the codes of the place into the incident."""
    incident.region = incident.place.region
    incident.region_2023 = incident.place.region_2023
    incident.cercle = incident.place.cercle


@transaction.atomic
def close_incident(*, incident: Incident, by: Any, why: str = "") -> Incident:
    """Close the file; no figure changes."""
    require(by, "incidents.void", region=hold(incident).region)
    if incident.state != State.OPEN:
        raise Invalid(_("Only an open incident can be closed."))
    return _set_state(incident, State.CLOSED, why[:500], by=by, act="incidents.close_incident")


@transaction.atomic
def reopen_incident(*, incident: Incident, by: Any, why: str) -> Incident:
    """Open the file again, whatever took it away; what it counts returns to the figures."""
    require(by, "incidents.void", region=hold(incident).region)
    why = given_reason(why)
    if incident.state == State.OPEN:
        return incident
    incident.duplicate_of = None
    return _set_state(incident, State.OPEN, why, by=by, act="incidents.reopen_incident")


@transaction.atomic
def mark_duplicate(*, incident: Incident, of: Incident, by: Any, why: str) -> Incident:
    """Say that another incident tells the same event: this one leaves the count, nothing is destroyed."""
    require(by, "incidents.void", region=hold(incident).region)
    why = given_reason(why)
    if of.pk == incident.pk:
        raise Invalid(_("An incident cannot be the duplicate of itself."), field="duplicate_of")
    if not hold(of).counts:
        raise Invalid(_("Choose an incident which is neither void nor a duplicate."), field="duplicate_of")
    incident.duplicate_of = of
    return _set_state(incident, State.DUPLICATE, why, by=by, act="incidents.mark_duplicate")


@transaction.atomic
def void_incident(*, incident: Incident, by: Any, why: str) -> Incident:
    """Take the incident out of the count for good reason; the file stays and can be reopened."""
    require(by, "incidents.void", region=hold(incident).region)
    why = given_reason(why)
    incident.duplicate_of = None
    return _set_state(incident, State.VOID, why, by=by, act="incidents.void_incident")


@transaction.atomic
def take_back_incident(*, incident: Incident, by: Any, why: str) -> dict[str, list[str]]:
    """Void an incident that a file opened, and let its references go: the file may bring them again, corrected.

    Returns the references by kind of row: incidents, violations, victims, sources.
    """
    require(by, "incidents.void", region=hold(incident).region)
    void_incident(incident=incident, by=by, why=why)
    gone: dict[str, list[str]] = {}
    parts = {"violations": incident.violations, "victims": incident.victims, "sources": incident.sources}
    several: dict[str, list[Any]] = {"incidents": [incident]} | {
        name: list(rows.all()) for name, rows in parts.items()
    }
    for name, rows in several.items():
        told = [row for row in rows if row.import_ref]
        gone[name] = [row.import_ref for row in told]
        for row in told:
            row.import_ref = None
        keep_changes(told, ["import_ref"], by=by, why=why)
    record(by, "incidents.take_back_incident", of=incident, fields="import_ref")
    return gone


def _set_state(incident: Incident, state: str, why: str, *, by: Any, act: str) -> Incident:
    if incident.state == state and incident.state_reason == why and state != State.DUPLICATE:
        return incident
    incident.state, incident.state_reason = state, why
    keep(incident, by=by, why=why)
    book(incident.violations.values_list("pk", flat=True), by=by, act=act, why=why)
    record(by, act, of=incident, fields="state")
    return incident
