"""Files made to crash, hang, fill or run: each is refused in a sentence, in little time and memory."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sutura.incidents.models import Attachment
from sutura.intake.budgets import Unreadable
from sutura.intake.layout import layout
from sutura.intake.reading import read_file
from tests.intake.workbooks import INCIDENT, book, packed, xlsx
from tests.people import words
from tests.security.conftest import visiting

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def rewritten(parts: dict[str, bytes]) -> bytes:
    """A true workbook with some of its parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(xlsx(book()))) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    return packed(found | parts)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>{SHEET.format("<x>&l9;</x>")}'.encode()


FILE = "xl/worksheets/sheet1.xml"
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
ASKS = "<sheetData><row><c t='inlineStr'><is><t>&e;</t></is></c></row></sheetData>"
CLAIM = SHEET.format(
    '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
)
BOMBS = {
    "a claim of every cell": lambda: rewritten({FILE: CLAIM.encode()}),
    "a thousand million laughs": lambda: rewritten({FILE: laughs()}),
    "laughs in the index": lambda: rewritten({"xl/workbook.xml": laughs()}),
    "a file of the server": lambda: rewritten({FILE: (OUTSIDE + SHEET.format(ASKS)).encode()}),
    "a deep tree": lambda: rewritten({FILE: SHEET.format("<a>" * 300_000 + "</a>" * 300_000).encode()}),
    "zeros": lambda: rewritten({FILE: b"\0" * 300_000_000}),
    "zeros in shared words": lambda: rewritten({"xl/sharedStrings.xml": b" " * 300_000_000}),
    "entries": lambda: rewritten({f"xl/media/{n}": b"" for n in range(5_000)}),
    "csv of zeros": lambda: packed({f"{name}.csv": b"0" * 250_000_000 for name in ("incidents", "violations")}),
    "csv of commas": lambda: packed({"incidents.csv": b"," * 20_000_000, "violations.csv": b"," * 20_000_000}),
    "an open quote": lambda: packed({"incidents.csv": b'"' + b"x\n" * 10_000_000}),
    "the path of another": lambda: packed({"../../../../tmp/incidents.csv": b"x", "/etc/violations.csv": b"x"}),
    "truncated": lambda: xlsx(book())[:-30],
    "words": lambda: b"PK\x03\x04" + b"x" * 1000,
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
}  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_workbook_is_refused_soon(name: str) -> None:
    content = BOMBS[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    try:
        told = read_file(content, layout())
    except Unreadable:
        told = None
    # Read after all, it is a small table with its faults, and nothing from outside the file.
    assert told is None or (told.faults and "root:" not in repr(told.tables))
    assert time.monotonic() - started < 40
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 900 * 1024


@pytest.mark.once
def test_a_spreadsheet_of_millions_of_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sutura.intake.reading.MAX_CELLS", 20)
    assert read_file(xlsx(book()), layout()).faults == []
    rows = [dict(INCIDENT, incident_ref=f"I{number}") for number in range(10)]
    with pytest.raises(Unreadable):
        read_file(xlsx(book(incidents=rows)), layout())


# A CSV of many empty cells is small, and a list of lists of them is not.
WIDE = """
import resource, sys, zipfile, io
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
import django
from django.conf import settings
settings.configure(USE_I18N=False)
django.setup()
row = b";" * 390 + b"x" + bytes([10])
if sys.argv[1] == "leads":
    from sutura.intake.leads import table
    from sutura.intake.leads.faults import BadFile as Refusal
    heads = b"id" + b";h" * 389 + bytes([10])
    def read(): table.read(heads + row * 140_000, required=("id",))
else:
    from sutura.intake.budgets import Unreadable as Refusal
    from sutura.intake import csv_text
    def read(): csv_text.read(row * 140_000, "incidents", lambda cells: False)
try:
    read()
except Refusal:
    print("refused")
except MemoryError:
    print("memory")
"""


@pytest.mark.once
@pytest.mark.parametrize("what", ["leads", "incidents"])
def test_a_wide_table_of_nothing_fills_no_memory(what: str) -> None:
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run(
        [sys.executable, "-c", WIDE, what], capture_output=True, text=True, timeout=120, cwd=root,
        env={"PYTHONPATH": str(root / "src")}, check=False,
    )  # fmt: skip
    assert told.stdout.strip() == "refused", told.stderr[-600:]


HOSTILE = {
    "page.html": b"<html><script>alert(1)</script>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "../../../etc/cron.d/x": b"%PDF-1.4",
    "x\r\nSet-Cookie: a=b.pdf": b"%PDF-1.4",
    "a" * 190 + ".pdf": b"%PDF-1.4<script>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_attachment_is_given_back_as_bytes_that_do_nothing(scene, db, name: str) -> None:
    client, incident = visiting(scene.who.awa), scene.mopti.incident
    there = reverse("incidents:step", args=[incident.public_id, "attachments"])
    answer = client.post(
        there, {"kind": "other", "file": SimpleUploadedFile(name, HOSTILE[name], "text/html")}
    )
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        return
    kept = Attachment.objects.latest("id")
    (called,) = words(kept, "original_name", by=scene.who.awa)
    assert "/" not in called
    assert ".." not in kept.file.name
    assert (scene.files / kept.file.name).is_file()
    address = reverse("incidents:attachment", args=[incident.public_id, kept.public_id])
    back = client.post(address, {"why": "relecture"})
    assert back.content == HOSTILE[name]
    assert back["Content-Type"] in ("application/pdf", "application/octet-stream")
    assert back["Content-Disposition"].startswith(f'attachment; filename="{incident.ref}-')
    assert back["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert back["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in back
