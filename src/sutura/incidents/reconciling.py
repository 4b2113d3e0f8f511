"""Compares the rows of a file with the records they were imported as, kind by kind, in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from sutura.access.acting import beyond
from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import drop, keep, keep_all, keep_changes
from sutura.incidents import checks, rules, whole
from sutura.incidents.assembly import Entry, assemble, children_by_key, named_parties, parties_of
from sutura.incidents.attribution import write_parties
from sutura.incidents.editing import alter
from sutura.incidents.models import (
    DETAILS,
    Incident,
    PerpetratorLink,
    Source,
    SourceLink,
    Victim,
    VictimLink,
    Violation,
)
from sutura.incidents.parts import (
    INCIDENT_FIELDS,
    SOURCE_FIELDS,
    VICTIM_FIELDS,
    VIOLATION_FIELDS,
    Applied,
    IncidentBundle,
    SourcePart,
    VictimPart,
    ViolationPart,
)
from sutura.incidents.references import KNOWN
from sutura.incidents.sealing import says_apart
from sutura.vault import services as vault

CHUNK = 900
OTHER_INCIDENT = _("%(key)s belongs to another incident.")


def _said(part: Any, names: Iterable[str]) -> dict[str, Any]:
    """The values a part speaks for, with those of `more`."""
    given = part.given
    said = {name: getattr(part, name) for name in names if given is None or name in given}
    return said | dict(part.more)


class Reconciliation:
    """One pass over the incidents of a file which exist already.

    Writes what changed and what is new, notes it in `applied`, gathers in `touched` the violations whose count
    may differ and in `children` the children whose known sex may.
    """

    def __init__(
        self, pairs: Sequence[tuple[IncidentBundle, Incident]], *, applied: Applied, by: Any, why: str
    ) -> None:
        self.pairs, self.applied, self.by, self.why = pairs, applied, by, why
        self.touched: set[int] = set()
        self.children: set[int] = set()
        self.held = {incident.pk: incident for _bundle, incident in pairs}
        self.violations: dict[int, list[Violation]] = defaultdict(list)

    def run(self) -> None:
        """Compare and write all kinds; new violations first, since the other rows may name them."""
        for violation in self._rows(Violation, "incident", list(self.held)):
            violation.incident = self.held[violation.incident_id]
            self.violations[violation.incident_id].append(violation)
        turned = [incident for bundle, incident in self.pairs if self._turns_apart(bundle, incident)]
        self._incidents()
        entries = [
            Entry(
                incident=incident,
                known={one.import_ref or one.ref: one for one in self.violations[incident.pk]},
            )
            for _bundle, incident in self.pairs
        ]
        self._violations(entries)
        self._assemble(entries)
        for entry in entries:
            entry.violations, entry.written = (), []
        self._victims(entries)
        self._sources(entries)
        self._assemble(entries)
        for incident in turned:
            vault.move(by=self.by, records=whole.records(incident), region=incident.region)

    def _turns_apart(self, bundle: IncidentBundle, incident: Incident) -> bool:
        """Whether the file makes of it an incident of sexual violence, which it was not."""
        was = says_apart(incident, self.violations[incident.pk])
        return says_apart(incident, [*self.violations[incident.pk], *bundle.violations]) and not was

    def _assemble(self, entries: Sequence[Entry]) -> None:
        wanted = [entry for entry in entries if entry.violations or entry.victims or entry.sources]
        made = assemble(wanted, by=self.by, why=self.why)
        self.touched |= made.touched
        self.children |= made.children

    def _rows(self, model: type[Model], column: str, wanted: Sequence[Any]) -> list[Any]:
        found: list[Any] = []
        for start in range(0, len(wanted), CHUNK):
            rows = model._default_manager.filter(**{f"{column}__in": wanted[start : start + CHUNK]})
            found += rows.order_by("pk")
        return found

    @beyond(KNOWN)
    def _imported(self, model: type[Model], kind: str) -> dict[str, Any]:
        wanted = sorted({p.import_ref for b, _i in self.pairs for p in getattr(b, kind) if p.import_ref})
        return {record.import_ref: record for record in self._rows(model, "import_ref", wanted)}

    def _note(self, changed: bool, kind: str, ref: str | None) -> None:
        self.applied.add("updated" if changed else "unchanged", kind, ref)

    def _write(self, changes: dict[Any, set[str]]) -> None:
        names = sorted(set().union(*changes.values())) if changes else []
        keep_changes(list(changes), names, by=self.by, why=self.why)

    def _incidents(self) -> None:
        changes: dict[Any, set[str]] = {}
        moved: list[Violation] = []
        for bundle, incident in self.pairs:
            if not bundle.present:
                continue
            names = self._incident(bundle, incident)
            self._note(bool(names), "incidents", incident.import_ref)
            if names:
                changes[incident] = names
                self.touched.update(one.pk for one in self.violations[incident.pk])
                moved += [one for one in self.violations[incident.pk] if one.region != incident.region]
        for violation in moved:
            violation.region = self.held[violation.incident_id].region
        self._write(changes)
        keep_changes(moved, ["region"], by=self.by, why=self.why)
        for incident in [one for one, names in changes.items() if "region" in names]:
            vault.move(by=self.by, records=whole.records(incident), region=incident.region)

    def _incident(self, bundle: IncidentBundle, incident: Incident) -> set[str]:
        said = _said(bundle, INCIDENT_FIELDS)
        if said.get("state") in ("void", "duplicate") and not said.get("state_reason"):
            said["state_reason"] = incident.state_reason or self.why
        elif not said.get("state_reason"):
            said.pop("state_reason", None)
        names = set(alter(incident, said))
        if bundle.place is not None and bundle.place.pk != incident.place_id:
            place = bundle.place
            require(self.by, "incidents.document", region=place.region)
            incident.place, incident.region = place, place.region
            incident.region_2023, incident.cercle = place.region_2023, place.cercle
            names |= {"place", "region", "region_2023", "cercle"}
        if incident.state != "duplicate" and incident.duplicate_of_id:
            incident.duplicate_of = None
            names.add("duplicate_of")
        checks.dates(incident.occurred_on, incident.occurred_to, incident.open_ended)
        checks.point(incident.latitude, incident.longitude)
        return names

    def _violations(self, entries: Sequence[Entry]) -> None:
        held = {one.import_ref: one for ones in self.violations.values() for one in ones}
        self._not_elsewhere(held)
        codes = self._codes(held.values())
        details = self._details(held.values())
        parties = parties_of(
            code for bundle, _i in self.pairs for part in bundle.violations for code in part.parties
        )
        changes: dict[Any, set[str]] = {}
        for (bundle, incident), entry in zip(self.pairs, entries, strict=True):
            new = []
            for part in bundle.violations:
                violation = held.get(part.import_ref)
                if violation is None:
                    new.append(part)
                    self.applied.add("created", "violations", part.import_ref)
                    continue
                self._own(violation, incident, part.import_ref)
                names = self._violation(part, violation, incident)
                wanted = named_parties(part.parties, parties)
                changed = self._parties(part, violation, wanted, codes[violation.pk])
                changed = self._detail(part, violation, details) or changed
                if names:
                    changes[violation] = names
                if names or changed:
                    self.touched.add(violation.pk)
                self._note(bool(names) or changed, "violations", part.import_ref)
            entry.violations = new
        self._write(changes)

    def _violation(self, part: ViolationPart, violation: Violation, incident: Incident) -> set[str]:
        said = _said(part, VIOLATION_FIELDS)
        if said.get("status", violation.status) == "pending":
            said["decided_on"] = None
        names = set(alter(violation, said))
        if names:
            checks.decision(violation.status, violation.decided_on, incident.occurred_on)
        return names

    def _parties(self, part: ViolationPart, violation: Violation, wanted: set[str], linked: set[str]) -> bool:
        if part.given is not None and not {"parties", "attribution"} & part.given:
            return False
        told = checks.attribution(part.attribution, wanted)
        label = rules.party_label(told, wanted)
        if wanted == linked and (told, label) == (violation.attribution, violation.party_label):
            return False
        return write_parties(violation, part.parties, told, by=self.by, why=self.why)

    def _codes(self, violations: Iterable[Violation]) -> dict[int, set[str]]:
        wanted = [violation.pk for violation in violations]
        codes: dict[int, set[str]] = defaultdict(set)
        for start in range(0, len(wanted), CHUNK):
            links = PerpetratorLink.objects.filter(
                violation__in=wanted[start : start + CHUNK],
                perpetrator__voided_reason="",
                perpetrator__party__isnull=False,
            )
            for pk, code in links.order_by().values_list("violation_id", "perpetrator__party__code"):
                codes[pk].add(code)
        return codes

    def _details(self, violations: Iterable[Violation]) -> dict[tuple[type[Model], int], Any]:
        by_model: dict[type[Model], list[int]] = defaultdict(list)
        for violation in violations:
            by_model[DETAILS[violation.type]].append(violation.pk)
        return {
            (model, record.pk): record
            for model, wanted in by_model.items()
            for record in self._rows(model, "pk", wanted)
        }

    def _detail(self, part: ViolationPart, violation: Violation, details: dict[Any, Any]) -> bool:
        if not part.detail:
            return False
        model = DETAILS[violation.type]
        held = details.get((model, violation.pk))
        record = held or model(violation=violation)
        changed = bool(alter(record, part.detail, apart=("violation",)))
        if changed or held is None:
            keep(record, by=self.by, why=self.why)
        return changed or held is None

    @beyond(KNOWN)
    def _not_elsewhere(self, held: Container[str | None]) -> None:
        """A reference which is not in these incidents must not be in another one either."""
        refs = {part.import_ref for bundle, _i in self.pairs for part in bundle.violations if part.import_ref}
        elsewhere = self._rows(Violation, "import_ref", sorted(ref for ref in refs if ref not in held))
        if elsewhere:
            raise Invalid(OTHER_INCIDENT % {"key": elsewhere[0].import_ref}, field="incident_ref")

    def _own(self, record: Any, incident: Incident, ref: str | None) -> None:
        if record.incident_id != incident.pk:
            raise Invalid(OTHER_INCIDENT % {"key": ref}, field="incident_ref")

    def _victims(self, entries: Sequence[Entry]) -> None:
        held = self._imported(Victim, "victims")
        keys = {part.child_key for bundle, _i in self.pairs for part in bundle.victims}
        children = children_by_key(keys, by=self.by, why=self.why)
        links = self._linked(VictimLink, "victim", held.values())
        changes: dict[Any, set[str]] = {}
        for (bundle, incident), entry in zip(self.pairs, entries, strict=True):
            new = []
            for part in bundle.victims:
                victim = held.get(part.import_ref or "")
                if victim is None:
                    new.append(part)
                    self.applied.add("created", "victims", part.import_ref)
                    continue
                self._own(victim, incident, part.import_ref)
                before = victim.child_id
                names = self._victim(part, victim, children)
                if names:
                    changes[victim] = names
                    self.children.update(pk for pk in (before, victim.child_id) if pk)
                before_links = links[victim.pk]
                linked = self._links(partial(VictimLink, victim=victim), before_links, entry, part)
                if names or linked:
                    self.touched.update(before_links)
                    self.touched.update(one.pk for one in entry.named(part.violations))
                self._note(bool(names) or linked, "victims", part.import_ref)
            entry.victims = new
        self._write(changes)

    def _victim(self, part: VictimPart, victim: Victim, children: dict[str, Any]) -> set[str]:
        names = set(alter(victim, _said(part, VICTIM_FIELDS)))
        child = children.get(part.child_key)
        speaks = part.given is None or "child_key" in part.given
        if speaks and (child.pk if child else None) != victim.child_id:
            victim.child = child
            names.add("child")
        if names:
            checks.victim(victim)
        return names

    def _linked(self, model: type[Model], owner: str, records: Iterable[Any]) -> dict[int, dict[int, Any]]:
        """Record → violation → the link between them."""
        found: dict[int, dict[int, Any]] = defaultdict(dict)
        for link in self._rows(model, owner, [record.pk for record in records]):
            found[getattr(link, f"{owner}_id")][link.violation_id] = link
        return found

    def _links(self, link_of: Any, held: dict[int, Any], entry: Entry, part: VictimPart | SourcePart) -> bool:
        """Link a record to exactly the violations which the part names; whether anything changed."""
        if part.given is not None and "violations" not in part.given:
            return False
        wanted = [violation.pk for violation in entry.named(part.violations)]
        gone = [link for pk, link in held.items() if pk not in wanted]
        for link in gone:
            drop(link, by=self.by, why=self.why)
        new = [link_of(violation_id=pk) for pk in wanted if pk not in held]
        if new:
            keep_all(type(new[0]), new, by=self.by, why=self.why)
        return bool(gone or new)

    def _sources(self, entries: Sequence[Entry]) -> None:
        held = self._imported(Source, "sources")
        links = self._linked(SourceLink, "source", held.values())
        changes: dict[Any, set[str]] = {}
        for (bundle, incident), entry in zip(self.pairs, entries, strict=True):
            new = []
            for part in bundle.sources:
                source = held.get(part.import_ref or "")
                if source is None:
                    new.append(part)
                    self.applied.add("created", "sources", part.import_ref)
                    continue
                self._own(source, incident, part.import_ref)
                names = set(alter(source, _said(part, SOURCE_FIELDS)))
                if names:
                    changes[source] = names
                linked = self._links(partial(SourceLink, source=source), links[source.pk], entry, part)
                self._note(bool(names) or linked, "sources", part.import_ref)
            entry.sources = new
        self._write(changes)
