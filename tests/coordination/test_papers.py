"""The minutes as a Word document, opened in LibreOffice: its words and the picture of its first page."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from sutura.coordination.documents import as_docx
from sutura.coordination.models import Meeting
from sutura.coordination.papers import minutes_paper
from sutura.coordination.services import meetings, minutes
from sutura.people.models import Account
from tests.coordination.conftest import Room

pytestmark = [pytest.mark.django_db, pytest.mark.office]


@pytest.fixture
def told(room: Room, fatou: Account) -> Meeting:
    """A meeting of November with one point, and three organisations of which two came."""
    day = date(2026, 11, 5)
    meeting = meetings.plan_meeting(
        body=room.framework, planned_on=day, venue="Salle de la direction", by=fatou
    )
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


def words_of(source: Path) -> str:
    """The words that LibreOffice reads in a document, one space between."""
    command = ["pdftotext", "-layout", str(as_pdf(source)), "-"]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return " ".join(read.replace("\u202f", " ").replace("\u00a0", " ").split())


def look_of(pdf: Path) -> tuple[int, int, float]:
    """Width and height of the picture of its first page, and how much of it is dark."""
    picture = pdf.with_name("page")
    subprocess.run(["pdftoppm", "-r", "50", "-png", "-singlefile", str(pdf), str(picture)], check=True)
    page = Image.open(picture.with_suffix(".png")).convert("L")
    dark = page.point(lambda shade: 255 if shade < 128 else 0).histogram()[255]
    return page.width, page.height, dark / (page.width * page.height)


def test_libreoffice_reads_the_minutes_in_three_columns(told: Meeting, tmp_path: Path) -> None:
    source = tmp_path / "minutes.docx"
    source.write_bytes(as_docx(minutes_paper(Meeting.objects.get())))
    words = words_of(source)
    wanted = [
        "Cadre de concertation",
        f"Procès-verbal de la réunion {told.ref}",
        "Projet : pas encore validé.",
        "Participants : 4 (femmes : 3, hommes : 1), 2 organisations",
        "Présidée par : DIV – Direction inventée",
        "OSF – ONG Sahel fictive",
        "représentée",
        "Point Discussions Recommandations et décisions",
        "Gao et Ménaka n’ont pas répondu.",
        "Relancer avant le 30 : ONG Sahel fictive.",
    ]
    assert [text for text in wanted if text not in words] == []
    width, height, dark = look_of(source.with_suffix(".pdf"))
    assert width > height
    assert 0.005 < dark < 0.2
