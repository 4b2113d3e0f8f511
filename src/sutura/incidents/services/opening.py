"""Open incidents: one from a form, thousands from a file, by the same code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep_all, record
from sutura.incidents import checks
from sutura.incidents.assembly import Entry, assemble
from sutura.incidents.booking import book, facts_of_new, touched_by_children
from sutura.incidents.models import Incident
from sutura.incidents.parts import INCIDENT_FIELDS, IncidentBundle
from sutura.incidents.references import next_references
from sutura.incidents.sealing import says_apart


@transaction.atomic
def open_incident(*, bundle: IncidentBundle, by: Any, why: str = "") -> Incident:
    """Open one incident with all its parts; raises NotAllowed or Invalid."""
    require(by, "incidents.document", region=_place(bundle).region)
    incident = open_incidents(bundles=[bundle], by=by, why=why)[0]
    record(by, "incidents.open_incident", of=incident)
    return incident


@transaction.atomic
def open_incidents(*, bundles: Sequence[IncidentBundle], by: Any, why: str = "") -> list[Incident]:
    """Open many incidents, in order; the number of statements does not grow but by batches.

    A status other than pending, or a state other than open, comes with imported files only.
    """
    for region in sorted({_place(bundle).region for bundle in bundles}):
        require(by, "incidents.document", region=region)
    decided = {
        _place(bundle).region
        for bundle in bundles
        if bundle.state != "open" or any(part.status != "pending" for part in bundle.violations)
    }
    for region in sorted(decided):
        require(by, "intake.import", region=region)
    refs = next_references(len(bundles))
    incidents = [_incident(bundle, ref, by=by, why=why) for bundle, ref in zip(bundles, refs, strict=True)]
    for bundle, incident in zip(bundles, incidents, strict=True):
        says_apart(incident, bundle.violations)
    keep_all(Incident, incidents, by=by, why=why)
    entries = [
        Entry(
            incident=incident,
            violations=bundle.violations,
            victims=bundle.victims,
            perpetrators=bundle.perpetrators,
            sources=bundle.sources,
            fresh=True,
        )
        for bundle, incident in zip(bundles, incidents, strict=True)
    ]
    made = assemble(entries, by=by, why=why)
    # Elsewhere a child listed with its sex unknown may be known now.
    elsewhere = touched_by_children(made.old_children) - made.touched
    book(elsewhere, new=facts_of_new(made), by=by, act="incidents.open_incidents", why=why)
    if len(incidents) > 1:
        record(by, "incidents.open_incidents", fields=f"{len(incidents)} {refs[0]}..{refs[-1]}")
    return incidents


def _place(bundle: IncidentBundle) -> Any:
    if bundle.place is None:
        raise Invalid(_("Say where it happened."), field="place")
    return bundle.place


def _incident(bundle: IncidentBundle, ref: str, *, by: Any, why: str) -> Incident:
    given = {name: getattr(bundle, name) for name in INCIDENT_FIELDS} | dict(bundle.more)
    if given["state"] in ("void", "duplicate"):
        given["state_reason"] = given["state_reason"] or why
    checks.dates(bundle.occurred_on, bundle.occurred_to, bundle.open_ended)
    checks.point(bundle.latitude, bundle.longitude)
    checks.state(given["state"], given["state_reason"])
    place = _place(bundle)
    return Incident(
        ref=ref,
        import_ref=bundle.import_ref,
        alert=bundle.alert,
        place=place,
        region=place.region,
        region_2023=place.region_2023,
        cercle=place.cercle,
        opened_by=by,
        **checks.values(Incident, given),
    )
