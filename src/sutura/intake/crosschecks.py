"""What rows say about each other: references, dates against their incident, counts against lists, one child one sex."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sutura.intake.columns import (
    INCIDENTS,
    LISTED_TYPES,
    OWN_REF,
    PERSON_TYPES,
    SHEETS,
    SOURCES,
    TALLY,
    TALLY_OF,
    VICTIMS,
    VIOLATIONS,
)
from sutura.intake.faults import Fault

if TYPE_CHECKING:
    from sutura.intake.checking import Known, KnownVictim, Row

# The label of a crossfire between many parties must fit its column.
LONGEST_LABEL = 180
_PARTIES_NEEDED = {"sole": (1, 1), "joint": (2, 999), "crossfire": (2, 999), "unidentified": (0, 0)}
_BY_COUNT = {0: "unidentified", 1: "sole"}


class CrossCheck:
    """Walks the sheets in order and keeps the faults; the first of two rows with one reference is the one meant."""

    def __init__(self, rows: dict[str, list[Row]], known: Known, readable: set[str]) -> None:
        self.rows = rows
        self.known = known
        self.readable = readable
        self.faults: list[Fault] = []
        self.first: dict[str, dict[str, Row]] = {sheet: {} for sheet in SHEETS}

    def run(self) -> None:
        """All checks, incidents first."""
        for sheet in SHEETS:
            self._duplicates(sheet)
        for row in self.rows[INCIDENTS]:
            self._incident(row)
        for row in self.rows[VIOLATIONS]:
            self._violation(row)
        for row in self.rows[VICTIMS]:
            self._victim(row)
        for row in self.rows[SOURCES]:
            if self._references(row):
                self._moved_source(row)
        self._children()
        self._listed()

    def blame(self, row: Row, column: str, code: str, value: object = "", **details: object) -> None:
        """Keep one fault of a row."""
        shown = value.isoformat() if isinstance(value, date) else str(value)
        self.faults.append(Fault(code, row.sheet, row.number, column, shown, tuple(details.items())))

    def _duplicates(self, sheet: str) -> None:
        first = self.first[sheet]
        for row in self.rows[sheet]:
            if not row.ref:
                continue
            before = first.setdefault(row.ref, row)
            if before is not row:
                self.blame(row, OWN_REF[sheet], "duplicate", row.ref, first=before.number)

    def _incident(self, row: Row) -> None:
        start, end = row.get("occurred_on"), row.get("occurred_to")
        if end and row.get("open_ended"):
            self.blame(row, "occurred_to", "end_and_open", end)
        elif start and end and end < start:
            self.blame(row, "occurred_to", "ends_before_start", end)
        for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if row.get(one) is not None and row.get(other) is None and other not in row.broken:
                self.blame(row, other, "half_point")
        if start:
            for ref, decided_on in self.known.decisions.get(row.ref, {}).items():
                if ref not in self.first[VIOLATIONS] and decided_on < start:
                    self.blame(row, "occurred_on", "decided_before", start, occurred_on=start.isoformat())
                    break

    def _violation(self, row: Row) -> None:
        self._owner(row)
        self._attribution(row)
        decided, status = row.get("decided_on"), row.get("status")
        if status == "verified" and decided is None and "decided_on" not in row.broken:
            self.blame(row, "decided_on", "not_decided")
        self._held(row)
        occurred = self._occurred_on(row.get("incident_ref", ""))
        if decided and occurred and decided < occurred:
            self.blame(row, "decided_on", "decided_before", decided, occurred_on=occurred.isoformat())
        if (
            status == "verified"
            and row.get("type") in PERSON_TYPES
            and not row.broken & set(TALLY)
            and not any(row.get(name) for name in TALLY)
        ):
            self.blame(row, "boys", "verified_nobody", row.get("boys", ""))

    def _held(self, row: Row) -> None:
        """How long a detention or a military use lasted, where its own columns say so."""
        start, end = row.get("from_date"), row.get("to_date")
        if end and row.get("ongoing") == "yes":
            self.blame(row, "to_date", "end_and_open", end)
        elif start and end and end < start:
            self.blame(row, "to_date", "ends_before_start", end)

    def _owner(self, row: Row) -> None:
        ref = row.get("incident_ref", "")
        if not ref or INCIDENTS not in self.readable:
            return
        if ref not in self.first[INCIDENTS] and ref not in self.known.incidents:
            self.blame(row, "incident_ref", "unknown_reference", ref, refs=ref)
            return
        before = self.known.violations.get(row.ref)
        if before and before.incident_ref != ref:
            self.blame(row, "incident_ref", "moved", ref, owner=before.incident_ref)

    def _attribution(self, row: Row) -> None:
        parties = row.get("parties", ())
        attribution = row.get("attribution")
        if len("+".join(parties)) > LONGEST_LABEL:
            self.blame(row, "parties", "too_long", "; ".join(parties), longest=LONGEST_LABEL)
        if not attribution:
            if "attribution" not in row.broken:
                row.values["attribution"] = _BY_COUNT.get(len(parties), "joint")
            return
        least, most = _PARTIES_NEEDED[attribution]
        if not least <= len(parties) <= most:
            self.blame(
                row, "attribution", "attribution", attribution, attribution=attribution, parties=len(parties)
            )

    def _occurred_on(self, incident_ref: str) -> date | None:
        row = self.first[INCIDENTS].get(incident_ref)
        return row.get("occurred_on") if row else self.known.incidents.get(incident_ref)

    def _victim(self, row: Row) -> None:
        if row.get("kind") == "group":
            if not row.broken & {*TALLY, "kind"} and not any(row.get(name) for name in TALLY):
                self.blame(row, "boys", "empty_group", row.get("boys", ""))
        elif row.get("age", 0) >= 18:
            self.blame(row, "age", "not_a_child", row.get("age"))
        if not self._references(row):
            return
        owners = {self._incident_of(ref) for ref in row.get("violation_refs", ())} - {""}
        before = self.known.victims.get(row.ref)
        if len(owners) > 1:
            self.blame(row, "violation_refs", "several_incidents", "; ".join(row.get("violation_refs")))
        elif before and owners:
            old = {self._incident_of(ref) for ref in before.violation_refs} - {""}
            if old and old != owners:
                self.blame(
                    row, "violation_refs", "moved", "; ".join(row.get("violation_refs")), owner=min(old)
                )

    def _moved_source(self, row: Row) -> None:
        owner = self.known.source_incidents.get(row.ref)
        owners = {self._incident_of(ref) for ref in row.get("violation_refs", ())} - {""}
        if owner and owners and owner not in owners:
            self.blame(row, "violation_refs", "moved", "; ".join(row.get("violation_refs")), owner=owner)

    def _references(self, row: Row) -> bool:
        """Whether all the violations a row names are known."""
        if VIOLATIONS not in self.readable:
            return False
        refs = row.get("violation_refs", ())
        lost = [ref for ref in refs if ref not in self.first[VIOLATIONS] and ref not in self.known.violations]
        if lost:
            self.blame(row, "violation_refs", "unknown_reference", "; ".join(refs), refs=", ".join(lost))
        return bool(refs) and not lost

    def _incident_of(self, violation_ref: str) -> str:
        row = self.first[VIOLATIONS].get(violation_ref)
        if row is not None:
            owner = row.get("incident_ref", "")
            return owner if owner in self.first[INCIDENTS] or owner in self.known.incidents else ""
        before = self.known.violations.get(violation_ref)
        return before.incident_ref if before else ""

    def _individuals(self) -> Iterator[Row]:
        first = self.first[VICTIMS]
        for row in self.rows[VICTIMS]:
            individual = row.get("kind", "individual") == "individual" and "kind" not in row.broken
            if individual and (not row.ref or first[row.ref] is row):
                yield row

    def _absent_victims(self) -> Iterator[KnownVictim]:
        """Imported victims of which this file says nothing."""
        for ref, victim in self.known.victims.items():
            if ref not in self.first[VICTIMS]:
                yield victim

    def _children(self) -> None:
        """A child has one sex, and is listed once for a violation."""
        sexes: dict[str, tuple[str, int]] = {}
        listed: dict[tuple[str, str], int] = {}
        for victim in self._absent_victims():
            if victim.child_ref:
                if victim.sex in {"boy", "girl"}:
                    sexes.setdefault(victim.child_ref, (victim.sex, 0))
                listed.update({(victim.child_ref, ref): 0 for ref in victim.violation_refs})
        for row in self._individuals():
            child, sex = row.get("child_ref"), row.get("sex", "unknown")
            if not child:
                continue
            if sex != "unknown":
                before, first = sexes.setdefault(child, (sex, row.number))
                if before != sex:
                    self.blame(row, "sex", "child_two_sexes", sex, first=first or "—")
            twice = [ref for ref in row.get("violation_refs", ()) if (child, ref) in listed]
            if twice:
                first = listed[child, twice[0]]
                self.blame(row, "child_ref", "child_twice", child, violation=twice[0], first=first or "—")
            listed.update({(child, ref): row.number for ref in row.get("violation_refs", ())})

    def _listed(self) -> None:
        """Listed victims may not exceed the violation's count, sex by sex."""
        counted: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(TALLY, 0))
        last: dict[tuple[str, str], Row] = {}
        for victim in self._absent_victims():
            for ref in victim.violation_refs:
                _add(counted[ref], victim.kind, victim.sex, {name: getattr(victim, name) for name in TALLY})
        for row in self.rows[VICTIMS]:
            if row.broken & {"kind", "sex"} or (row.ref and self.first[VICTIMS][row.ref] is not row):
                continue
            for ref in row.get("violation_refs", ()):
                added = _add(
                    counted[ref], row.get("kind", "individual"), row.get("sex", "unknown"), row.values
                )
                last.update({(ref, name): row for name in added})
        for ref, tally in counted.items():
            for name in TALLY:
                if tally[name]:
                    self._compare(ref, name, tally[name], last)

    def _compare(self, ref: str, name: str, listed: int, last: dict[tuple[str, str], Row]) -> None:
        row = self.first[VIOLATIONS].get(ref)
        if row is not None:
            if row.get("type") not in LISTED_TYPES or name in row.broken:
                return
            count = row.get(name, 0)
            if listed > count:
                self.blame(row, name, "too_many_listed", count, listed=listed, counted=count)
            return
        before = self.known.violations.get(ref)
        blamed = last.get((ref, name))
        if before and blamed and before.type in LISTED_TYPES and listed > getattr(before, name):
            refs = "; ".join(blamed.get("violation_refs"))
            self.blame(
                blamed,
                "violation_refs",
                "too_many_listed",
                refs,
                listed=listed,
                counted=getattr(before, name),
            )


def _add(tally: dict[str, int], kind: str, sex: str, values: dict[str, int]) -> list[str]:
    """Count one victim row into a violation's list; the columns it counted in."""
    if kind == "group":
        names = [name for name in TALLY if values.get(name)]
        for name in names:
            tally[name] += values[name]
        return names
    tally[TALLY_OF[sex]] += 1
    return [TALLY_OF[sex]]
