"""The big plain export, one line of the ledger a row: written by the Rust-backed writer, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import write_worksheet

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def write(path: Path, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows to a sheet of a new workbook at `path`; 100,000 rows take about two seconds.

    Words never become formulas: this writer writes them as words; those which begin like a formula also get an
    apostrophe, since such files are saved again as CSV.
    """
    write_worksheet(_records(heads, rows), str(path), sheet_name=name[:31], freeze_row=1, bold_headers=True)


def _records(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {head: plain(value) for head, value in zip(heads, row, strict=True)}


def plain(value: Any) -> Any:
    """A value as a cell may hold it: days as ISO words, nothing as nothing, words that cannot run."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return value
