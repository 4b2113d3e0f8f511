"""Puts parts together: violations, details, perpetrators, victims and sources of many incidents at once.

The number of statements does not depend on the number of incidents: each kind of row is written in bulk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Model
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.audit.services import keep_all
from sutura.incidents import checks, rules
from sutura.incidents.models import (
    DETAILS,
    AttackDetail,
    Child,
    Incident,
    Perpetrator,
    PerpetratorLink,
    Source,
    SourceLink,
    Victim,
    VictimLink,
    Violation,
)
from sutura.incidents.parts import (
    SOURCE_FIELDS,
    VICTIM_FIELDS,
    VIOLATION_FIELDS,
    PerpetratorPart,
    SourcePart,
    VictimPart,
    ViolationPart,
)
from sutura.incidents.references import PERPETRATOR, SOURCE, VICTIM, VIOLATION, of_part
from sutura.parties.models import Party

CHUNK = 900
NO_SUCH_VIOLATION = _("%(key)s: there is no such violation in this incident.")


@dataclass(slots=True)
class Entry:
    """Parts to add to one incident; `known` names the violations which it has already."""

    incident: Incident
    violations: Sequence[ViolationPart] = ()
    victims: Sequence[VictimPart] = ()
    perpetrators: Sequence[PerpetratorPart] = ()
    sources: Sequence[SourcePart] = ()
    fresh: bool = False
    known: dict[str, Violation] = field(default_factory=dict)
    written: list[Violation] = field(default_factory=list)

    def violation(self, key: str) -> Violation:
        """The violation which a part names."""
        if key not in self.known:
            raise Invalid(NO_SUCH_VIOLATION % {"key": key}, field="violation_refs")
        return self.known[key]

    def named(self, keys: Sequence[str]) -> list[Violation]:
        """The violations which a part names, each once."""
        if not keys:
            raise Invalid(_("Name at least one violation."), field="violation_refs")
        return [self.violation(key) for key in dict.fromkeys(keys)]


@dataclass(slots=True)
class Made:
    """What was written: the new records, and the primary keys of the violations whose count may differ.

    `old_children` are those of the `children` who were known before.
    """

    violations: list[Violation] = field(default_factory=list)
    victims: list[Victim] = field(default_factory=list)
    perpetrators: list[Perpetrator] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    links: list[VictimLink] = field(default_factory=list)
    attack_kinds: dict[int, str] = field(default_factory=dict)
    children: set[int] = field(default_factory=set)
    old_children: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)


def assemble(entries: Sequence[Entry], *, by: Any, why: str) -> Made:
    """Write all parts of all entries; the caller books `touched` and the violations of `children`."""
    made = Made()
    parties = parties_of(
        code
        for entry in entries
        for code in (
            *(code for part in entry.violations for code in part.parties),
            *(part.party for part in entry.perpetrators if part.party),
        )
    )
    _add_violations(entries, parties, made, by=by, why=why)
    _add_perpetrators(entries, parties, made, by=by, why=why)
    _add_victims(entries, made, by=by, why=why)
    _add_sources(entries, made, by=by, why=why)
    return made


def parties_of(codes: Iterable[str]) -> dict[str, Party]:
    """Code → party of the register; an unknown code is refused. Parties of type unidentified are no party."""
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    found = {party.code: party for party in Party.objects.filter(code__in=wanted)}
    missing = [code for code in wanted if code not in found]
    if missing:
        raise Invalid(_("%(code)s: no party has this code.") % {"code": missing[0]}, field="parties")
    return found


def named_parties(codes: Iterable[str], parties: Mapping[str, Party]) -> set[str]:
    """The codes which stand for an identified party."""
    return {code for code in codes if parties[code].type != rules.NO_PARTY}


def _numbers(model: type[Model], entries: Iterable[Entry]) -> dict[int, int]:
    """How many records of the kind each incident has already: nothing is ever deleted, so counting numbers them."""
    old = [entry.incident.pk for entry in entries if not entry.fresh]
    numbers: dict[int, int] = {}
    for start in range(0, len(old), CHUNK):
        rows = model._default_manager.filter(incident__in=old[start : start + CHUNK]).order_by()
        numbers.update(rows.values_list("incident_id").annotate(Count("pk")))
    return numbers


def _next(numbers: dict[int, int], incident: Incident, letter: str) -> str:
    numbers[incident.pk] = numbers.get(incident.pk, 0) + 1
    return of_part(incident.ref, letter, numbers[incident.pk])


def _taken(part: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}


def _add_violations(
    entries: Sequence[Entry], parties: Mapping[str, Party], made: Made, *, by: Any, why: str
) -> None:
    wanted = [entry for entry in entries if entry.violations]
    numbers = _numbers(Violation, wanted)
    details: dict[type[Model], list[tuple[Violation, Mapping[str, Any]]]] = {}
    for entry in wanted:
        for part in entry.violations:
            violation = _violation(entry, part, parties, _next(numbers, entry.incident, VIOLATION))
            if part.name in entry.known:
                raise Invalid(_("%(key)s stands twice.") % {"key": part.name}, field="violation_ref")
            entry.known[part.name or violation.ref] = violation
            entry.written.append(violation)
            made.violations.append(violation)
            if part.detail:
                details.setdefault(DETAILS[part.type], []).append((violation, part.detail))
    keep_all(Violation, made.violations, by=by, why=why)
    made.touched.update(violation.pk for violation in made.violations)
    for model, pairs in details.items():
        rows: list[Any] = [
            model(violation=violation, **checks.values(model, given)) for violation, given in pairs
        ]
        keep_all(model, rows, by=by, why=why)
        if model is AttackDetail:
            made.attack_kinds.update((row.pk, row.attack_kind) for row in rows)


def _violation(entry: Entry, part: ViolationPart, parties: Mapping[str, Party], ref: str) -> Violation:
    incident = entry.incident
    codes = named_parties(part.parties, parties)
    for other in entry.perpetrators:
        if other.party and part.name in other.violations:
            codes |= named_parties([other.party], parties)
    attribution = checks.attribution(part.attribution, codes)
    violation = Violation(
        incident=incident,
        ref=ref,
        import_ref=part.import_ref,
        region=incident.region,
        attribution=attribution,
        party_label=rules.party_label(attribution, codes),
        **checks.values(Violation, {**_taken(part, VIOLATION_FIELDS), **part.more}),
    )
    if violation.status == "pending":
        violation.decided_on = None
    checks.decision(violation.status, violation.decided_on, incident.occurred_on)
    return violation


def _add_perpetrators(
    entries: Sequence[Entry], parties: Mapping[str, Party], made: Made, *, by: Any, why: str
) -> None:
    wanted = [
        entry for entry in entries if entry.perpetrators or any(part.parties for part in entry.violations)
    ]
    numbers = _numbers(Perpetrator, wanted)
    held = _perpetrators_by_party(wanted)
    pairs: list[tuple[Perpetrator, Violation]] = []
    for entry in wanted:
        of_party = held.get(entry.incident.pk, {})
        for part in entry.perpetrators:
            one = _perpetrator(entry, part, parties, _next(numbers, entry.incident, PERPETRATOR))
            made.perpetrators.append(one)
            if part.party:
                of_party.setdefault(part.party, one)
            pairs += [(one, violation) for violation in entry.named(part.violations)]
        for told, violation in zip(entry.violations, entry.written, strict=True):
            for code in sorted(named_parties(told.parties, parties)):
                if code not in of_party:
                    alone = PerpetratorPart(violations=(), party=code)
                    ref = _next(numbers, entry.incident, PERPETRATOR)
                    of_party[code] = _perpetrator(entry, alone, parties, ref)
                    made.perpetrators.append(of_party[code])
                pairs.append((of_party[code], violation))
    keep_all(Perpetrator, made.perpetrators, by=by, why=why)
    once = dict.fromkeys((one.pk, violation.pk) for one, violation in pairs)
    links = [PerpetratorLink(perpetrator_id=one, violation_id=violation) for one, violation in once]
    keep_all(PerpetratorLink, links, by=by, why=why)


def _perpetrators_by_party(entries: Iterable[Entry]) -> dict[int, dict[str, Perpetrator]]:
    """Incident → code → the standing perpetrator which names that party already."""
    old = [entry.incident.pk for entry in entries if not entry.fresh]
    held: dict[int, dict[str, Perpetrator]] = {}
    for start in range(0, len(old), CHUNK):
        rows = Perpetrator.objects.standing().filter(incident__in=old[start : start + CHUNK])
        for one in rows.exclude(party=None).select_related("party").order_by("-pk"):
            if one.party:
                held.setdefault(one.incident_id, {})[one.party.code] = one
    return held


def _perpetrator(entry: Entry, part: PerpetratorPart, parties: Mapping[str, Party], ref: str) -> Perpetrator:
    party = parties[part.party] if part.party else None
    if party is not None and party.type == rules.NO_PARTY:
        party = None
    category = party.type if party else (part.category or rules.NO_PARTY)
    given = checks.values(Perpetrator, {"category": category, **part.more})
    return Perpetrator(incident=entry.incident, ref=ref, party=party, **given)


def _add_victims(entries: Sequence[Entry], made: Made, *, by: Any, why: str) -> None:
    wanted = [entry for entry in entries if entry.victims]
    keys = {part.child_key for entry in wanted for part in entry.victims} - {""}
    children = children_by_key(keys, by=by, why=why)
    numbers = _numbers(Victim, wanted)
    for entry in wanted:
        for part in entry.victims:
            victim = Victim(
                incident=entry.incident,
                ref=_next(numbers, entry.incident, VICTIM),
                import_ref=part.import_ref,
                child=children.get(part.child_key),
                **checks.values(Victim, {**_taken(part, VICTIM_FIELDS), **part.more}),
            )
            checks.victim(victim)
            made.victims.append(victim)
            for violation in entry.named(part.violations):
                made.links.append(VictimLink(victim=victim, violation=violation))
                made.touched.add(violation.pk)
    keep_all(Victim, made.victims, by=by, why=why)
    keep_all(VictimLink, made.links, by=by, why=why)
    made.children = {child.pk for child in children.values()}
    made.old_children = {child.pk for child in children.values() if not child.fresh}


def children_by_key(keys: Iterable[str], *, by: Any, why: str) -> dict[str, Child]:
    """Key → child; children never met before are written, and marked `fresh`."""
    wanted = sorted(set(keys) - {""})
    found: dict[str, Child] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Child.objects.filter(key__in=wanted[start : start + CHUNK])
        found.update((child.key, child) for child in rows)
    new = [Child(key=key) for key in wanted if key not in found]
    for child in new:
        child.fresh = True
    found.update((child.key, child) for child in keep_all(Child, new, by=by, why=why))
    return found


def _add_sources(entries: Sequence[Entry], made: Made, *, by: Any, why: str) -> None:
    wanted = [entry for entry in entries if entry.sources]
    numbers = _numbers(Source, wanted)
    links: list[SourceLink] = []
    for entry in wanted:
        for part in entry.sources:
            source = Source(
                incident=entry.incident,
                ref=_next(numbers, entry.incident, SOURCE),
                import_ref=part.import_ref,
                **checks.values(Source, {**_taken(part, SOURCE_FIELDS), **part.more}),
            )
            made.sources.append(source)
            links += [
                SourceLink(source=source, violation=violation) for violation in entry.named(part.violations)
            ]
    keep_all(Source, made.sources, by=by, why=why)
    keep_all(SourceLink, links, by=by, why=why)
