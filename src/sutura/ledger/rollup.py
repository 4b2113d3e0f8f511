"""The roll-up of the open lines, moved by every posting in its own transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q

from sutura.ledger.models import Cell, Line, Margin, Repeat
from sutura.ledger.rules import (
    FACTS,
    PERSON_TYPES,
    CellKey,
    LineFacts,
    MarginKey,
    counts_children,
    is_late_for_quarter,
    quarter_of,
    rollup_changes,
)
from sutura.ledger.writing import chunks, execute_many, insert, marks

CELL_COLUMNS = (
    "decided_quarter",
    "event_quarter",
    "late",
    "type",
    "status",
    "party_label",
    "region",
    "region_2023",
    "sex",
)
MARGIN_COLUMNS = ("axis", "value", "region", "type", "event_quarter", "status")
REPEAT_COLUMNS = (
    "line_id",
    "child_key",
    "violation_ref",
    "decided_quarter",
    "event_quarter",
    "late",
    "type",
    "status",
    "region",
    "sex",
    "known_sex",
    "count",
)


def move(superseded: list[LineFacts], added: list[LineFacts]) -> None:
    """Take superseded lines from the roll-up and add new ones; call it after the lines are written."""
    cells, margins = rollup_changes(superseded, added)
    _move_table("ledger_cell", CELL_COLUMNS, cells)
    _move_table("ledger_margin", MARGIN_COLUMNS, margins)
    touched = {facts.child_key for facts in superseded if counts_children(facts)}
    _move_repeats(touched | {facts.child_key for facts in added if counts_children(facts)})


def _move_table(table: str, columns: tuple[str, ...], changes: dict[Any, int]) -> None:
    """Add each change to its row; a row which comes to nothing is taken away."""
    gains = [(*key, change) for key, change in changes.items() if change > 0]
    losses = [(change, *key) for key, change in changes.items() if change < 0]
    insert(
        table,
        (*columns, "count"),
        gains,
        f"ON CONFLICT ({', '.join(columns)}) DO UPDATE SET count = {table}.count + excluded.count",
    )
    here = " AND ".join(f"{column} = %s" for column in columns)
    execute_many(f"UPDATE {table} SET count = count + %s WHERE {here}", losses)  # noqa: S608
    execute_many(f"DELETE FROM {table} WHERE count = 0 AND {here}", [row[1:] for row in losses])  # noqa: S608


def _move_repeats(keys: set[str]) -> None:
    """Refresh the copied lines of some children: kept while the child is in several violations."""
    for part in chunks(sorted(keys)):
        which = f"child_key IN ({marks(len(part))})"
        execute_many(f"DELETE FROM ledger_repeat WHERE {which}", [part])  # noqa: S608
        execute_many(_copy_repeats(which), [[*PERSON_TYPES, *part, *PERSON_TYPES]])


def _copy_repeats(which: str) -> str:
    """The statement that copies the lines of children who are in several violations, among some or all."""
    columns = ", ".join(REPEAT_COLUMNS)
    copied = ", ".join(REPEAT_COLUMNS[1:])
    counted = f"superseded_at IS NULL AND type IN ({marks(len(PERSON_TYPES))})"
    return (
        f"INSERT INTO ledger_repeat ({columns}) SELECT id, {copied} FROM ledger_line"  # noqa: S608
        f" WHERE {counted} AND child_key IN (SELECT child_key FROM ledger_line WHERE {which} AND {counted}"
        " GROUP BY child_key HAVING COUNT(DISTINCT violation_ref) > 1 OR MAX(known_sex) > '')"
    )


def _lines_of(keys: list[str]) -> list[tuple[int, UUID, LineFacts]]:
    """Open person-counted lines of some children."""
    lines = (
        Line.objects.open()
        .filter(child_key__in=keys, type__in=PERSON_TYPES)
        .order_by()
        .values_list("id", "violation_ref", *FACTS)
    )
    return [(line_id, ref, LineFacts(*facts)) for line_id, ref, *facts in lines]


def _repeated(rows: list[tuple[int, UUID, LineFacts]]) -> Iterator[tuple[Any, ...]]:
    """Say what the copies of these lines should be, by the rules alone."""
    violations: defaultdict[str, set[UUID]] = defaultdict(set)
    known: set[str] = set()
    for _line_id, ref, facts in rows:
        violations[facts.child_key].add(ref)
        if facts.known_sex:
            known.add(facts.child_key)
    for line_id, ref, facts in rows:
        if len(violations[facts.child_key]) > 1 or facts.child_key in known:
            yield (
                line_id,
                facts.child_key,
                ref,
                quarter_of(facts.decided_on),
                quarter_of(facts.occurred_on),
                is_late_for_quarter(facts),
                facts.type,
                facts.status,
                facts.region,
                facts.sex,
                facts.known_sex,
                facts.count,
            )


def open_facts() -> Iterator[LineFacts]:
    """Read the facts of every open line, a few thousand at a time."""
    for facts in Line.objects.open().order_by().values_list(*FACTS).iterator(chunk_size=5000):
        yield LineFacts(*facts)


def recount() -> tuple[Counter[CellKey], Counter[MarginKey]]:
    """Count every cell and margin again from the open lines."""
    cells: Counter[CellKey] = Counter()
    margins: Counter[MarginKey] = Counter()
    for part in chunks(open_facts(), 20_000):
        more_cells, more_margins = rollup_changes((), part)
        cells.update(more_cells)
        margins.update(more_margins)
    return cells, margins


def rebuild() -> None:
    """Throw the roll-up away and make it again from the open lines."""
    cells, margins = recount()
    for model in (Repeat, Margin, Cell):
        model._default_manager.all()._raw_delete(using=connection.alias)
    insert("ledger_cell", (*CELL_COLUMNS, "count"), [(*key, count) for key, count in cells.items()])
    insert("ledger_margin", (*MARGIN_COLUMNS, "count"), [(*key, count) for key, count in margins.items()])
    execute_many(_copy_repeats("child_key <> ''"), [[*PERSON_TYPES, *PERSON_TYPES]])


def _keys_of_repeats() -> Iterable[str]:
    """Children who are in two or more violations, or whose sex is known elsewhere, found over all lines."""
    return (
        Line.objects.open()
        .filter(type__in=PERSON_TYPES)
        .exclude(child_key="")
        .order_by()
        .values("child_key")
        .annotate(violations=Count("violation_ref", distinct=True), known=Max("known_sex"))
        .filter(Q(violations__gt=1) | Q(known__gt=""))
        .values_list("child_key", flat=True)
    )


def faults() -> list[str]:
    """Compare the roll-up with a recount of the open lines; one line of text for each fault."""
    cells, margins = recount()
    found = _table_faults("cell", _kept(Cell, CELL_COLUMNS), dict(cells))
    found += _table_faults("margin", _kept(Margin, MARGIN_COLUMNS), dict(margins))
    return found + _repeat_faults()


def _kept(model: type[Cell] | type[Margin], columns: tuple[str, ...]) -> dict[Any, int]:
    rows = model._default_manager.values_list(*columns, "count").iterator()
    return {row[:-1]: row[-1] for row in rows}


def _repeat_faults() -> list[str]:
    """Compare the copies with the lines they copy: the same lines, with the same facts."""
    kept = set(Repeat.objects.values_list(*REPEAT_COLUMNS))
    wanted: set[tuple[Any, ...]] = set()
    for part in chunks(_keys_of_repeats()):
        wanted.update(_repeated(_lines_of(part)))
    return [
        f"repeat {row[1]}: {'not due' if row in kept else 'missing'}"
        for row in sorted(kept ^ wanted, key=str)
    ]


def _table_faults(name: str, kept: dict[Any, int], wanted: dict[Any, int]) -> list[str]:
    return [
        f"{name} {key}: {kept.get(key, 0)} in the roll-up, {wanted.get(key, 0)} by recount"
        for key in sorted(kept.keys() | wanted.keys())
        if kept.get(key, 0) != wanted.get(key, 0)
    ]
