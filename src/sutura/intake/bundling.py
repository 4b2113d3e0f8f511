"""Rows → bundles for the services of incidents: whole rows where they are new, changed columns where they are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from sutura.incidents.parts import IncidentBundle, SourcePart, VictimPart, ViolationPart
from sutura.intake import marks
from sutura.intake.checking import Checked, Row
from sutura.intake.columns import FORMAT, INCIDENTS, SHEETS, SOURCES, TALLY, VICTIMS, VIOLATIONS, fold
from sutura.intake.layout import layout

# Columns whose field has another name in the parts.
RENAMED = {"child_ref": "child_key", "violation_refs": "violations"}
# Columns that say which record and where it belongs, not what it is.
KEYS = {"incident_ref", "violation_ref", "victim_ref", "source_ref"}
_PLAIN = {
    sheet: tuple(column.name for column in columns if column.name not in KEYS | {"place", *RENAMED})
    for sheet, columns in FORMAT.items()
}
_NOT_FOR_GROUPS = ("child_ref", "sex", "age")
_BESIDE_COLUMNS = {INCIDENTS: ("place_kind_other",), SOURCES: ("kind_other",)}


@dataclass(slots=True)
class Told:
    """One row to be taken in: what it says, and which columns of it are new (`None`: the row itself is)."""

    row: Row
    marks: dict[str, str]
    changed: set[str] | None


@dataclass
class Parcel:
    """The rows of one incident."""

    incident_ref: str
    incident: Told | None = None
    violations: list[Told] = field(default_factory=list)
    victims: list[Told] = field(default_factory=list)
    sources: list[tuple[Told, str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def first(self) -> Row:
        """The row to name when the whole parcel is refused."""
        told = self.incident or next(
            iter([*self.violations, *self.victims, *(one for one, *_ in self.sources)])
        )
        return told.row


def settle(row: Row) -> None:
    """Put aside, as notes, what a row says but its record cannot hold; and say the defaults of the format."""
    values, notes = row.values, row.notes
    if row.sheet == VIOLATIONS and values.get("status") == "pending" and "decided_on" in values:
        notes["decided_on"] = values.pop("decided_on").isoformat()
    elif row.sheet == VICTIMS:
        apart = _NOT_FOR_GROUPS if values.get("kind") == "group" else TALLY
        for name in apart:
            if name in values:
                value = values.pop(name)
                if value and value != "unknown":
                    notes[name] = str(value)


def fresh_rows(
    checked: Checked, columns: Mapping[str, set[str]], before: Mapping[str, Mapping[str, str]]
) -> dict[str, list[Told]]:
    """Rows which differ from what was last taken in, by sheet; `before`: sheet → reference → marks.

    A column which the file does not have says nothing: what it said before stays.
    """
    found: dict[str, list[Told]] = {}
    for sheet in SHEETS:
        silent = {column.name for column in layout()[sheet]} - columns.get(sheet, set())
        old = before.get(sheet, {})
        told = (_told(row, old.get(row.ref), silent) for row in checked.rows[sheet])
        found[sheet] = [one for one in told if one.changed is None or one.changed]
    return found


def _told(row: Row, stored: str | None, silent: set[str]) -> Told:
    settle(row)
    now = marks.marks_of(row.values, row.notes)
    if stored is None:
        return Told(row, now, None)
    last = marks.read(stored)
    spoken = (last.keys() - silent) | now.keys()
    changed = {name for name in spoken if last.get(name) != now.get(name)}
    return Told(row, {name: mark for name, mark in last.items() if name not in spoken} | now, changed)


def parcels(rows: Mapping[str, list[Told]], checked: Checked) -> dict[str, Parcel]:
    """The rows by incident, in the order of the file."""
    owner = {row.ref: row.get("incident_ref") for row in checked.rows[VIOLATIONS]}
    for ref, known in checked.known.violations.items():
        owner.setdefault(ref, known.incident_ref)
    found: dict[str, Parcel] = {}

    def of(ref: str) -> Parcel:
        if ref not in found:
            found[ref] = Parcel(ref)
        return found[ref]

    for told in rows[INCIDENTS]:
        of(told.row.ref).incident = told
    for told in rows[VIOLATIONS]:
        of(told.row.get("incident_ref")).violations.append(told)
    for told in rows[VICTIMS]:
        of(owner[told.row.get("violation_refs")[0]]).victims.append(told)
    for told in rows[SOURCES]:
        for incident_ref, import_ref, refs in shares(told.row, owner, checked.known.source_incidents):
            of(incident_ref).sources.append((told, import_ref, refs))
    return found


def shares(
    row: Row, owner: Mapping[str, str], known: Mapping[str, str]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """A source of several incidents is one record in each: incident, reference of the record, violations there."""
    by_incident: defaultdict[str, list[str]] = defaultdict(list)
    for ref in row.get("violation_refs"):
        by_incident[owner[ref]].append(ref)
    main = known.get(row.ref) or next(iter(by_incident))
    for incident_ref, refs in by_incident.items():
        yield incident_ref, row.ref if incident_ref == main else share_ref(row.ref, incident_ref), tuple(refs)


def share_ref(ref: str, incident_ref: str) -> str:
    """The reference of a source in a further incident: always the same, and of a length that fits."""
    return f"{ref[:66]}~{blake2b(incident_ref.encode(), digest_size=6).hexdigest()}"


def bundle(parcel: Parcel) -> IncidentBundle:
    """The rows of one incident as the services take them."""
    parts: dict[str, Any] = {
        "violations": tuple(_violation(told) for told in parcel.violations),
        "victims": tuple(_victim(told) for told in parcel.victims),
        "sources": tuple(_source(*share) for share in parcel.sources),
    }
    if parcel.incident is None:
        return IncidentBundle(import_ref=parcel.incident_ref, present=False, **parts)
    told = parcel.incident
    place = told.row.get("place") if _speaks(told, "place") else None
    return IncidentBundle(
        import_ref=parcel.incident_ref,
        place=place,
        more=_more(told),
        given=_given(told),
        **_plain(told),
        **parts,
    )


def _violation(told: Told) -> ViolationPart:
    return ViolationPart(
        import_ref=told.row.ref, detail=_detail(told), more=_more(told), given=_given(told), **_plain(told)
    )


def _detail(told: Told) -> dict[str, Any]:
    """Fields of the details: those filled in a new row or after a change of type, else those that changed."""
    values = told.row.values
    names = _detail_names(values["type"])
    if told.changed is None or "type" in told.changed:
        names = names & values.keys()
    else:
        names = names & told.changed
    return {name: _listed(values.get(name)) for name in names}


@lru_cache(maxsize=16)
def _detail_names(kind: str) -> frozenset[str]:
    return frozenset(column.name for column in layout()[VIOLATIONS] if kind in column.types)


def _victim(told: Told) -> VictimPart:
    return VictimPart(
        import_ref=told.row.ref,
        violations=told.row.get("violation_refs"),
        child_key=told.row.get("child_ref", ""),
        more=_more(told),
        given=_given(told),
        **_plain(told),
    )


def _source(told: Told, import_ref: str, refs: tuple[str, ...]) -> SourcePart:
    # A source which does not say how close it stood cannot count as primary (mrm.md 3.3).
    plain = {"category": "secondary"} | _plain(told)
    return SourcePart(import_ref=import_ref, violations=refs, more=_more(told), given=_given(told), **plain)


def _plain(told: Told) -> dict[str, Any]:
    """Values of the columns which are fields of the part under their own name; empty ones keep its default."""
    values = told.row.values
    return {name: values[name] for name in _PLAIN[told.row.sheet] if name in values}


def _given(told: Told) -> frozenset[str] | None:
    if told.changed is None:
        return None
    return frozenset(RENAMED.get(name, name) for name in told.changed)


def _speaks(told: Told, name: str) -> bool:
    return told.changed is None or name in told.changed


def _more(told: Told) -> Mapping[str, Any]:
    """Fields beside the format's: notes, and words outside a list."""
    found = {
        name: told.row.values.get(name, "")
        for name in _BESIDE_COLUMNS.get(told.row.sheet, ())
        if (told.changed is None and name in told.row.values) or (told.changed and name in told.changed)
    }
    if (told.changed is None and told.row.notes) or (told.changed and marks.NOTES in told.changed):
        found["notes"] = notes_text(told.row.notes)
    return found


def notes_text(notes: Mapping[str, str]) -> str:
    """Columns kept aside, one a line: `heading: what it said`; a column of notes without its heading."""
    return "\n".join(
        said if fold(name) == "notes" else f"{name}: {said}" for name, said in sorted(notes.items())
    )


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
