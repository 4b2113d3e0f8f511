"""The papers of a meeting as Word documents opened in LibreOffice and as PDF: their words and the picture of a page."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from shutil import which
from xml.etree import ElementTree

import pytest
from django.test import Client
from PIL import Image

from sutura.audit.models import Entry
from sutura.coordination import press
from sutura.coordination.documents import as_docx
from sutura.coordination.models import Meeting
from sutura.coordination.papers import Grid, Paper, Part, minutes_paper
from sutura.coordination.services import agenda, meetings, minutes
from sutura.people.models import Account
from tests.coordination.conftest import Room

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not which("pdftotext"), reason="poppler is not installed (pdftotext)"),
]
TYPED = "Le #1 à $5$, *gras* et _plat_, @nous <ici> `x` \\ [a] #sys.inputs // fin"
DPI = 150


@pytest.fixture
def told(room: Room, fatou: Account) -> Meeting:
    """A meeting of November with one point, and three organisations of which two came."""
    day = date(2026, 11, 5)
    meeting = meetings.plan_meeting(
        body=room.framework, planned_on=day, venue="Salle de la direction", by=fatou
    )
    agenda.add_item(meeting=meeting, title=TYPED, by=fatou)
    held = meetings.open_minutes(meeting=meeting, held_on=day, chaired_by=room.state, by=fatou)
    said = {
        "discussion": "Gao et Ménaka n’ont pas répondu.",
        "decisions": "Relancer avant le 30 : ONG Sahel fictive.",
    }
    minutes.write_point(item=held.items.get(position=1), version=0, said=said, by=fatou)
    rows = [
        (room.state, {"presence": "present", "women": 2, "men": 1}),
        (room.ngo, {"presence": "represented", "women": 1, "men": 0}),
        (room.other, {"presence": "excused"}),
    ]
    for organisation, came in rows:
        minutes.write_attendance(meeting=held, organisation=organisation, said=came, by=fatou)
    return held


def as_pdf(source: Path) -> Path:
    """What LibreOffice makes of a document, with a profile of its own."""
    profile = f"-env:UserInstallation=file://{source.parent}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(source.parent),
        str(source),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    assert "repair" not in (done.stdout + done.stderr).lower()
    return source.with_suffix(".pdf")


def words_of(pdf: Path) -> str:
    """The words of a PDF, one space between."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return " ".join(read.replace("\u202f", " ").replace("\u00a0", " ").split())


def columns_at(pdf: Path, word: str) -> list[int]:
    """How wide, in percent of the table, each column is that the picture shows ruled around the last such word."""
    found = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True)
    pages = ElementTree.fromstring(found.stdout).iter("{http://www.w3.org/1999/xhtml}page")
    number, box = [(at, each) for at, page in enumerate(pages, 1) for each in page if each.text == word][-1]
    middle = (float(box.get("yMin", 0)) + float(box.get("yMax", 0))) / 2 * DPI / 72
    picture = pdf.with_name(f"page{number}")
    command = [
        "pdftoppm",
        "-r",
        str(DPI),
        "-gray",
        "-png",
        "-singlefile",
        "-f",
        str(number),
        "-l",
        str(number),
    ]
    subprocess.run([*command, str(pdf), str(picture)], check=True)
    page = Image.open(picture.with_suffix(".png")).convert("L")
    strip = page.crop((0, round(middle) - 14, page.width, round(middle) + 14))  # higher than a letter
    ruled = [x for x in range(strip.width) if strip.crop((x, 0, x + 1, 28)).getextrema()[1] < 215]
    lines = [x for x in ruled if x - 1 not in ruled]
    return [round(100 * (right - left) / (lines[-1] - lines[0])) for left, right in pairwise(lines)]


WANTED = (
    "Cadre de concertation",
    "Projet : pas encore validé.",
    "Participants : 4 (femmes : 3, hommes : 1), 2 organisations",
    "Présidée par : DIV – Direction inventée",
    "OSF – ONG Sahel fictive",
    "représentée",
    "Point Discussions Recommandations et décisions",
    "Gao et Ménaka n’ont pas répondu.",
    "Relancer avant le 30 : ONG Sahel fictive.",
)


@pytest.mark.office
def test_libreoffice_reads_the_minutes_in_three_columns(told: Meeting, tmp_path: Path) -> None:
    source = tmp_path / "minutes.docx"
    source.write_bytes(as_docx(minutes_paper(Meeting.objects.get())))
    pdf = as_pdf(source)
    words = words_of(pdf)
    wanted = (*WANTED, f"Procès-verbal de la réunion {told.ref}")
    assert [text for text in wanted if text not in words] == []
    assert columns_at(pdf, "Discussions") == [22, 42, 36]


def test_the_pdf_says_the_same_in_the_same_columns_and_nothing_typed_is_read_as_markup(
    told: Meeting, tmp_path: Path
) -> None:
    pdf = tmp_path / "minutes.pdf"
    pdf.write_bytes(press.as_pdf(minutes_paper(Meeting.objects.get())))
    words = words_of(pdf)
    wanted = (*WANTED, f"Procès-verbal de la réunion {told.ref}", TYPED, "Page 1 sur 1")
    assert [text for text in wanted if text not in words] == []
    assert columns_at(pdf, "Discussions") == [22, 42, 36]
    about = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    told_of = dict(line.split(":", 1) for line in about.splitlines())
    assert (told_of["Title"].strip(), told_of["Tagged"].strip()) == (f"{told.ref}-pv", "yes")
    assert {"Author", "CreationDate", "ModDate"}.isdisjoint(told_of)  # nothing of who made it, or when
    assert b"pdfuaid:part" in pdf.read_bytes()
    assert b"/Lang(fr)" in pdf.read_bytes()


def test_a_paper_is_printed_whatever_signs_it_bears_and_however_long_its_words(tmp_path: Path) -> None:
    address = "https://exemple.invalid/" + "chemin/" * 20
    row = ("𓀀 \U000f0000", address, "")
    paper = Paper(
        "TEST-pv", "Instance fictive", "Essai", [], [Part("Un", [Grid(("A", "B", "C"), [row], (1, 1, 1))])]
    )
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(press.as_pdf(replace(paper, upright=True)))
    assert words_of(pdf).count("chemin/") == 20
    assert columns_at(pdf, "B") == [33, 33, 33]


def test_a_member_takes_the_pdf_on_record_and_learns_when_it_cannot_be_made(
    client: Client, told: Meeting, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/coordination/meetings/{told.public_id}/"
    client.force_login(room.member)
    answer = client.get(f"{page}paper/minutes/pdf/")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf", f'attachment; filename="{told.ref}-pv.pdf"',
    )  # fmt: skip
    entry = Entry.objects.order_by("pk").last()
    assert entry is not None
    assert (entry.act, entry.fields, entry.actor) == (
        "coordination.take_paper",
        f"{told.ref}-pv.pdf",
        "mariam",
    )
    monkeypatch.setattr(press, "SECONDS", 0)
    answer = client.get(f"{page}paper/minutes/pdf/", follow=True)
    assert (answer.redirect_chain, "Prenez le document Word." in answer.content.decode()) == (
        [(page, 302)],
        True,
    )
