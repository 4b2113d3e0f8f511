"""What is already imported, of all that the references of a file touch: loaded in bulk, compared in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from sutura.access.acting import beyond
from sutura.incidents.models import Incident, Source, Victim, VictimLink, Violation
from sutura.incidents.references import KNOWN
from sutura.intake.checking import Known, KnownVictim, KnownViolation, Wanted
from sutura.intake.columns import INCIDENTS, SOURCES, VICTIMS, VIOLATIONS
from sutura.intake.querysets import CHUNK


@beyond(KNOWN)
def known(wanted: Wanted) -> Known:
    """Imported incidents, violations, victims and sources which the file names, and victims they are counted with."""
    if not Incident.objects.exclude(import_ref=None).exists():
        return Known()
    found = Known(
        incidents=_incidents(wanted.refs[INCIDENTS] | wanted.incident_refs),
        violations=_violations(wanted.refs[VIOLATIONS] | wanted.violation_refs),
        decisions=_decisions(wanted.refs[INCIDENTS]),
        source_incidents=_source_incidents(wanted.refs[SOURCES]),
    )
    found.victims = _victims(wanted, found.violations)
    return found


def chunks(refs: Iterable[str]) -> Iterator[list[str]]:
    """References in pieces which fit one statement."""
    wanted = sorted(refs)
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]


def _incidents(refs: set[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for piece in chunks(refs):
        rows = Incident.objects.filter(import_ref__in=piece).values_list("import_ref", "occurred_on")
        found.update((ref or "", day) for ref, day in rows)
    return found


def _violations(refs: set[str]) -> dict[str, KnownViolation]:
    columns = (
        "import_ref",
        "incident__import_ref",
        "type",
        "status",
        "boys",
        "girls",
        "unknown",
        "decided_on",
    )
    found = {}
    for piece in chunks(refs):
        for ref, *rest in Violation.objects.filter(import_ref__in=piece).values_list(*columns):
            found[ref] = KnownViolation(rest[0] or "", *rest[1:])
    return found


def _decisions(incident_refs: set[str]) -> dict[str, dict[str, Any]]:
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for piece in chunks(incident_refs):
        rows = Violation.objects.standing().filter(incident__import_ref__in=piece, decided_on__isnull=False)
        for incident, ref, own, day in rows.values_list(
            "incident__import_ref", "import_ref", "ref", "decided_on"
        ):
            found[incident or ""][ref or own] = day
    return dict(found)


def _source_incidents(refs: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for piece in chunks(refs):
        rows = Source.objects.filter(import_ref__in=piece)
        found.update(
            (ref or "", owner or "") for ref, owner in rows.values_list("import_ref", "incident__import_ref")
        )
    return found


def _victims(wanted: Wanted, violations: dict[str, KnownViolation]) -> dict[str, KnownVictim]:
    """Victims the file names, those listed for its violations, and the other records of its children."""
    ids: set[int] = set()
    standing = Victim.objects.standing()
    for piece in chunks(wanted.refs[VICTIMS]):
        ids.update(standing.filter(import_ref__in=piece).values_list("pk", flat=True))
    for piece in chunks(violations):
        links = VictimLink.objects.filter(violation__import_ref__in=piece, victim__voided_reason="")
        ids.update(links.values_list("victim_id", flat=True))
    for piece in chunks(wanted.child_refs):
        ids.update(standing.filter(child__key__in=piece).values_list("pk", flat=True))
    return _described(sorted(ids))


def _described(ids: list[int]) -> dict[str, KnownVictim]:
    refs: defaultdict[int, list[str]] = defaultdict(list)
    rows: list[Any] = []
    columns = ("pk", "ref", "import_ref", "kind", "sex", "child__key", "boys", "girls", "unknown")
    for start in range(0, len(ids), CHUNK):
        piece = Q(pk__in=ids[start : start + CHUNK])
        rows += Victim.objects.filter(piece).values_list(*columns)
        links = VictimLink.objects.filter(victim__in=ids[start : start + CHUNK])
        for victim, ref, own in links.values_list("victim_id", "violation__import_ref", "violation__ref"):
            refs[victim].append(ref or own)
    return {
        # A victim entered by hand has no reference of import; its own cannot be taken for one.
        import_ref or f"\0{ref}": KnownVictim(tuple(refs[pk]), kind, sex, key or "", *tally)
        for pk, ref, import_ref, kind, sex, key, *tally in rows
    }
