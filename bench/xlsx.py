"""The large export, by the writer which the product uses, against XlsxWriter in constant memory on the same rows."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

from bench import stage
from bench.measure import Result, Side, alternate, milliseconds, peak
from sutura.config.language import say

LIMIT = 3.0
MEMORY = 100  # megabytes more than with a handful of rows
HEADS = [
    "Part", "Incident", "Type", "Status", "Sex", "Age", "Count", "Unit", "Region (2021)", "Region (2023)",
    "Attributed to", "From", "To", "Verified on",
]  # fmt: skip


def run(folder: Path, small: bool) -> list[Result]:
    """Both write the same cells, days as ISO words; the memory of ours is taken in processes of its own."""
    number = 3_000 if small else 100_000
    stage.settle(folder, folder / "none.sqlite3")
    from sutura.reporting.render import tidy

    ours, theirs = folder / "ours.xlsx", folder / "theirs.xlsx"

    def plain() -> None:
        book = xlsxwriter.Workbook(str(theirs), {"constant_memory": True})
        sheet = book.add_worksheet("Lines")
        sheet.write_row(0, 0, HEADS)
        for at, row in enumerate(rows(number), 1):
            sheet.write_row(at, 0, [tidy.plain(value) for value in row])
        book.close()

    mine, other = alternate(lambda: tidy.write(ours, "Lines", HEADS, rows(number)), plain, rounds=3)
    assert cells(ours) == cells(theirs), "the two files do not hold the same"
    little, much = memory(folder, 10), memory(folder, 3 * number)
    return [
        Result(
            "xlsx",
            say(
                f"export of {number} rows",
                f"export de {number} lignes",
            ),
            milliseconds(say("export", "export"), mine),
            milliseconds("XlsxWriter constant_memory", other),
            other.wall / mine.wall,
            LIMIT,
            at_least=True,
        ),
        Result(
            "xlsx",
            say(f"memory of an export of {3 * number} rows", f"mémoire d’un export de {3 * number} lignes"),
            Side(say("more than for 10 rows", "en plus de 10 lignes"), much - little, "MB"),
            Side(say("limit", "limite"), MEMORY, "MB"),
            (much - little) / MEMORY,
            1.0,
        ),
    ]


def rows(number: int) -> Iterator[tuple[Any, ...]]:
    """Invented lines of the ledger, as the export of a report gives them."""
    first = date(2025, 1, 1)
    for n in range(number):
        day = first + timedelta(days=n % 400)
        yield (
            "Vérifiées", f"INC-2026-{n:05}", ("killing", "maiming", "abduction")[n % 3], "verified",
            ("boy", "girl", "unknown")[n % 3], "11-14", 1 + n % 4, "individual", f"ML{n % 10:02}", f"R{n % 19}",
            ("JNIM", "unidentified", "FAMA+JNIM")[n % 3], day, None, day + timedelta(days=40),
        )  # fmt: skip


def cells(file: Path) -> list[list[Any]]:
    """What a file holds, read back."""
    return python_calamine.load_workbook(str(file)).get_sheet_by_index(0).to_python()


def memory(folder: Path, number: int) -> float:
    """Peak megabytes of a process that writes so many rows."""
    command = [sys.executable, "-m", "bench.xlsx", str(folder / "memory.xlsx"), str(number)]
    done = subprocess.run(command, cwd=stage.ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return float(json.loads(done.stdout))


def alone(file: Path, number: int) -> None:
    """Write them, and print the peak."""
    from sutura.reporting.render import tidy

    tidy.write(file, "Lines", HEADS, rows(number))
    print(json.dumps(peak()))


if __name__ == "__main__":
    alone(Path(sys.argv[1]), int(sys.argv[2]))
