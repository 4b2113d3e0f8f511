"""The figures JSON counted a second time, from the rows of a workbook alone.

Read from incidents-workbook.md section 2, word by word. Plain loops, no cleverness: this is the arithmetic which
the product must equal. Places where the page can be read in two ways are named in `Reading`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.truth.workbook import COLUMN, EVENT, PERSON, SEXES, Row, quarter_end

GRAVE = (*PERSON, *EVENT)
UNVERIFIED = ("pending", "could_not_verify")
Key = tuple[str, str]
Region = Callable[[str], str]


@dataclass(frozen=True)
class Reading:
    """How an ambiguous sentence of the page is taken."""

    sex_from: str = (
        "everywhere"  # "A known sex wins over unknown": known in any row, or only in the same "block"
    )


@dataclass(frozen=True)
class Listed:
    """A row of `victims`: a child, or a group with its members by sex."""

    key: Key
    label: str
    members: dict[str, int]
    child_sex: str = ""  # of an individual: the sex which this row states, as a tally column


@dataclass
class Fact:
    """A violation joined with its incident."""

    ref: str
    type: str
    tally: dict[str, int]
    party: str
    place: str
    status: str
    decided_on: date | None
    occurred_on: date
    ended_on: date | None  # None: still going on
    victims: list[Listed] = field(default_factory=list)

    @property
    def persons(self) -> int:
        """All children of the tally."""
        return sum(self.tally.values())

    @property
    def value(self) -> int:
        """A violation counts as its children when its type is person-counted, else as one."""
        return self.persons if self.type in PERSON else 1


def party_label(row: Row) -> str:
    """One label a violation: a code, `unidentified`, `A+B` or `crossfire:A+B`."""
    codes = sorted(row["parties"] or ())
    word = row["attribution"] or {0: "unidentified", 1: "sole"}.get(len(codes), "joint")
    if word == "unidentified":
        return "unidentified"
    return ("crossfire:" if word == "crossfire" else "") + "+".join(codes)


class Account:
    """A workbook read back, ready to be counted for any period."""

    def __init__(self, sheets: dict[str, list[Row]], reading: Reading | None = None) -> None:
        self.reading = reading or Reading()
        incidents = {row["incident_ref"]: row for row in sheets["incidents"]}
        everything = {
            row["violation_ref"]: fact_of(row, incidents[row["incident_ref"]]) for row in sheets["violations"]
        }
        self.known_sex: dict[Key, str] = {}
        for row in sheets["victims"]:
            listed = listed_of(row)
            if listed.child_sex not in ("", "unknown"):
                self.known_sex[listed.key] = listed.child_sex
            for ref in row["violation_refs"]:
                everything[ref].victims.append(listed)
        self.facts = [
            everything[row["violation_ref"]]
            for row in sheets["violations"]
            if incidents[row["incident_ref"]]["state"] not in ("void", "duplicate")
            and row.get("attack_kind") != "other_interference"
        ]

    def figures(self, product: str, period: str, region: Region) -> dict[str, Any]:
        """The figures JSON without `as_at` and `rules_version`."""
        start, end = bounds(product, period)
        decided = [
            f for f in self.facts if f.status == "verified" and f.decided_on and start <= f.decided_on <= end
        ]
        late_test = late_for_quarter if product == "ghn" else lambda f: f.occurred_on < start
        late = [f for f in decided if late_test(f)]
        verified = [f for f in decided if not late_test(f)]
        unverified = [f for f in self.facts if f.status in UNVERIFIED and start <= f.occurred_on <= end]
        blocks: dict[str, Any] = {
            "verified": self.block(verified, region),
            "late": self.block(late, region),
            "unverified": self.block(unverified, region),
            "apart": apart(decided),
        }
        return {
            "product": product,
            "period": {"from": start.isoformat(), "to": end.isoformat()},
            "blocks": blocks,
            "multiple": multiple_rows(verified + late),
            "checks": checks([blocks[name] for name in ("verified", "late", "unverified")]),
        }

    def block(self, facts: list[Fact], region: Region) -> dict[str, Any]:
        """One block of the note; the types apart are in none."""
        facts = [f for f in facts if f.type in GRAVE]
        return {
            "victims": [tally_row(kind, [f for f in facts if f.type == kind]) for kind in PERSON],
            "events": [{"type": kind, "count": sum(f.type == kind for f in facts)} for kind in EVENT],
            "by_party": count_rows("party", ((f.party, f) for f in facts)),
            "by_region": count_rows("region", ((region(f.place), f) for f in facts)),
            "totals": self.totals(facts),
        }

    def totals(self, facts: list[Fact]) -> dict[str, int]:
        """Violations, and the children behind them: each child, each group once; unlisted members each time."""
        sexes: Counter[str] = Counter()
        met: dict[Key, Listed] = {}
        block_sex: dict[Key, str] = {}
        for fact in (f for f in facts if f.type in PERSON):
            left = Counter(fact.tally)
            for listed in fact.victims:
                left.subtract(listed.members)
                met[listed.key] = listed
                if listed.child_sex != "unknown":
                    block_sex[listed.key] = listed.child_sex
            sexes.update(left)
        known = self.known_sex if self.reading.sex_from == "everywhere" else block_sex
        for key, listed in met.items():
            sexes.update({known.get(key, "unknown"): 1} if listed.child_sex else listed.members)
        times = met_times(facts)
        return {
            "violations": sum(f.value for f in facts),
            "children": sum(sexes.values()),
            **{sex: sexes[sex] for sex in SEXES},
            "children_multiple": sum(sum(met[key].members.values()) for key, n in times.items() if n > 1),
        }


def fact_of(row: Row, incident: Row) -> Fact:
    """A violation row with what its incident row says."""
    ended = None if incident["open_ended"] == "yes" else incident["occurred_to"] or incident["occurred_on"]
    return Fact(
        ref=row["violation_ref"],
        type=row["type"],
        tally={sex: row[sex] or 0 for sex in SEXES},
        party=party_label(row),
        place=incident["place"],
        status=row["status"],
        decided_on=row["decided_on"],
        occurred_on=incident["occurred_on"],
        ended_on=ended,
    )


def listed_of(row: Row) -> Listed:
    """A victim row; a child goes by `child_ref`, else by its own reference."""
    if row["kind"] == "group":
        return Listed(("group", row["victim_ref"]), row["victim_ref"], {sex: row[sex] or 0 for sex in SEXES})
    key = ("child", row["child_ref"]) if row["child_ref"] else ("victim", row["victim_ref"])
    sex = COLUMN[row["sex"] or "unknown"]
    return Listed(key, key[1], {sex: 1}, sex)


def bounds(product: str, period: str) -> tuple[date, date]:
    """First and last day of `2026-Q1`, `2026` or `2026-04-01..2028-03-31`."""
    if product == "ghn":
        year, quarter = period.split("-Q")
        start = date(int(year), 3 * int(quarter) - 2, 1)
        return start, quarter_end(start)
    if product == "annual":
        return date(int(period), 1, 1), date(int(period), 12, 31)
    start_text, end_text = period.split("..")
    return date.fromisoformat(start_text), date.fromisoformat(end_text)


def late_for_quarter(fact: Fact) -> bool:
    """Decided after the end of the calendar quarter in which the incident ended; open-ended: never."""
    return (
        fact.ended_on is not None
        and fact.decided_on is not None
        and fact.decided_on > quarter_end(fact.ended_on)
    )


def tally_row(kind: str, facts: list[Fact]) -> dict[str, Any]:
    """One row of `victims`: the full counts of the violations."""
    sexes = {sex: sum(f.tally[sex] for f in facts) for sex in SEXES}
    return {"type": kind, **sexes, "total": sum(sexes.values())}


def count_rows(name: str, labelled: Iterable[tuple[str, Fact]]) -> list[dict[str, Any]]:
    """Rows of `by_party` or `by_region`, by label, then by type in the fixed order; none with zero."""
    counts: Counter[tuple[str, int]] = Counter()
    for label, fact in labelled:
        counts[label, GRAVE.index(fact.type)] += fact.value
    return [
        {name: label, "type": GRAVE[kind], "count": count}
        for (label, kind), count in sorted(counts.items())
        if count
    ]


def met_times(facts: Iterable[Fact]) -> Counter[Key]:
    """How many person-counted violations each listed child or group has."""
    return Counter(listed.key for f in facts if f.type in PERSON for listed in f.victims)


def multiple_rows(facts: list[Fact]) -> list[dict[str, Any]]:
    """Children and groups with two or more violations, verified and late together."""
    labels = {listed.key: listed.label for f in facts for listed in f.victims}
    rows = []
    for key, times in met_times(facts).items():
        if times > 1:
            types = {f.type for f in facts if f.type in PERSON and any(v.key == key for v in f.victims)}
            rows.append({"child": labels[key], "types": [kind for kind in PERSON if kind in types]})
    return sorted(rows, key=lambda row: str(row["child"]))


def apart(decided: list[Fact]) -> dict[str, Any]:
    """Military use and detention, verified in the period, late or not."""
    held = tally_row("", [f for f in decided if f.type == "deprivation_liberty"])
    del held["type"]
    return {"military_use": sum(f.type == "military_use" for f in decided), "deprivation_liberty": held}


def checks(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The five sum checks over all blocks."""

    def rows(block: dict[str, Any], name: str) -> int:
        return sum(row["count"] for row in block[name])

    def persons(block: dict[str, Any]) -> int:
        return sum(row["total"] for row in block["victims"])

    holds = {
        "closing_total": all(persons(b) + rows(b, "events") == b["totals"]["violations"] for b in blocks),
        "sexes_sum_to_total": all(
            sum(r[s] for s in SEXES) == r["total"] for b in blocks for r in b["victims"]
        )
        and all(sum(b["totals"][s] for s in SEXES) == b["totals"]["children"] for b in blocks),
        "party_rows_sum_to_total": all(rows(b, "by_party") == b["totals"]["violations"] for b in blocks),
        "region_rows_sum_to_total": all(rows(b, "by_region") == b["totals"]["violations"] for b in blocks),
        "children_not_above_violations": all(b["totals"]["children"] <= persons(b) for b in blocks),
    }
    return [{"name": name, "holds": value} for name, value in holds.items()]
