"""The product against the second account, through its commands only: what outsiders rely on.

SUTURA_TRUTH_INCIDENTS makes the workbook smaller; with DATABASE_URL on PostgreSQL the same is tried there.
"""

from __future__ import annotations

import copy
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.truth.cases import make
from tests.truth.comparing import (
    BLOCKS,
    FEW,
    NOTHING,
    QUARTERS,
    WINDOWS,
    YEARS,
    agree,
    counts,
    in_any_order,
    relabelled,
    size,
)
from tests.truth.conftest import SEATS_2023, Told
from tests.truth.figures import GRAVE, Account
from tests.truth.messy import messy_twin
from tests.truth.places import Gazetteer
from tests.truth.product import Product, bare
from tests.truth.reading import read
from tests.truth.workbook import SHEETS, Book, Row, blank
from tests.truth.writing import Grids, grids, write_folder, write_ods, write_xlsx, write_zip

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("name", "period"), QUARTERS + YEARS + WINDOWS)
def test_figures_equal_the_second_account(
    told: Told, account: Account, places: Gazetteer, name: str, period: str
) -> None:
    mine = in_any_order(account.figures(name, period, places.region))
    found = in_any_order(told[name, period, "2021"])
    for block in (*BLOCKS, "apart"):
        assert found["blocks"][block] == mine["blocks"][block]
    assert found == mine


def test_each_2023_region_has_one_code(codes_2023: dict[str, str]) -> None:
    assert sorted(codes_2023) == sorted(SEATS_2023)
    assert len(set(codes_2023.values())) == 20


@pytest.mark.parametrize(("name", "period"), QUARTERS + YEARS + WINDOWS)
def test_figures_in_the_geography_of_2023(
    told: Told, account: Account, places: Gazetteer, codes_2023: dict[str, str], name: str, period: str
) -> None:
    mine = relabelled(account.figures(name, period, places.region_2023), codes_2023)
    assert in_any_order(told[name, period, "2023"]) == in_any_order(mine)


@pytest.mark.parametrize(("name", "period"), FEW)
def test_rows_are_sorted(told: Told, name: str, period: str) -> None:
    """By label, then by type in the fixed order; types of a child in that order too."""
    found = told[name, period, "2021"]
    for block in (found["blocks"][b] for b in BLOCKS):
        assert [row["type"] for row in (*block["victims"], *block["events"])] == list(GRAVE)
        for table, label in (("by_party", "party"), ("by_region", "region")):
            order = [(row[label], GRAVE.index(row["type"])) for row in block[table]]
            assert order == sorted(order)
            assert all(row["count"] for row in block[table])
    assert [row["child"] for row in found["multiple"]] == sorted(row["child"] for row in found["multiple"])
    for row in found["multiple"]:
        assert row["types"] == [kind for kind in GRAVE if kind in row["types"]]


def test_figures_come_in_the_documented_shape_by_the_command_alone(filled: Product, told: Told) -> None:
    answer = filled.answer("figures", "ghn", "2023-Q2")
    assert set(answer) == {"product", "period", "as_at", "rules_version", "blocks", "multiple", "checks"}
    assert datetime.fromisoformat(answer["as_at"])
    assert isinstance(answer["rules_version"], str)
    assert bare(answer) == told["ghn", "2023-Q2", "2021"]


@pytest.mark.parametrize(
    ("name", "period"),
    [("ghn", "2023-Q5"), ("annual", "MMXX"), ("window", "2024-02-01..2024-01-01"), ("gnh", "2024")],
)
def test_a_nonsense_period_fails_with_a_sentence(filled: Product, name: str, period: str) -> None:
    done = filled.run("figures", name, period, "--format", "json")
    assert done.returncode != 0
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_dry_run_says_what_would_happen_and_changes_nothing(
    fresh: Product, short_plain: Path, short: Book, short_account: Account, places: Gazetteer
) -> None:
    would = {"created": size(short), "updated": 0, "unchanged": 0, "rejected": 0, "faults": []}
    assert fresh.take(short_plain, "--dry-run") == would
    agree(fresh, Account(NOTHING), [("annual", "2023")], places)
    assert fresh.take(short_plain) == would
    assert counts(fresh.take(short_plain, "--dry-run")) == {
        "created": 0,
        "updated": 0,
        "unchanged": size(short),
        "rejected": 0,
    }
    agree(fresh, short_account, FEW, places)


def test_a_second_import_changes_nothing(
    filled: Product, plain: Path, book: Book, account: Account, places: Gazetteer
) -> None:
    again = filled.take(plain)
    assert again == {"created": 0, "updated": 0, "unchanged": size(book), "rejected": 0, "faults": []}
    agree(filled, account, FEW, places)


@pytest.mark.parametrize("form", ["ods", "folder", "zip"])
def test_every_form_gives_the_same_figures(
    fresh: Product, tmp_path: Path, short: Book, short_account: Account, places: Gazetteer, form: str
) -> None:
    path = written(grids(short), tmp_path / "again", form)
    assert fresh.take(path)["created"] == size(short)
    agree(fresh, short_account, FEW, places)


@pytest.mark.parametrize("form", ["folder", "zip", "bom", "serials", "xlsx"])
def test_the_messy_twin_gives_the_same_figures(
    fresh: Product, tmp_path: Path, short: Book, short_account: Account, places: Gazetteer, form: str
) -> None:
    """cp1252 or BOM, `;`, French headings and words, banners, stray spaces, serials, cached formulas."""
    told = fresh.take(messy_twin(short, tmp_path / "twin", form))
    assert counts(told) == {"created": size(short), "updated": 0, "unchanged": 0, "rejected": 0}
    agree(fresh, short_account, QUARTERS + YEARS + WINDOWS if form == "folder" else FEW, places)


@pytest.mark.parametrize("form", ["folder", "xlsx"])
def test_the_messy_twin_of_what_is_there_changes_nothing(
    filled: Product, tmp_path: Path, book: Book, form: str
) -> None:
    """Same facts, other form: no record is touched."""
    told = filled.take(messy_twin(book, tmp_path / "twin", form, seed=11))
    assert counts(told) == {"created": 0, "updated": 0, "unchanged": size(book), "rejected": 0}


# -- changes ---------------------------------------------------------------------------------------------------------


def changed(book: Book) -> tuple[Book, int]:
    """The same workbook with one change of each kind in the worked cases, and how many rows that touches."""
    again = copy.deepcopy(book)
    rows: dict[str, Row] = {row["incident_ref"]: row for row in again.sheets["incidents"]}
    rows["CAS-A"]["state"] = "void"
    rows["CAS-B"]["occurred_on"] = date(2025, 4, 1)  # no longer late
    rows["CAS-C"]["place"] = "Kidal"
    rows["CAS-D"] |= {"open_ended": "no", "occurred_to": date(2024, 12, 31)}  # now late
    of = {
        row["incident_ref"]: row
        for row in again.sheets["violations"]
        if row["incident_ref"].startswith("CAS-")
    }
    of["CAS-E"] |= {"status": "verified", "decided_on": date(2025, 2, 28), "girls": 2}
    of["CAS-G"] |= {"parties": "JNIM", "attribution": ""}
    victims = {row["child_ref"]: row for row in again.sheets["victims"]}
    victims["CAS-F-CHILD"]["child_ref"] = "CAS-F-OTHER"
    return again, 7


def test_changed_rows_update_their_records_and_the_past_stays(
    fresh: Product, tmp_path: Path, short_plain: Path, short_account: Account, short: Book, places: Gazetteer
) -> None:
    asked = [("ghn", "2025-Q1"), ("ghn", "2025-Q2"), ("annual", "2025"), ("annual", "2024")]
    fresh.take(short_plain)
    time.sleep(1.1)
    before = datetime.now(UTC).isoformat()
    time.sleep(1.1)
    again, touched = changed(short)
    path = write_xlsx(grids(again), tmp_path / "again.xlsx")
    told = {"created": 0, "updated": touched, "unchanged": size(short) - touched, "rejected": 0}
    assert counts(fresh.take(path, "--dry-run")) == told
    assert counts(fresh.take(path)) == told
    agree(fresh, Account(read(path, places)), asked, places)
    for name, period in asked:
        past = fresh.figures(name, period, "2021", "--as-at", before)
        assert in_any_order(past) == in_any_order(short_account.figures(name, period, places.region))


def test_absent_rows_change_nothing_and_new_rows_may_refer_to_old_ones(
    fresh: Product, tmp_path: Path, places: Gazetteer
) -> None:
    """A second file with one new violation of an old incident, a victim of old and new, and nothing else."""
    first = make(60, seed=4, book_of=places)
    fresh.take(write_xlsx(grids(first), tmp_path / "first.xlsx"))
    second = blank(places)
    new = second.violation(
        "MUL-1", "abduction", "verified", date(2023, 6, 30), violation_ref="NEW-V", girls=1, parties="JNIM"
    )
    second.victim([new], "girl", "MUL-CHILD", victim_ref="NEW-C")
    told = fresh.take(write_xlsx(grids(second), tmp_path / "second.xlsx"))
    assert counts(told) == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 0}
    for sheet in SHEETS:
        first.sheets[sheet] += second.sheets[sheet]
    both = Account(read(write_xlsx(grids(first), tmp_path / "both.xlsx"), places))
    agree(fresh, both, [("ghn", "2023-Q2"), ("annual", "2023")], places)


def test_a_source_may_prove_violations_of_two_incidents(
    fresh: Product, tmp_path: Path, places: Gazetteer
) -> None:
    """Only a victim row is bound to one incident."""
    book = make(14, book_of=places)
    first, last = book.sheets["violations"][0], book.sheets["violations"][-1]
    refs = f"{first['violation_ref']}; {last['violation_ref']}"
    book.sheets["sources"].append({"source_ref": "S-1", "violation_refs": refs, "category": "secondary"})
    assert fresh.take(write_xlsx(grids(book), tmp_path / "book.xlsx"))["created"] == size(book)


def written(sheets: Grids, path: Path, form: str) -> Path:
    """The plain workbook in one of its other forms."""
    if form == "folder":
        return write_folder(sheets, path)
    return (
        write_ods(sheets, path.with_suffix(".ods"))
        if form == "ods"
        else write_zip(sheets, path.with_suffix(".zip"))
    )
