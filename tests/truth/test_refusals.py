"""What the product refuses: the dirty workbook whole, the broken file, the contradiction of what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.truth.cases import make
from tests.truth.comparing import NOTHING, agree, counts
from tests.truth.faults import BROKEN, dirty, write_broken, write_dirty
from tests.truth.figures import Account
from tests.truth.places import Gazetteer
from tests.truth.product import Product
from tests.truth.workbook import blank
from tests.truth.writing import grids, write_xlsx

pytestmark = pytest.mark.slow

FAULT = {"sheet", "row", "column", "value", "code", "message_fr", "message_en"}


@pytest.mark.parametrize("form", ["xlsx", "banner", "ods", "folder", "zip"])
def test_a_dirty_workbook_is_refused_whole(
    fresh: Product, tmp_path: Path, places: Gazetteer, form: str
) -> None:
    """Every planted fault is named by sheet, row and column; no other is; nothing is written."""
    planted = dirty(places)
    path, expected = write_dirty(planted, tmp_path / "dirty", form)
    told = fresh.take(path, code=1)
    found = {(fault["sheet"], fault["row"], fault["column"]) for fault in told["faults"]}
    missing = {
        where: why
        for where, why in expected.items()
        if not any((where[0], where[1], column) in found for column in where[2])
    }
    known = {(sheet, row, column) for sheet, row, columns in expected for column in columns}
    assert (missing, found - known) == ({}, set())
    rows = {(sheet, row) for sheet, row, _ in expected}
    assert counts(told) == {"created": 0, "updated": 0, "unchanged": told["unchanged"], "rejected": len(rows)}
    for fault in told["faults"]:
        assert set(fault) == FAULT
        assert fault["code"]
        assert fault["message_fr"] != fault["message_en"]
    assert told["faults"] == fresh.take(path, "--dry-run", code=1)["faults"]
    agree(fresh, Account(NOTHING), [("annual", "2023"), ("annual", "2024")], places)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_a_fault_and_no_crash(
    fresh: Product, tmp_path: Path, places: Gazetteer, name: str
) -> None:
    told = fresh.take(write_broken(name, tmp_path, places), code=1)
    assert told["faults"]
    assert (told["created"], told["updated"]) == (0, 0)
    assert all(fault["message_fr"] and fault["message_en"] for fault in told["faults"])
    if name.startswith("no "):
        assert {fault["sheet"] for fault in told["faults"]} == {
            name.split()[1] if "sheet" in name else "incidents"
        }


def test_an_absent_file_fails_with_a_sentence(fresh: Product, tmp_path: Path) -> None:
    done = fresh.run("import", "incidents", tmp_path / "nowhere.xlsx", "--format", "json")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_faults_against_imported_records(fresh: Product, tmp_path: Path, places: Gazetteer) -> None:
    """What is fine in the file alone may contradict what is there: sex of a child, a child twice, too many listed."""
    first = make(14, book_of=places)
    fresh.take(write_xlsx(grids(first), tmp_path / "first.xlsx"))
    told_in = {row["incident_ref"]: row["violation_ref"] for row in first.sheets["violations"]}
    second = blank(places)
    boy = second.violation("MUL-4", "killing", "pending", violation_ref="NEW-V", boys=1)
    second.victim([boy], "boy", "MUL-CHILD", victim_ref="NEW-1")
    second.victim([told_in["MUL-1"]], "", "MUL-CHILD", victim_ref="NEW-2")
    told = fresh.take(write_xlsx(grids(second), tmp_path / "second.xlsx"), code=1)
    places_told = {(fault["sheet"], fault["row"]) for fault in told["faults"]}
    assert {("victims", 2), ("victims", 3)} <= places_told
    assert told["created"] == 0
