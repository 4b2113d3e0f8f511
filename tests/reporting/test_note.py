"""The fourteen tables: rows sum to the total, every number has its address, children are met across incidents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sutura.ledger import services as ledger
from sutura.people.models import Account
from sutura.reporting import services
from sutura.reporting.rules.note import Number, Table, tables
from sutura.reporting.rules.periods import period
from tests.ledger.lines import line, ref

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(machine: Account) -> list[Table]:
    """Crossfire, a joint label, a child in two incidents, a group in two violations, a late one, a pending one."""
    group = {"child_key": "group:G", "count": 4, "sex": "girl"}
    changes: dict[Any, Any] = {
        ref("v1"): [line(count=3, party_label="crossfire:FAMA+JNIM")],
        ref("v2"): [line(type="attack_school", party_label="FAMA+JNIM", region="ML01")],
        ref("v3"): [line(child_key="child:X", incident_ref=ref("i1"), age_band="11-14")],
        ref("v4"): [
            line(child_key="child:X", incident_ref=ref("i2"), type="recruitment_use", age_band="15-17")
        ],
        ref("v5"): [line(**group), line(sex="unknown", count=2)],
        ref("v6"): [line(**group, type="abduction")],
        ref("v7"): [line(occurred_on=date(2024, 10, 1), type="maiming")],
        ref("v8"): [line(status="pending", decided_on=None, type="denial_humanitarian_access")],
    }
    ledger.post(changes=changes, by=machine, act="tests")
    return tables(services.content_of(period("ghn", "2025-Q1"), None, "2021"))


def test_there_are_fourteen_in_order(note: list[Table]) -> None:
    assert [table.number for table in note] == list(range(1, 15))
    assert [table.block for table in note[:12]] == ["verified"] * 4 + ["late"] * 4 + ["unverified"] * 4
    assert [table.kind for table in note[:4]] == ["victims", "events", "by_party", "by_region"]


def test_rows_sum_to_the_total_of_the_block(note: list[Table]) -> None:
    for place in range(3):
        victims, events, by_party, by_region = note[4 * place : 4 * place + 4]
        whole = numbers(victims)[-1][-1] + numbers(events)[-1][-1]
        assert numbers(by_party)[-1][-1] == numbers(by_region)[-1][-1] == whole
    for table in note[:12]:
        *rows, total = numbers(table)
        assert total == [sum(column) for column in zip(*rows, strict=True)] if rows else not any(total)


def numbers(table: Table) -> list[list[int]]:
    assert table.total
    rows = [*table.rows, table.total]
    return [[cell.value for cell in row.cells if isinstance(cell, Number)] for row in rows]


def test_parties_have_one_label_a_violation(note: list[Table]) -> None:
    assert [row.label for row in note[2].rows] == ["FAMA+JNIM", "crossfire:FAMA+JNIM", "unidentified"]


def test_every_address_opens_what_the_cell_says(note: list[Table]) -> None:
    opened = 0
    for table in note:
        for row in (*table.rows, *([table.total] if table.total else [])):
            for cell in row.cells:
                if isinstance(cell, Number) and cell.figure and table.number <= 12:
                    records = services.records_behind("ghn", "2025-Q1", cell.figure)
                    assert sum(one.count for one in records) == cell.value
                    opened += 1
    assert opened > 100


def test_a_child_is_met_across_incidents(note: list[Table]) -> None:
    (child,) = note[12].rows
    assert child.label == "X"
    assert child.cells == (
        Number(1, ""),
        Number(0, ""),
        Number(0, ""),
        "11-14",
        ("killing", "recruitment_use"),
        Number(2, "multiple/X"),
        Number(2, ""),
    )


def test_a_group_is_a_row_of_its_own_table(note: list[Table]) -> None:
    (group,) = note[13].rows
    assert (group.label, group.cells[1], group.cells[4]) == ("G", Number(4, ""), ("killing", "abduction"))
