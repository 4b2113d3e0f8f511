"""One quarter's note over a million violations: the data step of the page, against DuckDB on the same lines.

Both compute the same cells (checked before the clock starts): blocks by type, sex, party and region, the children
counted once, and who is met in several violations. DuckDB has the open lines in its own table in memory.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from bench import ledger_lines, stage
from bench.measure import Result, alternate, milliseconds
from sutura.config.language import say

if TYPE_CHECKING:
    from sutura.reporting.rules.figures import Figures

LIMIT = 3.0
QUARTER = 20261
PERSONS = "('killing', 'maiming', 'recruitment_use', 'sexual_violence', 'abduction')"
APART = "('military_use', 'deprivation_liberty')"
# What DuckDB holds: words as enumerations, references as numbers of 128 bits, so that it compares no text.
COLUMNS = {
    "violation_ref": "UUID",
    "type": "type_word",
    "status": "status_word",
    "region": "region_word",
    "party_label": "party_label_word",
    "sex": "sex_word",
    "count": "INTEGER",
    "child_key": "VARCHAR",
    "known_sex": "VARCHAR",
    "decided_quarter": "INTEGER",
    "event_quarter": "INTEGER",
    "late": "BOOLEAN",
}
WORDS = ("type", "status", "region", "party_label", "sex")
IN_BLOCK = f"""
    CREATE OR REPLACE TEMP TABLE counted AS
    SELECT *, CASE WHEN status <> 'verified' THEN 'unverified' WHEN type IN {APART} THEN 'apart'
                   WHEN late THEN 'late' ELSE 'verified' END AS block
    FROM line
    WHERE (status = 'verified' AND decided_quarter = {QUARTER})
       OR (status IN ('pending', 'could_not_verify') AND event_quarter = {QUARTER} AND type NOT IN {APART})
"""
CELLS = "SELECT block, type, sex, party_label, region, sum(count) AS count FROM counted GROUP BY ALL"
# A child is counted once over its block, a known sex wins; of a group the most of each sex; the unnamed as they are.
ONCE = f"""
    WITH named AS (SELECT * FROM counted WHERE type IN {PERSONS}),
    single AS (
        SELECT block, child_key, count(DISTINCT violation_ref) AS violations,
               coalesce(min(CASE WHEN sex <> 'unknown' THEN sex::VARCHAR ELSE nullif(known_sex, '') END),
                        'unknown') AS sex
        FROM named WHERE child_key <> '' AND NOT starts_with(child_key, 'group:') GROUP BY block, child_key),
    grouped AS (
        SELECT block, child_key, sex, max(count) AS members FROM named
        WHERE starts_with(child_key, 'group:') GROUP BY block, child_key, sex)
    SELECT block, sex, sum(n) FROM (
        SELECT block, sex, count(*) AS n FROM single GROUP BY ALL
        UNION ALL SELECT block, sex::VARCHAR, sum(members) FROM grouped GROUP BY ALL
        UNION ALL SELECT block, sex::VARCHAR, sum(count) FROM named WHERE child_key = '' GROUP BY ALL)
    GROUP BY ALL
"""
SEVERAL = f"""
    SELECT child_key, list(DISTINCT type) FROM counted
    WHERE type IN {PERSONS} AND child_key <> '' AND block IN ('verified', 'late')
    GROUP BY child_key HAVING count(DISTINCT violation_ref) > 1
"""


def run(folder: Path, small: bool) -> list[Result]:
    """`collect` for a reader of the whole country, against DuckDB: one scan, then three queries on what it kept."""
    database = ledger_lines.database(folder, small)
    stage.start(folder, database)
    from sutura.reporting.services import collect

    reader = stage.account("secretary")
    engine = loaded(database)

    def ours() -> Figures:
        return collect("ghn", ledger_lines.PERIOD, user=reader)

    def theirs() -> tuple[list[Any], ...]:
        engine.execute(IN_BLOCK)
        return tuple(engine.execute(query).fetchall() for query in (CELLS, ONCE, SEVERAL))

    same_cells(ours(), *theirs())
    mine, plain = alternate(ours, theirs, rounds=3 if small else 15)
    row = engine.execute("SELECT count(*), count(DISTINCT violation_ref) FROM line").fetchone()
    assert row is not None
    return [
        Result(
            "ghn",
            say(
                f"one quarter of the note over {row[1]:,} violations ({row[0]:,} lines): data step",
                f"un trimestre de la note sur {row[1]:,} violations ({row[0]:,} lignes) : données",
            ).replace(",", " "),
            milliseconds(say("collect", "collecte"), mine),
            milliseconds("DuckDB", plain),
            mine.wall / plain.wall,
            LIMIT,
        )
    ]


def loaded(database: Path) -> duckdb.DuckDBPyConnection:
    """The open lines in a DuckDB table in memory."""
    engine = duckdb.connect()
    exported = database.with_suffix(".csv")
    with sqlite3.connect(database) as plain, exported.open("w") as file:
        for name in WORDS:
            words = [word for (word,) in plain.execute(f"SELECT DISTINCT {name} FROM ledger_line")]
            engine.execute(f"CREATE TYPE {name}_word AS ENUM ({', '.join(repr(word) for word in words)})")
        rows = plain.execute(f"SELECT {', '.join(COLUMNS)} FROM ledger_line WHERE superseded_at IS NULL")
        # No value holds a comma or a quote: they are codes and numbers.
        file.writelines(",".join(str(cell) for cell in row) + "\n" for row in rows)
    engine.execute(f"CREATE TABLE line ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})")
    engine.execute(
        f"INSERT INTO line SELECT * FROM read_csv('{exported}', header=false, delim=',', quote='',"
        f" nullstr='\\N', columns={dict.fromkeys(COLUMNS, 'VARCHAR')})"
    )
    exported.unlink()
    return engine


def same_cells(found: Figures, cells: list[Any], once: list[Any], several: list[Any]) -> None:
    """Refuse to compare speeds of different answers."""
    rows: Counter[tuple[str, ...]] = Counter()
    for block, kind, sex, party, region, count in cells:
        if block == "apart":
            rows[block, kind] += count
            continue
        rows[block, "party", party, kind] += count
        rows[block, "region", region or "ML", kind] += count
        rows[block, "sex", kind, sex] += count
    for block, sex, count in once:
        rows[block, "once", sex] += count
    assert rows == told(found), "the two sides do not count the same"
    assert {key: sorted(kinds) for key, kinds in several} == {
        one.key: sorted(one.types) for one in found.multiple
    }, "the two sides do not find the same children"


def told(found: Figures) -> Counter[tuple[str, ...]]:
    """The same cells as our figures say them."""
    rows: Counter[tuple[str, ...]] = Counter()
    rows["apart", "military_use"] = found.apart.military_use
    rows["apart", "deprivation_liberty"] = found.apart.deprivation_liberty.total
    for name, block in found.blocks.items():
        for row in block.by_party:
            rows[name, "party", row.label, row.type] = row.count
        for row in block.by_region:
            rows[name, "region", row.label, row.type] = row.count
        for kind, sexes in block.victims.items():
            for sex, count in (("boy", sexes.boys), ("girl", sexes.girls), ("unknown", sexes.unknown)):
                rows[name, "sex", kind, sex] = count
        for kind, count in block.events.items():
            rows[name, "sex", kind, ""] = count
        once = block.totals.children
        for sex, count in (("boy", once.boys), ("girl", once.girls), ("unknown", once.unknown)):
            rows[name, "once", sex] = count
    return rows
