"""The shared list of places and the big workbook, made once a session."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.truth.cases import make
from tests.truth.comparing import QUARTERS, WINDOWS, YEARS, size
from tests.truth.figures import Account
from tests.truth.places import Gazetteer, gazetteer
from tests.truth.product import Product, made
from tests.truth.reading import read
from tests.truth.workbook import Book, blank
from tests.truth.writing import grids, write_xlsx

Told = dict[tuple[str, str, str], dict[str, Any]]
SEATS_2023 = {
    "00": "ML0901", "01": "ML0103", "02": "ML0206", "03": "ML0305", "04": "ML0406", "05": "ML0506", "06": "ML060506",
    "07": "ML0703", "08": "ML0802", "09": "ML060505", "10": "ML1001", "11": "ML0301", "12": "ML0202", "13": "ML0106",
    "14": "ML0304", "15": "ML0105", "16": "ML0207", "17": "ML0501", "18": "ML0405", "19": "ML0504",
}  # fmt: skip


@pytest.fixture(scope="session")
def places() -> Gazetteer:
    """Regions, cercles and communes of the shared list."""
    return gazetteer()


@pytest.fixture(scope="session")
def book(places: Gazetteer) -> Book:
    """The workbook of 2,000 incidents (SUTURA_TRUTH_INCIDENTS changes the number)."""
    return make(int(os.environ.get("SUTURA_TRUTH_INCIDENTS", "2000")), book_of=places)


@pytest.fixture(scope="session")
def empty_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A database with schema and registers only, from which the others are copied."""
    with made(tmp_path_factory.mktemp("blank")) as product:
        yield product


@pytest.fixture
def fresh(tmp_path: Path, empty_product: Product) -> Iterator[Product]:
    """A database of one's own."""
    with made(tmp_path / "fresh", empty_product) as product:
        yield product


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory, book: Book) -> Path:
    """The big workbook as a tidy `.xlsx`."""
    return write_xlsx(grids(book), tmp_path_factory.mktemp("plain") / "incidents.xlsx")


@pytest.fixture(scope="session")
def filled(
    tmp_path_factory: pytest.TempPathFactory, empty_product: Product, plain: Path, book: Book
) -> Iterator[Product]:
    """A database into which the big workbook was imported."""
    with made(tmp_path_factory.mktemp("filled"), empty_product) as product:
        told = product.take(plain)
        assert told == {"created": size(book), "updated": 0, "unchanged": 0, "rejected": 0, "faults": []}
        yield product


@pytest.fixture(scope="session")
def told(filled: Product) -> Told:
    """All figures of the big workbook: (product, period, geography) → answer, before anything else is imported."""
    asked = QUARTERS + YEARS + WINDOWS
    return {
        (*one, geography): answer
        for geography in ("2021", "2023")
        for one, answer in zip(asked, filled.figures_of(asked, geography), strict=True)
    }


@pytest.fixture(scope="session")
def account(plain: Path, places: Gazetteer) -> Account:
    """The second account of the same file, read back."""
    return Account(read(plain, places))


@pytest.fixture(scope="session")
def short(places: Gazetteer) -> Book:
    """The same cases in 300 incidents: the form of a file does not depend on its length."""
    return make(300, book_of=places)


@pytest.fixture(scope="session")
def short_plain(tmp_path_factory: pytest.TempPathFactory, short: Book) -> Path:
    """The short workbook as a tidy `.xlsx`."""
    return write_xlsx(grids(short), tmp_path_factory.mktemp("short") / "incidents.xlsx")


@pytest.fixture(scope="session")
def short_account(short_plain: Path, places: Gazetteer) -> Account:
    """The second account of the short workbook."""
    return Account(read(short_plain, places))


@pytest.fixture(scope="session")
def codes_2023(
    tmp_path_factory: pytest.TempPathFactory, empty_product: Product, places: Gazetteer
) -> dict[str, str]:
    """Number of each 2023 region to the code which the product gives it: no official P-codes exist."""
    probe = make_probe(places)
    folder = tmp_path_factory.mktemp("probe")
    with made(folder / "data", empty_product) as product:
        product.take(write_xlsx(grids(probe), folder / "probe.xlsx"))
        rows = product.figures("annual", "2024", "2023")["blocks"]["unverified"]["by_region"]
    numbers = list(SEATS_2023)
    return {numbers[row["count"] - 1]: row["region"] for row in rows}


def make_probe(places: Gazetteer) -> Book:
    """One pending killing in the seat of each 2023 region, of 1, 2, 3 … boys."""
    probe = blank(places)
    for boys, seat in enumerate(SEATS_2023.values(), 1):
        probe.violation(probe.incident(date(2024, 5, 1), seat), "killing", "pending", boys=boys)
    return probe
