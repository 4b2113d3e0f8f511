"""From the records to the ledger: facts of violations as they stand, checked, and posted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any
from uuid import UUID

from sutura.access.acting import beyond
from sutura.incidents import checks, rules
from sutura.incidents.assembly import Made
from sutura.incidents.codes import split
from sutura.incidents.models import AttackDetail, Victim, VictimLink, Violation
from sutura.ledger.rules import LineFacts
from sutura.ledger.services import post

CHUNK = 900  # ids in one statement: SQLite's limit is the lowest
VIOLATION_COLUMNS = (
    "id", "public_id", "ref", "incident__public_id", "type", "status", "incident__occurred_on",
    "incident__occurred_to", "incident__open_ended", "decided_on", "incident__region", "incident__region_2023",
    "incident__cercle", "party_label", "boys", "girls", "unknown", "voided_reason", "incident__state",
)  # fmt: skip
# The names which the columns from the incident's to the tallies have in ViolationFacts, in the same order.
FACT_NAMES = (
    "incident_ref", "type", "status", "occurred_on", "occurred_to", "open_ended", "decided_on", "region",
    "region_2023", "cercle", "party_label", "boys", "girls", "unknown",
)  # fmt: skip
OF_VIOLATION = ("type", "status", "decided_on", "party_label", "boys", "girls", "unknown")
OF_INCIDENT = ("occurred_on", "occurred_to", "open_ended", "region", "region_2023", "cercle")
VICTIM_COLUMNS = (
    "violation_id", "victim__kind", "victim__import_ref", "victim__ref", "victim__child_id", "victim__child__key",
    "victim__sex", "victim__age", "victim__boys", "victim__girls", "victim__unknown", "victim__age_bands",
)  # fmt: skip


Told = tuple[str, UUID, rules.ViolationFacts]


@beyond("figures are booked for the whole country, over all that is known of a child")
def book(violations: Iterable[int], *, by: Any, act: str, why: str, new: Iterable[Told] = ()) -> None:
    """Check the violations (primary keys) as they now stand, and post what they count; equal lines stay.

    `new`: facts of violations just written, which need not be read back.
    """
    changes: dict[UUID, list[LineFacts]] = {}
    for ref, public_id, facts in chain(new, facts_of(violations)):
        checks.violation(ref, facts)
        changes[public_id] = rules.lines_of(facts)
    if changes:
        post(changes=changes, by=by, act=act, why=why)


def facts_of_new(made: Made) -> Iterator[Told]:
    """Reference, public id and facts of the violations just opened, told by the records in hand."""
    known = _sexes_of_new(made)
    victims: dict[int, list[rules.VictimFacts]] = defaultdict(list)
    for link in made.links:
        victims[link.violation_id].append(_told(link.victim, known))
    for one in made.violations:
        facts = rules.ViolationFacts(
            incident_ref=one.incident.public_id,
            attack_kind=made.attack_kinds.get(one.pk, ""),
            counts=one.standing and one.incident.counts,
            victims=tuple(victims[one.pk]),
            **{name: getattr(one, name) for name in OF_VIOLATION},
            **{name: getattr(one.incident, name) for name in OF_INCIDENT},
        )
        yield one.ref, one.public_id, facts


def _told(victim: Victim, known: dict[int, str]) -> rules.VictimFacts:
    child = victim.child
    return rules.VictimFacts(
        kind=victim.kind,
        ref=victim.import_ref or victim.ref,
        child_key=child.key if child else "",
        sex=victim.sex,
        known_sex=known[child.pk] if child and victim.sex == rules.UNKNOWN else "",
        age=victim.age,
        boys=victim.boys,
        girls=victim.girls,
        unknown=victim.unknown,
        age_bands=tuple(victim.age_bands),
    )


def _sexes_of_new(made: Made) -> dict[int, str]:
    """The one known sex of each child; only children known before need a look at the other records."""
    sexes: dict[int, set[str]] = defaultdict(set)
    keys = {}
    for victim in made.victims:
        if victim.child:
            sexes[victim.child.pk].add(victim.sex)
            keys[victim.child.pk] = victim.child.key
    known = {child: checks.child_sex(keys[child], told) for child, told in sexes.items()}
    return known | known_sexes(made.old_children)


def facts_of(violations: Iterable[int]) -> Iterator[Told]:
    """Reference, public id and facts of each violation: at most four statements for every 900."""
    ids = iter(sorted(set(violations)))
    while chunk := list(islice(ids, CHUNK)):
        rows = Violation.objects.filter(pk__in=chunk).order_by("pk").values_list(*VIOLATION_COLUMNS)
        yield from _facts(list(rows))


def all_lines() -> Iterator[tuple[UUID, list[LineFacts]]]:
    """Every violation with the lines it should have, for `ledger.services.verify`."""
    ids = Violation.objects.order_by("pk").values_list("pk", flat=True).iterator()
    for _ref, public_id, facts in facts_of(ids):
        yield public_id, rules.lines_of(facts)


@beyond("a child may be listed in another region too, where a sex now known changes what counts")
def touched_by_children(children: Iterable[int]) -> set[int]:
    """Violations in which one of these children is listed with a sex still unknown: a known sex changes their lines."""
    found: set[int] = set()
    ids = iter(sorted(set(children)))
    while chunk := list(islice(ids, CHUNK)):
        found.update(
            VictimLink.objects.filter(victim__child__in=chunk, victim__sex="unknown").values_list(
                "violation_id", flat=True
            )
        )
    return found


@beyond("one key must not stand for a boy in one region and a girl in another")
def known_sexes(children: Iterable[int]) -> dict[int, str]:
    """Primary key of each child → its one known sex, over all its standing records."""
    sexes: dict[int, set[str]] = defaultdict(set)
    keys: dict[int, str] = {}
    ids = iter(sorted(set(children)))
    while chunk := list(islice(ids, CHUNK)):
        rows = Victim.objects.standing().filter(child__in=chunk).order_by()
        for child, key, sex in rows.values_list("child_id", "child__key", "sex").distinct():
            sexes[child].add(sex)
            keys[child] = key
    return {child: checks.child_sex(keys[child], told) for child, told in sexes.items()}


def _facts(rows: list[tuple[Any, ...]]) -> Iterator[Told]:
    ids = [row[0] for row in rows]
    kinds = _attack_kinds([row[0] for row in rows if row[4] in rules.ATTACK_TYPES])
    victims = _victims(ids)
    for row in rows:
        yield (
            row[2],
            row[1],
            rules.ViolationFacts(
                **dict(zip(FACT_NAMES, row[3:17], strict=True)),
                attack_kind=kinds.get(row[0], ""),
                counts=not row[17] and row[18] not in ("void", "duplicate"),
                victims=tuple(victims.get(row[0], ())),
            ),
        )


def _attack_kinds(ids: list[int]) -> dict[int, str]:
    if not ids:
        return {}
    return dict(AttackDetail.objects.filter(pk__in=ids).values_list("pk", "attack_kind"))


def _victims(ids: list[int]) -> dict[int, list[rules.VictimFacts]]:
    links = VictimLink.objects.filter(violation__in=ids, victim__voided_reason="").order_by("victim_id")
    rows = list(links.values_list(*VICTIM_COLUMNS))
    known = known_sexes({row[4] for row in rows if row[4]})
    found: dict[int, list[rules.VictimFacts]] = defaultdict(list)
    for violation, kind, import_ref, ref, child, key, sex, age, boys, girls, unknown, bands in rows:
        found[violation].append(
            rules.VictimFacts(
                kind=kind,
                ref=import_ref or ref,
                child_key=key or "",
                sex=sex,
                known_sex=known.get(child, "") if child and sex == rules.UNKNOWN else "",
                age=age,
                boys=boys,
                girls=girls,
                unknown=unknown,
                age_bands=tuple(split(bands) if isinstance(bands, str) else bands),
            )
        )
    return found
