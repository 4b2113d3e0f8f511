"""Reads one CSV file and sends its records as lines of JSON; run by `security.limited`, imports nothing of ours.

Words: the separator, most records, most columns, most cells of all, longest cell, `strict` or `lax`. Lines:
`[[number, [cells…]], …]` for each chunk (the first record is 1), at the end `{"end": true}`, or `{"fault": …}` with the
number of the record when the letters (`encoding`) or the quotation marks (`quotes`) cannot be read.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import sys
from collections.abc import Iterator

CHUNK = 2000
CHUNK_CHARACTERS = 1024 * 1024
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(content: bytes) -> str:
    """By its mark, else UTF-8, else Windows-1252."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return encoding
    try:
        for _part in codecs.iterdecode(io.BytesIO(content), "utf-8"):
            pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def say(value: object) -> None:
    """One line of JSON on standard output."""
    sys.stdout.write(json.dumps(value, separators=(",", ":")) + "\n")


def send(
    records: Iterator[tuple[int, list[str]]], most_records: int, most_columns: int, most_cells: int
) -> None:
    """Records that hold anything, numbered as in the file; raises MemoryError beyond a budget."""
    chunk: list[tuple[int, list[str]]] = []
    room = 0
    for number, cells in records:
        if not any(cells):
            continue
        filled = len(cells) - cells.count("")
        most_records, most_cells = most_records - 1, most_cells - len(cells) - 2 * filled
        if most_records < 0 or most_cells < 0 or len(cells) > most_columns:
            raise MemoryError
        chunk.append((number, cells))
        room += sum(map(len, cells))
        if len(chunk) == CHUNK or room > CHUNK_CHARACTERS:
            say(chunk)
            chunk, room = [], 0
    say(chunk)


class Numbered:
    """Counts the records that were read, so that a fault can name the next."""

    def __init__(self, records: Iterator[list[str]]) -> None:
        self.records, self.number = records, 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for cells in self.records:
            self.number += 1
            yield self.number, cells


def main(words: list[str]) -> int:
    """Read standard input and send its records."""
    delimiter, most_records, most_columns, most_cells, longest, how = words
    content = sys.stdin.buffer.read()
    errors = "strict" if how == "strict" else "replace"
    # Decoded as it is read: one letter of four bytes would make the whole text four times as large.
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding_of(content), errors=errors, newline="")
    csv.field_size_limit(int(longest))
    numbered = Numbered(csv.reader(text, delimiter=delimiter, strict=how == "strict"))
    try:
        send(iter(numbered), int(most_records), int(most_columns), int(most_cells))
    except UnicodeError:
        say({"fault": "encoding", "row": numbered.number + 1})
    except csv.Error:
        say({"fault": "quotes", "row": numbered.number + 1})
    else:
        say({"end": True})
    return 0
