"""Reads a spreadsheet in a process of its own, with bounded memory and time, and writes its rows as lines of JSON.

A hostile file can abort the reader's native code, so it never runs inside the server (design/security.md "In and out").
Run by `security.limited` with the file on standard input: most rows of a sheet, most columns, most filled cells of all,
then the names of the sheets wanted, or `*` for all. It imports nothing of ours.

Lines: `{"sheet": name, "rows": how many, "merged": [[row, column, last row], …]}`, then `[[row number, [cells…]], …]`
for each chunk, then `{"others": […], "end": true}`. Row numbers start at 1. Dates are ISO text.
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
from xml.parsers import expat

CHUNK = 500
CHUNK_BYTES = 1024 * 1024
DEPTH = 100
MARKS = 6_000_000  # a hundred thousand rows have four and a half million
HEIGHT = 1_048_576  # rows that Excel knows; the reader counts every one above the last filled
GRID = 20_000_000  # rows by columns, filled or not
SHEETS = 200
TEXT = 100_000  # characters in one cell
ERROR_MARK = b't="e"'
ERROR_CELL = re.compile(
    rb'<c\s[^>]{0,80}?r="([A-Z]{1,3})(\d{1,7})"[^>]{0,80}?t="e"[^>]{0,80}?>(.{0,400}?)</c>', re.DOTALL
)
ERROR_TEXT = re.compile(rb"<v>([^<]{1,12})</v>")


class TooMuch(MemoryError):
    """The file asks for more than any true workbook."""


def weigh(content: bytes) -> None:
    """Walk every part of XML before anything understands it: few marks, a shallow tree, no definitions of its own.

    An .ods or .xlsx never defines a document type; entities of one grow a few bytes to gigabytes, or name a file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [
            part for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels", ".vml"))
        ]
        marks = 0
        for part in parts:
            with archive.open(part) as read:
                while chunk := read.read(CHUNK_BYTES):
                    marks += chunk.count(b"<")
                    if marks > MARKS:
                        raise TooMuch
        for part in parts:
            with archive.open(part) as read:
                walk(read)


def walk(part: Any) -> None:
    """One part of XML, to its end; raises for what is deep, defines entities or is not XML."""
    parser = expat.ParserCreate()
    depth = 0

    def start(_name: str, _attributes: list[str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise TooMuch

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def define(*_told: object) -> None:
        raise ValueError("a document type")

    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = define
    parser.ParseFile(part)


def plain(cell: Any) -> Any:
    """A cell as JSON: None, bool, number or text; a date as ISO text, midnight left out."""
    if cell == "" or cell is None:
        return None
    kind = type(cell)
    if kind is datetime.datetime:
        text: str = cell.isoformat(sep=" ")
        return text[:10] if text.endswith(" 00:00:00") else text
    if kind is str:
        if len(cell) > TEXT:
            raise TooMuch
        return cell
    if kind is bool or kind is int:
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
    from xml.etree import ElementTree

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


def send(
    sheet: Any, errors: dict[int, dict[int, str]], rows_allowed: int, columns_allowed: int, cells_allowed: int
) -> int:
    """The rows of one sheet that hold anything, in chunks; answers how many cells may still be filled."""
    rows = sheet.end[0] + 1 if sheet.start else 0
    say({"sheet": sheet.name, "rows": rows, "merged": merged(sheet)})
    if sheet.start is None:
        return cells_allowed
    offset = sheet.start[1]
    height, width = sheet.end[0] + 1, sheet.end[1] - offset + 1
    if width > columns_allowed or height > HEIGHT or height * width > GRID:
        raise TooMuch
    chunk: list[tuple[int, list[Any]]] = []
    sent = room = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = [plain(cell) for cell in cells]
        for column, said in errors.get(number, {}).items():
            if 0 <= column - offset < len(row):
                row[column - offset] = said
        while row and row[-1] is None:
            row.pop()
        if row:
            chunk.append((number, row))
            sent, cells_allowed = sent + 1, cells_allowed - 3 * len(row) + 2 * row.count(None)
            room += sum(len(cell) for cell in row if cell.__class__ is str)
            if sent > rows_allowed or cells_allowed < 0:
                raise TooMuch
        if len(chunk) == CHUNK or room > CHUNK_BYTES:
            say(chunk)
            chunk, room = [], 0
    if chunk:
        say(chunk)
    return cells_allowed


def merged(sheet: Any) -> list[tuple[int, int, int]]:
    """Merged cells that span rows: first row and column (from the first used column), last row; rows from 1."""
    offset = sheet.start[1] if sheet.start else 0
    ranges = sheet.merged_cell_ranges or []
    return [(top + 1, left - offset, bottom + 1) for (top, left), (bottom, _) in ranges if bottom > top][
        :1000
    ]


def main(arguments: list[str]) -> int:
    """Read standard input and send its sheets."""
    rows_allowed, columns_allowed, cells_allowed, *wanted = arguments
    from python_calamine import load_workbook

    content = sys.stdin.buffer.read()
    weigh(content)
    book = load_workbook(io.BytesIO(content))
    if len(book.sheet_names) > SHEETS:
        raise TooMuch
    names = {name.strip().lower(): name for name in reversed(book.sheet_names)}
    errors = dict(failed_formulas(content))
    files = sheet_files(content) if errors else {}
    chosen = book.sheet_names if wanted == ["*"] else [names[name] for name in wanted if name in names]
    left = int(cells_allowed)
    for name in chosen:
        failed = errors.get(files.get(name, ""), {})
        left = send(book.get_sheet_by_name(name), failed, int(rows_allowed), int(columns_allowed), left)
    say({"others": [name for name in book.sheet_names if name not in chosen], "end": True})
    return 0
