"""A million incidents written straight into their tables: copies of one which the services opened, varied.

Regions, days, places, types and statuses differ; 1.3 violations each; the accounts are as long as in life.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

LARGE, SMALL = 1_000_000, 5_000
SEED = 19961126
FIRST, DAYS = date(2016, 1, 1), 3650
TYPES = (
    "killing", "maiming", "recruitment_use", "abduction", "attack_school", "denial_humanitarian_access",
)  # fmt: skip
STATUSES = (("verified", "2026-06-01"), ("pending", None), ("could_not_verify", "2026-06-01"))
PARTIES = (("unidentified", "unidentified"), ("sole", "JNIM"), ("sole", "EIGS"), ("joint", "FAMA+JNIM"))
FEW = "ML09"  # one region keeps the one incident that the services opened, and nothing else
TABLES = ("incidents_incident", "incidents_violation")


def load(database: Path, number: int) -> None:
    """Write them with the indexes set aside, then put those back."""
    with sqlite3.connect(database) as plain:
        plain.execute("PRAGMA synchronous=OFF")
        places = plain.execute(
            "SELECT id, region, region_2023, path FROM places_unit"
            " WHERE edition = 'cod-ab-2021' AND level = 3 AND region <> ?",
            [FEW],
        ).fetchall()
        first = [template(plain, table) for table in TABLES]
        indexes = plain.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> '' AND tbl_name IN (?, ?)",
            TABLES,
        ).fetchall()
        for name, _sql in indexes:
            plain.execute(f"DROP INDEX {name}")
        for table, one, rows in zip(TABLES, first, (incidents, violations), strict=True):
            marks = ", ".join("?" * len(one))
            plain.executemany(
                f"INSERT INTO {table} ({', '.join(one)}) VALUES ({marks})", rows(one, number, places)
            )
        for _name, sql in indexes:
            plain.execute(sql)


def template(plain: sqlite3.Connection, table: str) -> dict[str, Any]:
    """The first row of a table, by column."""
    cursor = plain.execute(f"SELECT * FROM {table} ORDER BY id LIMIT 1")
    return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))


def placed(number: int, places: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The place of each incident: some communes have many, most few."""
    random = np.random.default_rng(SEED)
    weights = 1.0 / np.arange(1, len(places) + 1) ** 0.5
    picks = random.choice(len(places), size=number, p=weights / weights.sum())
    order = random.permutation(len(places))
    return [places[order[pick]] for pick in picks.tolist()]


def incidents(one: dict[str, Any], number: int, places: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows of incidents, the oldest first but for some reported late."""
    days = [(FIRST + timedelta(days=n)).isoformat() for n in range(DAYS)]
    late = np.random.default_rng(SEED + 1).integers(0, 90, number).tolist()
    for n, (place, region, region_2023, path) in enumerate(placed(number, places)):
        day = days[max(n * DAYS // number - late[n], 0)]
        varied = {
            "id": n + 10, "public_id": uuid.UUID(int=n, version=4).hex, "ref": f"INC-X-{n:07}", "occurred_on": day,
            "region": region, "region_2023": region_2023, "cercle": path.split("/")[1] if "/" in path else "",
            "place_id": place, "title": f"Attaque d'un village ({n})", "locality": f"Village {n % 7919}",
            "opened_by_id": one["opened_by_id"],
        }  # fmt: skip
        yield tuple({**one, **varied}.values())


def violations(one: dict[str, Any], number: int, places: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows of violations: three incidents in ten have two."""
    key = 10
    for n, (_place, region, *_rest) in enumerate(placed(number, places)):
        for index in range(2 if n % 10 < 3 else 1):
            key += 1
            status, decided_on = STATUSES[(n + index) % 3]
            attribution, label = PARTIES[(n // 3 + index) % 4]
            varied = {
                "id": key, "public_id": uuid.UUID(int=key, version=4).hex, "incident_id": n + 10,
                "ref": f"INC-X-{n:07}-V{index + 1}", "region": region, "type": TYPES[(n + index) % 6],
                "status": status, "decided_on": decided_on, "attribution": attribution, "party_label": label,
                "boys": n % 5, "girls": n % 3, "unknown": 0,
            }  # fmt: skip
            yield tuple({**one, **varied}.values())
