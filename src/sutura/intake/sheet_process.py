"""Reads a spreadsheet in a process of its own, with bounded memory and time, and writes its rows as lines of JSON.

A hostile file can abort the reader's native code, so it never runs inside the server (design/security.md "In and out").
Run as a script: `python -I sheet_process.py WANTED…` with the file on standard input. It imports nothing of ours.

Lines: `{"sheet": name, "merged": [[row, column, last row], …]}`, then `[[row number, [cells…]], …]` for each chunk,
then `{"others": […], "end": true}`. Row numbers start at 1. Dates are ISO text.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

CHUNK = 500
MEMORY = 2 * 1024**3
SECONDS = 240
ERROR_MARK = b't="e"'
ERROR_CELL = re.compile(rb'<c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*?t="e"[^>]*?>(.*?)</c>', re.DOTALL)
ERROR_TEXT = re.compile(rb"<v>([^<]{1,12})</v>")


def limit() -> None:
    """Bound the memory and the processor time of this process, where the system knows how."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(cell: Any) -> Any:
    """A cell as JSON: None, bool, number or text; a date as ISO text, midnight left out."""
    if cell == "" or cell is None:
        return None
    kind = type(cell)
    if kind is datetime.datetime:
        text: str = cell.isoformat(sep=" ")
        return text[:10] if text.endswith(" 00:00:00") else text
    if kind is str or kind is bool or kind is int:
        return cell
    if kind is float:
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def letters(name: bytes) -> int:
    """The number of a column, from 0: A is 0, AA is 26."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number - 1


def failed_formulas(content: bytes) -> Iterator[tuple[str, dict[int, dict[int, str]]]]:
    """For each sheet file of an .xlsx which has cells in error: row → column → `#DIV/0!`.

    The reader gives them as empty, and an error is not an empty cell.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                data = archive.read(name)
                if ERROR_MARK not in data:
                    continue
                found: dict[int, dict[int, str]] = {}
                for match in ERROR_CELL.finditer(data):
                    text = ERROR_TEXT.search(match[3])
                    said = text[1].decode("ascii", "replace") if text else "#N/A"
                    found.setdefault(int(match[2]), {})[letters(match[1])] = said
                yield name, found


def sheet_files(content: bytes) -> dict[str, str]:
    """Sheet name → file inside the .xlsx, by the two index files; empty when they say nothing clear."""
    from xml.etree import ElementTree  # expat expands no outer entity; the memory limit bounds inner ones

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
            links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except Exception:
        return {}
    targets = {link.get("Id"): (link.get("Target") or "").lstrip("/") for link in links}
    found = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
            target = targets.get(key, "")
            found[sheet.get("name") or ""] = target if target.startswith("xl/") else f"xl/{target}"
    return found


def say(value: object) -> None:
    """One line of JSON on standard output."""
    sys.stdout.write(json.dumps(value, separators=(",", ":")) + "\n")


def send(sheet: Any, errors: dict[int, dict[int, str]], rows_allowed: int, columns_allowed: int) -> None:
    """The rows of one sheet that hold anything, in chunks."""
    say({"sheet": sheet.name, "merged": merged(sheet)})
    if sheet.start is None:
        return
    offset = sheet.start[1]
    if sheet.end[1] - offset >= columns_allowed:
        raise MemoryError
    chunk: list[tuple[int, list[Any]]] = []
    sent = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = [plain(cell) for cell in cells]
        for column, said in errors.get(number, {}).items():
            if 0 <= column - offset < len(row):
                row[column - offset] = said
        if any(cell is not None for cell in row):
            chunk.append((number, row))
            sent += 1
            if sent > rows_allowed:
                raise MemoryError
        if len(chunk) == CHUNK:
            say(chunk)
            chunk = []
    if chunk:
        say(chunk)


def merged(sheet: Any) -> list[tuple[int, int, int]]:
    """Merged cells that span rows: first row and column (from the first used column), last row; rows from 1."""
    offset = sheet.start[1] if sheet.start else 0
    ranges = sheet.merged_cell_ranges or []
    return [(top + 1, left - offset, bottom + 1) for (top, left), (bottom, _) in ranges if bottom > top][
        :1000
    ]


def main(arguments: list[str]) -> int:
    """Read standard input; 0 when all was sent, 3 when it is too big, 4 when it is not a spreadsheet."""
    limit()
    rows_allowed, columns_allowed, *wanted = arguments
    from python_calamine import load_workbook

    content = sys.stdin.buffer.read()
    try:
        book = load_workbook(io.BytesIO(content))
        names = {name.strip().lower(): name for name in reversed(book.sheet_names)}
        errors = dict(failed_formulas(content))
        files = sheet_files(content) if errors else {}
        chosen = [names[name] for name in wanted if name in names]
        for name in chosen:
            failed = errors.get(files.get(name, ""), {})
            send(book.get_sheet_by_name(name), failed, int(rows_allowed), int(columns_allowed))
        say({"others": [name for name in book.sheet_names if name not in chosen], "end": True})
    except MemoryError:
        return 3
    except Exception:
        return 4
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
