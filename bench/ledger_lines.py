"""A ledger of a million violations and two million victims, written straight into its tables.

Invented, from one seed; skewed as life is: few regions and parties hold most, recent quarters more than old ones.
Four children in a hundred are met in several violations, three violations in a hundred were corrected once, one
victim row in thirty is a group. The roll-up is made by the product's own rebuild.

`python -m bench.ledger_lines FOLDER VIOLATIONS` makes the database once; the goals of figures share it.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from bench import stage

SEED = 20050726  # the day of the resolution which began the mechanism
LARGE, SMALL = 1_000_000, 20_000
VICTIMS_A_VIOLATION = 2.0
FIRST, LAST = date(2018, 1, 1), date(2026, 6, 30)
PERIOD = "2026-Q1"
TYPES = (
    "killing", "maiming", "recruitment_use", "sexual_violence", "abduction",
    "attack_school", "attack_hospital", "denial_humanitarian_access", "military_use", "deprivation_liberty",
)  # fmt: skip
TYPE_SHARES = (0.17, 0.14, 0.22, 0.04, 0.14, 0.09, 0.03, 0.12, 0.02, 0.03)
EVENTS = {"attack_school", "attack_hospital", "denial_humanitarian_access", "military_use"}
STATUSES = ("verified", "pending", "could_not_verify", "not_mrm")
PARTIES = (
    "unidentified", "JNIM", "EIGS", "FAMA", "crossfire:FAMA+JNIM", "JNIM+EIGS", "CSP", "DNA", "GATIA", "MSA",
    "WAGNER", "DOZO", "MAA", "CMA", "crossfire:EIGS+JNIM",
)  # fmt: skip
AGES = ("0-5", "6-10", "11-14", "15-17", "unknown")
COLUMNS = (
    "posting_id", "recorded_at", "superseded_at", "superseded_by_id", "violation_ref", "incident_ref", "type",
    "status", "occurred_on", "occurred_to", "open_ended", "decided_on", "region", "region_2023", "cercle",
    "party_label", "unit_kind", "sex", "age_band", "count", "child_key", "known_sex", "decided_quarter",
    "event_quarter", "late",
)  # fmt: skip
A_POSTING = 500  # violations booked by one act


@dataclass(frozen=True)
class Days:
    """Each day of the span: as text, and its quarter as a number."""

    text: list[str]
    quarter: list[int]

    @classmethod
    def of_span(cls) -> Days:
        every = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
        return cls([day.isoformat() for day in every], [d.year * 10 + (d.month + 2) // 3 for d in every])


def database(folder: Path, small: bool) -> Path:
    """The shared ledger; made by the first goal that asks."""
    made = folder / "ledger.sqlite3"
    if not made.exists():
        command = [sys.executable, "-m", "bench.ledger_lines", str(folder), str(SMALL if small else LARGE)]
        subprocess.run(command, cwd=stage.ROOT, check=True, stdout=sys.stderr)
    return made


def zipf(random: np.random.Generator, names: int, size: int, slope: float = 1.0) -> np.ndarray:
    """Skewed picks: the first name most often."""
    weights = 1.0 / np.arange(1, names + 1) ** slope
    return random.choice(names, size=size, p=weights / weights.sum())


def lines(violations: int, cercles: list[tuple[str, str, str]]) -> Iterator[tuple[Any, ...]]:
    """All lines, violation by violation; a corrected one first has its superseded line."""
    random = np.random.default_rng(SEED)
    days = Days.of_span()
    span = len(days.text)
    kinds = random.choice(len(TYPES), size=violations, p=TYPE_SHARES).tolist()
    parties = zipf(random, len(PARTIES), violations).tolist()
    places = zipf(random, len(cercles), violations, 0.8).tolist()
    happened = (span * np.sqrt(random.random(violations))).astype(int)
    decided = happened + random.exponential(75, violations).astype(int)
    judged = random.choice(len(STATUSES), size=violations, p=(0.55, 0.20, 0.15, 0.10))
    judged[decided >= span] = 1
    corrected = (random.random(violations) < 0.03).tolist()
    listed = random.poisson(VICTIMS_A_VIOLATION / (1 - 0.26), violations).tolist()
    children = Children(random, round(violations * VICTIMS_A_VIOLATION * 1.1))
    several = zip(kinds, parties, places, happened.tolist(), decided.tolist(), judged.tolist(), strict=True)
    for number, (kind, party, place, day, verdict_day, verdict) in enumerate(several):
        status = STATUSES[verdict]
        verdict_on = None if status == "pending" else days.text[verdict_day]
        region, region_2023, cercle = cercles[place]
        decided_quarter = 0 if verdict_on is None else days.quarter[verdict_day]
        late = status == "verified" and decided_quarter > days.quarter[day]
        ref, incident = f"{number:032x}", f"{number * 10 // 13:032x}"
        moment = booked_at(number // A_POSTING)
        facts = (ref, incident, TYPES[kind], status, days.text[day], None, 0, verdict_on)
        where = (region, region_2023, cercle, PARTIES[party])
        when = (decided_quarter, days.quarter[day], int(late))
        posting = number // A_POSTING + 1
        head = (posting, moment, None, None)
        if corrected[number] and posting > 1:
            before = (posting - 1, booked_at(posting - 2), moment, posting)
            yield (*before, *facts[:3], "pending", *facts[4:7], None, *where, *unnamed(kind), 0, when[1], 0)
        for unit in units(TYPES[kind], listed[number], children):
            yield (*head, *facts, *where, *unit, *when)


def unnamed(kind: int) -> tuple[Any, ...]:
    """What is counted before anybody is named."""
    if TYPES[kind] in EVENTS:
        return ("event", "", "", 1, "", "")
    return ("unidentified", "unknown", "unknown", 1, "", "")


def units(kind: str, listed: int, children: Children) -> Iterator[tuple[Any, ...]]:
    """What one violation counts: unit, sex, age, count, key, known sex."""
    if kind in EVENTS:
        yield ("event", "", "", 1, "", "")
        return
    for _victim in range(listed):
        yield from children.next()
    if not listed or listed % 5 == 0:
        yield ("unidentified", "unknown", "unknown", 1 + listed % 4, "", "")


class Children:
    """Hands out children: most are met once, some come from a pool and are met again."""

    def __init__(self, random: np.random.Generator, number: int) -> None:
        self.sexes = random.choice(3, size=number, p=(0.62, 0.30, 0.08)).tolist()
        self.ages = random.choice(5, size=number, p=(0.08, 0.17, 0.25, 0.35, 0.15)).tolist()
        self.again = (random.random(number) < 0.04).tolist()
        self.pool = random.integers(0, max(number // 50, 1), number).tolist()
        self.groups = (random.random(number) < 0.033).tolist()
        self.at = -1

    def next(self) -> Iterator[tuple[Any, ...]]:
        """One victim row: a child is one line, a group one line per sex."""
        self.at = (self.at + 1) % len(self.sexes)
        at = self.at
        if self.groups[at]:
            key = f"group:G{at}"
            yield ("group", "boy", AGES[self.ages[at]], 2 + at % 7, key, "")
            yield ("group", "girl", AGES[self.ages[at]], 1 + at % 5, key, "")
        elif self.again[at]:
            child = self.pool[at]
            yield ("individual", ("boy", "girl")[child % 2], AGES[child % 5], 1, f"child:P{child}", "")
        else:
            sex = ("boy", "girl", "unknown")[self.sexes[at]]
            yield ("individual", sex, AGES[self.ages[at]], 1, f"victim:C{at}", "")


def booked_at(posting: int) -> str:
    """Moments of the postings, an hour apart, as the database stores them."""
    return f"{FIRST + timedelta(days=posting // 24):%Y-%m-%d} {posting % 24:02}:00:00.000001"


def write(path: Path, violations: int, cercles: list[tuple[str, str, str]], account: int) -> None:
    """Write postings and lines with the indexes set aside, then put those back."""
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA synchronous=OFF")
        indexes = plain.execute(
            "SELECT name, sql FROM sqlite_master WHERE type='index' AND tbl_name='ledger_line' AND sql<>''"
        ).fetchall()
        for name, _sql in indexes:
            plain.execute(f"DROP INDEX {name}")
        plain.executemany(
            "INSERT INTO ledger_posting (id, moment, by_id, by_name, act, why) VALUES (?, ?, ?, 'bench', 'bench', '')",
            ((n + 1, booked_at(n), account) for n in range(violations // A_POSTING + 1)),
        )
        marks = ", ".join("?" * len(COLUMNS))
        plain.executemany(
            f"INSERT INTO ledger_line ({', '.join(COLUMNS)}) VALUES ({marks})", lines(violations, cercles)
        )
        for _name, sql in indexes:
            plain.execute(sql)


def prepare(folder: Path, violations: int) -> None:
    """Make the shared database: lines by the bulk loader, roll-up by the product."""
    making = stage.copy_of_empty(folder, "making-ledger")
    stage.start(folder, making)
    from django.db import connections

    from sutura.ledger.services import rebuild_rollup
    from sutura.people.services import machine
    from sutura.places.models import Unit

    by = machine("bench")
    units_2021 = Unit.objects.filter(edition="cod-ab-2021", level=2).order_by("code")
    cercles = list(units_2021.values_list("region", "region_2023", "code"))
    connections.close_all()
    write(making, violations, cercles, by.pk)
    rebuild_rollup(by=by)
    connections.close_all()
    shutil.move(making, folder / "ledger.sqlite3")


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), int(sys.argv[2]))
