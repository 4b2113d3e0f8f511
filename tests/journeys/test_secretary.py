"""Kadidia, secretariat: a sitting decides, the note is frozen, taken as a document, and cleared by two people."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from docx import Document
from playwright.sync_api import Page

from sutura.audit.models import Entry
from sutura.incidents.models import Violation
from sutura.reporting.models import Edition
from sutura.verification.models import Sitting
from tests.journeys.conftest import Walk
from tests.journeys.walking import Walker

REASON = "Les deux premiers avis concordent (inventé)."


def words_of(data: bytes) -> str:
    """Every word of a document: paragraphs, and cells of tables."""
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def taken(page: Page, link: str) -> bytes:
    """The file behind a link."""
    with page.expect_download() as arriving:
        page.get_by_role("link", name=link, exact=True).click()
    return Path(arriving.value.path()).read_bytes()


def prepare_the_sitting(kadidia: Walker, violation: Violation) -> Sitting:
    kadidia.go("verification:sittings")
    kadidia.look()
    kadidia.follow("Convoquer une séance")
    kadidia.page.get_by_label("Jour de la séance").fill(timezone.localdate().isoformat())
    kadidia.page.get_by_label("Organisations présentes").fill("Coprésidence (fictive)")
    kadidia.look()
    kadidia.press("Convoquer, puis faire l’ordre du jour")
    kadidia.page.get_by_role("checkbox", name=violation.ref).check()
    kadidia.look()
    kadidia.press("Inscrire à l’ordre du jour")
    assert kadidia.misses(violation.ref, "1 point restant") == []
    return Sitting.objects.get()


def test_a_sitting_decides_and_the_note_goes_out_cleared(
    walk: Walk, documented: Callable[..., Violation], said: Callable[..., None], album: Path
) -> None:
    violation = documented()
    said(violation, "focal_point", "technical")
    kadidia, seydou, moussa = walk("kadidia"), walk("seydou"), walk("moussa")
    sitting = prepare_the_sitting(kadidia, violation)

    seydou.go("verification:sitting", sitting.public_id)
    seydou.look(album / "sitting-laptop.png")
    item = seydou.page.get_by_role("region", name=violation.ref)
    item.get_by_label("Vérifiée", exact=True).check()
    item.get_by_label("Motif").fill(REASON)
    item.get_by_role("button", name="Décider").click()
    item.get_by_text(REASON).first.wait_for()
    violation.refresh_from_db()
    assert (violation.status, violation.decided_on) == ("verified", sitting.held_on)

    kadidia.go("verification:minutes", sitting.public_id)
    assert kadidia.misses(violation.ref, "Vérifiée") == []
    kadidia.look()

    kadidia.go("reporting:notes")
    kadidia.look()
    kadidia.page.locator("tbody th a").first.click()
    kadidia.look()
    kadidia.follow("Figer")
    kadidia.press("Figer l’édition 1")
    kadidia.page.get_by_role("heading", name="Édition 1").first.wait_for()
    edition = Edition.objects.get()
    assert kadidia.page.url.endswith(f"/reporting/editions/{edition.public_id}/")
    kadidia.look()

    told = words_of(taken(kadidia.page, "Word, français et anglais"))
    assert violation.incident.ref not in told  # rows by code leave by request
    assert edition.sha256[:12] in told
    assert "recrutement" in told.lower()
    assert "recruitment" in told.lower()
    assert "père" not in told  # nothing of the restricted account leaves
    assert Entry.objects.filter(actor="kadidia", act__startswith="disclosure.").count() == 1
    assert taken(kadidia.page, "Classeur Excel")[:2] == b"PK"

    for clearer, button in ((moussa, "Coprésidents, niveau technique"), (seydou, "Équipe spéciale de pays")):
        clearer.go("reporting:edition", edition.public_id)
        clearer.follow(f"Valider : {button}")
        clearer.page.locator(
            "dialog[open] button.button-primary, main form button.button-primary"
        ).first.click()
        clearer.page.get_by_text("Validée").first.wait_for()
        clearer.look()
        assert clearer.page.get_by_role("link", name="Valider").count() == 0
    assert list(edition.clearances.values_list("level", "by__username")) == [
        ("technical", "moussa"),
        ("ctfmr", "seydou"),
    ]
