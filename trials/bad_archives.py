"""Workbooks made to crash, fill, hang or read what they may not: each maker draws one with the dice it is given."""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

from bench.workbook import sheets, write

Maker = Callable[[Random], bytes]
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<worksheet xmlns="{NAMESPACE}">{{}}</worksheet>'
FIRST, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_TRUE: dict[str, bytes] = {}


def true_parts() -> dict[str, bytes]:
    """The parts of a true workbook."""
    if not _TRUE:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "true.xlsx"
            write(path, sheets(3, ["ML05"]))
            with zipfile.ZipFile(path) as archive:
                _TRUE.update({name: archive.read(name) for name in archive.namelist()})
    return dict(_TRUE)


def packed(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, how)
    return out.getvalue()


def with_part(name: str, content: bytes | str) -> bytes:
    """The true workbook with one part replaced."""
    return packed(true_parts() | {name: content.encode() if isinstance(content, str) else content})


def entities(levels: int, width: int) -> str:
    """Entities of entities."""
    told = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * width}">' for n in range(1, levels))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{told}]>'


def part(chance: Random) -> str:
    return chance.choice((FIRST, STRINGS, BOOK, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"))


def zeros(chance: Random) -> bytes:
    return with_part(part(chance), bytes([chance.choice((0, 32, 60))]) * chance.randint(20, 320) * 1_000_000)


def laughs(chance: Random) -> bytes:
    levels = chance.randint(5, 12)
    return with_part(part(chance), entities(levels, 10) + SHEET.format(f"<x>&l{levels - 1};</x>"))


def quadratic(chance: Random) -> bytes:
    text = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>' + SHEET.format(
        "&a;" * chance.randint(1_000, 50_000)
    )
    return with_part(part(chance), text)


def outside(chance: Random) -> bytes:
    where = chance.choice(
        ("file:///etc/passwd", "http://127.0.0.1:9/", "/dev/random", "file:///proc/self/environ")
    )
    cell = "<sheetData><row><c t='inlineStr'><is><t>&e;</t></is></c></row></sheetData>"
    return with_part(part(chance), f'<!DOCTYPE x [<!ENTITY e SYSTEM "{where}">]>' + SHEET.format(cell))


def parameter(chance: Random) -> bytes:
    text = '<!DOCTYPE x [<!ENTITY % d SYSTEM "file:///etc/hostname"> %d;]>' + SHEET.format("")
    return with_part(part(chance), text.encode(chance.choice(("utf-8", "utf-16", "utf-16-le"))))


def deep(chance: Random) -> bytes:
    levels = chance.choice((101, 5_000, 300_000))
    return with_part(part(chance), SHEET.format("<a>" * levels + "</a>" * levels))


def claim(chance: Random) -> bytes:
    last = chance.choice(("XFD1048576", "A1048576", "XFD1", "XFD99999999", "ZZZZZZ1"))
    row = "".join(filter(str.isdigit, last))
    cell = (
        f'<dimension ref="A1:{last}"/><sheetData><row r="{row}"><c r="{last}"><v>1</v></c></row></sheetData>'
    )
    return with_part(FIRST, SHEET.format(cell))


def many_rows(chance: Random) -> bytes:
    row = "<row><c><v>1</v></c></row>"
    return with_part(
        FIRST, SHEET.format(f"<sheetData>{row * chance.choice((250_000, 1_100_000))}</sheetData>")
    )


def long_cell(chance: Random) -> bytes:
    text = "x" * chance.randint(1, 60) * 1_000_000
    cell = f"<c t='inlineStr'><is><t>{text}</t></is></c>"
    return with_part(FIRST, SHEET.format(f"<sheetData><row>{cell}</row></sheetData>"))


def formulas(chance: Random) -> bytes:
    word = chance.choice(
        ("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)", "=cmd|' /C calc'!A0", "\t=1", "＝1")
    )
    cells = "".join(
        f"<c t='inlineStr'><is><t>{word}</t></is></c><c><f>1/0</f><v>2</v></c>" for _n in range(9)
    )
    return with_part(FIRST, SHEET.format(f"<sheetData><row>{cells}</row></sheetData>"))


def errors(chance: Random) -> bytes:
    row = chance.choice((1, 9_999_999, 1_048_576))
    cell = f"<c r='ZZZ{row}' t='e'><v>#DIV/0!</v></c>" * chance.choice((1, 200_000))
    return with_part(FIRST, SHEET.format(f"<sheetData><row>{cell}</row></sheetData>"))


def merges(chance: Random) -> bytes:
    cells = "".join(f"<mergeCell ref='A{n}:XFD{n + 5}'/>" for n in range(1, chance.choice((10, 200_000))))
    return with_part(FIRST, SHEET.format(f"<sheetData/><mergeCells>{cells}</mergeCells>"))


def many_sheets(chance: Random) -> bytes:
    named = "".join(f"<sheet name='s{n}' sheetId='{n}'/>" for n in range(chance.choice((300, 50_000))))
    return with_part(BOOK, f"<workbook xmlns='{NAMESPACE}'><sheets>{named}</sheets></workbook>")


def entries(chance: Random) -> bytes:
    return packed(true_parts() | {f"xl/media/{n}": b"" for n in range(chance.choice((2_100, 30_000)))})


def nested(chance: Random) -> bytes:
    inside = bytes(1_000_000)
    for level in range(chance.randint(5, 60)):
        inside = packed({f"{level}.zip": inside, "incidents.csv": b"x"})
    return inside


def overlapping(chance: Random) -> bytes:
    """Many names in the directory for one part: each unpacks the same bytes."""
    body = zlib.compress(bytes(50_000_000), 9)[2:-4]
    crc, count = zlib.crc32(bytes(50_000_000)), chance.choice((20, 1_500))
    name = b"incidents.csv"
    sizes = struct.pack("<III", crc, len(body), 50_000_000)
    out = (
        b"PK\x03\x04"
        + struct.pack("<HHHHH", 20, 0, 8, 0, 0)
        + sizes
        + struct.pack("<HH", len(name), 0)
        + name
        + body
    )
    start, directory = len(out), b""
    for number in range(count):
        called = name if not number else b"n%d.csv" % number
        directory += b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        directory += struct.pack("<HHHHHII", len(called), 0, 0, 0, 0, 0, 0) + called
    return (
        out
        + directory
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start, 0)
    )


def lying(chance: Random) -> bytes:
    """The directory says that little unpacks; much does."""
    content = bytearray(packed({"incidents.csv": b"0" * 100_000_000, "violations.csv": b"1"}))
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, chance.choice((10, 0, 0xFFFFFFFE)))
    return bytes(content)


def names(chance: Random) -> bytes:
    called = chance.choice(
        (
            "../../../../etc/cron.d/x",
            "/etc/violations.csv",
            "incidents\0.csv",
            "a/" * 2_000 + "x.csv",
            "\\\\host\\x",
            "CON",
            "x" * 60_000,
        )
    )
    return packed({called: b"x", "incidents.csv": b"a;b\n"})


def same_names(chance: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for _number in range(chance.randint(2, 40)):
            data = zipfile.ZipInfo("incidents.csv")
            archive.NameToInfo.clear()
            archive.writestr(data, b"x;y\n1;2")
    return out.getvalue()


def locked(chance: Random) -> bytes:
    content = bytearray(packed(true_parts()))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def cut(chance: Random) -> bytes:
    whole = packed(true_parts())
    return whole[: chance.randint(1, len(whole) - 1)]


def flipped(chance: Random) -> bytes:
    content = bytearray(packed(true_parts(), chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))))
    for _number in range(chance.randint(1, 40)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def noise(chance: Random) -> bytes:
    return b"PK\x03\x04" + chance.randbytes(chance.randint(0, 50_000)) + b"PK\x05\x06" + chance.randbytes(18)


def other_kind(chance: Random) -> bytes:
    starts = (
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0",
        b"GIF89a",
        b"MZ",
        b"<html>",
        b"",
        b"Rar!\x1a\x07",
    )
    return chance.choice(starts) + chance.randbytes(100)


def ods(chance: Random) -> bytes:
    """Sheets of an .ods which repeat rows, columns, tables or entities."""
    rows, columns = chance.choice((("1048576", "1024"), ("999999999", "1"), ("1", "999999999"), ("-1", "x")))
    repeated = f'table:number-columns-repeated="{columns}"'
    cell = f'<table:table-cell office:value-type="string" {repeated}><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = f'xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0"'
    table = f'<table:table table:name="incidents">{row * chance.choice((1, 3))}</table:table>'
    head = chance.choice(("", "", entities(9, 10)))
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    text = f"{head}<office:document-content {spaces}>{body}</office:document-content>"
    return packed({"mimetype": ODS.encode(), "content.xml": text.encode(), "META-INF/manifest.xml": b"<x/>"})


def csvs(chance: Random) -> bytes:
    text = chance.choice(
        (
            lambda: b'"' + b"x\n" * 5_000_000,
            lambda: b"," * 20_000_000,
            lambda: b"incident_ref;" + b"x" * 10_000_000,
            lambda: b"a;b\n" * 2_000_000,
            lambda: b"\xff\xfe" + b"a" * 1_000_001,
            lambda: b"a\0b;c\n" * 1_000,
            lambda: "é😀;".encode() * 3_000_000,
            lambda: b"0" * 70_000_000,
            lambda: b"=1+1;@x;-1;+1\n" * 100,
            lambda: b"\r" * 2_000_000,
        )
    )()
    return packed({"incidents.csv": text, "violations.csv": text[:1_000]})


MAKERS: tuple[Maker, ...] = (
    zeros, laughs, quadratic, outside, parameter, deep, claim, many_rows, long_cell, formulas, errors, merges,
    many_sheets, entries, nested, overlapping, lying, names, same_names, locked, cut, flipped, noise, other_kind, ods,
    csvs,
)  # fmt: skip
