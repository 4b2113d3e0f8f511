"""How the answers of the product are laid beside the second account."""

from __future__ import annotations

import copy
from typing import Any

from tests.truth.figures import Account
from tests.truth.places import Gazetteer
from tests.truth.product import Product
from tests.truth.workbook import SHEETS, Book

QUARTERS = [("ghn", f"{year}-Q{n}") for year in (2022, 2023, 2024) for n in (1, 2, 3, 4)]
QUARTERS += [("ghn", "2025-Q1"), ("ghn", "2025-Q2")]
YEARS = [("annual", str(year)) for year in (2022, 2023, 2024, 2025)]
WINDOWS = [
    ("window", "2022-04-01..2024-03-31"),
    ("window", "2024-02-29..2024-02-29"),
    ("window", "2022-11-15..2023-02-14"),
]
FEW = [("ghn", "2023-Q2"), ("ghn", "2025-Q1"), ("annual", "2023"), WINDOWS[0]]
BLOCKS = ("verified", "late", "unverified")
NOTHING: dict[str, Any] = {sheet: [] for sheet in SHEETS}


def size(book: Book) -> int:
    """Rows of all four sheets."""
    return sum(len(rows) for rows in book.sheets.values())


def in_any_order(told: dict[str, Any]) -> dict[str, Any]:
    """Figures with the rows of their open-ended lists in one order; `test_rows_are_sorted` asks for the order."""
    told = copy.deepcopy(told)
    for name in BLOCKS:
        for table in ("by_party", "by_region"):
            told["blocks"][name][table].sort(key=lambda row: sorted(map(str, row.values())))
    told["multiple"].sort(key=str)
    told["checks"].sort(key=lambda check: check["name"])
    return told


def relabelled(told: dict[str, Any], regions: dict[str, str]) -> dict[str, Any]:
    """Figures with the regions under other codes."""
    told = copy.deepcopy(told)
    for name in BLOCKS:
        for row in told["blocks"][name]["by_region"]:
            row["region"] = regions[row["region"]]
    return told


def counts(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer of an import without its faults."""
    return {name: answer[name] for name in ("created", "updated", "unchanged", "rejected")}


def agree(product: Product, account: Account, asked: list[tuple[str, str]], places: Gazetteer) -> None:
    """Every figure asked for equals the second account."""
    for (name, period), told in zip(asked, product.figures_of(asked), strict=True):
        mine = in_any_order(account.figures(name, period, places.region))
        assert in_any_order(told) == mine, (name, period)
