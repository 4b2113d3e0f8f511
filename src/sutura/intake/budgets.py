"""How much a file may ask of us before we look inside: bytes, entries, unpacking, rows, columns.

A workbook of 5 kB can claim a million rows, or seventeen thousand million cells, and bring the reader down
(design/stack.md 10, design/security.md "In and out").
"""

from __future__ import annotations

import io
import struct
import zipfile

from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid

MAX_BYTES = 60 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_DIRECTORY = 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
# A sheet of a hundred thousand like rows packs about 60 to 1; 42.zip packs millions to 1.
MAX_RATIO = 400
RATIO_FROM = 32 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 400
MAX_CELLS = 4_000_000  # of one file, an empty one counted as a third: as objects, a quarter of a gigabyte
MAX_TEXT = 100_000

_DIRECTORY_END = b"PK\x05\x06"
_ENCRYPTED = 0x1


class Unreadable(Invalid):
    """The file as a whole cannot be read; one sentence says why and what to do. `sheet` and `row` when known."""

    def __init__(self, message: object, *, code: str = "unreadable", sheet: str = "", row: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.sheet = sheet
        self.row = row


def too_big() -> Unreadable:
    """The refusal for a file which asks for more than any true workbook."""
    return Unreadable(
        _(
            "This file is larger, or claims more rows or columns, than can be read at once. Split it in several files."
        ),
        code="too_big",
    )


def damaged() -> Unreadable:
    """The refusal for bytes which are not what their name says."""
    return Unreadable(
        _(
            "This file cannot be read: it is damaged, or is not a workbook. Save it again as .xlsx and try once more."
        ),
        code="damaged",
    )


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive, after its directory has been weighed; raises Unreadable."""
    end = content.rfind(_DIRECTORY_END)
    if end < 0 or len(content) < end + 22:
        raise damaged()
    (directory_size,) = struct.unpack_from("<I", content, end + 12)
    if directory_size > MAX_DIRECTORY:
        raise too_big()
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as reason:
        raise damaged() from reason
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unreadable(
            _("This file is protected by a password. Save it without one and try again."), code="protected"
        )
    if sum(entry.compress_size for entry in entries) > len(content):
        raise damaged()  # parts that share their bytes: no writer of workbooks makes any
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise too_big()
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(1, len(content)):
        raise too_big()
    return archive


def unpack(archive: zipfile.ZipFile, name: str, limit: int = MAX_BYTES) -> bytes:
    """One entry, never more than `limit` bytes whatever its header says; raises Unreadable."""
    try:
        with archive.open(name) as entry:
            content = entry.read(limit + 1)
    except Exception as reason:  # zipfile lets zlib, lzma, EOF, CRC and codec errors through
        raise damaged() from reason
    if len(content) > limit:
        raise too_big()
    return content
