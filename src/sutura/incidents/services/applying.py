"""Apply a file again: new rows are opened, changed rows change their records, equal rows change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.acting import beyond
from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import record, record_each
from sutura.incidents.booking import book, touched_by_children
from sutura.incidents.models import Incident
from sutura.incidents.parts import Applied, IncidentBundle
from sutura.incidents.reconciling import CHUNK, Reconciliation
from sutura.incidents.references import KNOWN
from sutura.incidents.services.opening import open_incidents


@transaction.atomic
def apply_changes(*, bundles: Sequence[IncidentBundle], by: Any, why: str) -> Applied:
    """Bring the records in line with the rows of a file; rows absent from it change nothing.

    Incidents, violations, victims and sources are recognised by their `import_ref`.  Returns what was
    created, updated and unchanged, by kind of row.
    """
    require(by, "intake.import")
    applied = Applied()
    held = _held(bundle.import_ref for bundle in bundles if bundle.import_ref)
    new = [bundle for bundle in bundles if bundle.import_ref not in held]
    for bundle in new:
        if not bundle.present:
            raise Invalid(
                _("%(key)s: there is no such incident.") % {"key": bundle.import_ref}, field="incident_ref"
            )
        _note_created(applied, bundle)
    open_incidents(bundles=new, by=by, why=why)
    old = [(bundle, held[bundle.import_ref]) for bundle in bundles if bundle.import_ref in held]
    for region in sorted({incident.region for _bundle, incident in old}):
        require(by, "intake.import", region=region)
        require(by, "incidents.document", region=region)
    reconciliation = Reconciliation(old, applied=applied, by=by, why=why)
    reconciliation.run()
    touched = reconciliation.touched | touched_by_children(reconciliation.children)
    book(touched, by=by, act="incidents.apply_changes", why=why)
    # Each by its own line: whoever changed a file by an import does not judge it afterwards.
    record_each(by, "incidents.apply_changes", of=_changed(old, applied))
    record(
        by,
        "incidents.apply_changes",
        fields=" ".join(f"{how}={applied.total(how)}" for how in ("created", "updated", "unchanged")),
    )
    return applied


@beyond(KNOWN)
def _held(refs: Iterable[str]) -> dict[str | None, Incident]:
    wanted = sorted(set(refs))
    found: dict[str | None, Incident] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Incident.objects.select_for_update().filter(import_ref__in=wanted[start : start + CHUNK])
        found.update((incident.import_ref, incident) for incident in rows)
    return found


def _changed(pairs: Iterable[tuple[IncidentBundle, Incident]], applied: Applied) -> list[Incident]:
    """The incidents of which a row was changed or added."""
    kinds = ("violations", "victims", "sources")
    new = {
        kind: {*applied.created.get(kind, ()), *applied.updated.get(kind, ())}
        for kind in ("incidents", *kinds)
    }
    return [
        incident
        for bundle, incident in pairs
        if bundle.import_ref in new["incidents"]
        or any(part.import_ref in new[kind] for kind in kinds for part in getattr(bundle, kind))
    ]


def _note_created(applied: Applied, bundle: IncidentBundle) -> None:
    applied.add("created", "incidents", bundle.import_ref)
    for kind in ("violations", "victims", "sources"):
        for part in getattr(bundle, kind):
            applied.add("created", kind, part.import_ref)
