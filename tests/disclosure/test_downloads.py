"""What leaves: only by those who may export, stamped, recorded, within the regions of whoever takes it."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from sutura.audit.models import Entry
from sutura.disclosure.bareness import APP, CORE
from sutura.people.models import Account
from sutura.reporting import services
from tests.people import cast
from tests.reporting.conftest import Visit

pytestmark = pytest.mark.django_db
BASE = "/disclosure/ghn/2025-Q1/"
FILES = ("note.docx", "note.html", "figures.xlsx", "figures.json")


def taken() -> list[tuple[str, str]]:
    """Who took what, by the audit log."""
    return list(
        Entry.objects.filter(act="disclosure.download").order_by("id").values_list("actor", "subject")
    )


def unpacked(content: bytes) -> str:
    """Every word of a file, also inside a document or a workbook."""
    parts = [content]
    if content.startswith(b"PK"):
        packed = zipfile.ZipFile(BytesIO(content))
        parts = [packed.read(one) for one in packed.namelist()]
    return b"\n".join(parts).decode("utf-8", "ignore")


def cells(content: bytes, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python()


def test_nobody_without_the_right_takes_a_file(
    told: dict[str, Any], visit: Visit, fatou: Account, oumar: Account, awa: Account
) -> None:
    for who in (fatou, oumar, awa):
        assert [visit(who).get(BASE + name).status_code for name in FILES] == [403] * len(FILES)
    assert taken() == []


def test_who_may_export_takes_every_form_and_it_is_recorded(
    told: dict[str, Any], visit: Visit, moussa: Account
) -> None:
    for name in FILES:
        answer = visit(moussa).get(BASE + name)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        assert "mali-ghn-2025-Q1-draft-" in answer["Content-Disposition"]
        assert not {"Mopti", "Moussa", "moussa"} & set(answer["Content-Disposition"].split("-"))
    assert taken() == [("moussa", "ghn 2025-Q1")] * len(FILES)


def test_a_file_covers_the_regions_of_whoever_takes_it(told: dict[str, Any], visit: Visit) -> None:
    panel = cast("kadi", "verification_panel", regions=("ML01",))
    figures = json.loads(visit(panel).get(BASE + "figures.json").content)
    assert figures["blocks"]["verified"]["totals"]["violations"] == 9


def test_an_edition_is_taken_by_number_and_only_by_who_reads_the_country(
    told: dict[str, Any], visit: Visit, secretary: Account, moussa: Account
) -> None:
    edition = services.freeze(product="ghn", period="2025-Q1", by=secretary)
    query = f"?edition={edition.public_id}"
    panel = cast("kadi", "verification_panel", regions=("ML01",))
    assert visit(panel).get(BASE + "figures.json" + query).status_code == 404
    answer = visit(moussa).get(BASE + "figures.json" + query)
    assert json.loads(answer.content) == {
        name: value for name, value in edition.figures.items() if name != "multiple"
    }
    assert "mali-ghn-2025-Q1-ed1.json" in answer["Content-Disposition"]
    assert Entry.objects.latest("id").fields == "json: ghn 2025-Q1, edition 1, geography 2021"
    assert visit(moussa).get(BASE + "note.docx?edition=x").status_code == 404


def test_every_file_says_for_whom_it_was_made(told: dict[str, Any], visit: Visit, moussa: Account) -> None:
    browser = visit(moussa)
    document = Document(BytesIO(browser.get(BASE + "note.docx?lang=fr").content))
    assert document.sections[0].footer.paragraphs[0].text.startswith("Copie pour Moussa")
    rows = dict(cells(browser.get(BASE + "figures.xlsx").content, "Définitions")[2:])
    assert rows["Copie établie pour"].startswith("Moussa, ")
    assert "Copie pour Moussa" in browser.get(BASE + "note.html").content.decode()


def test_no_file_holds_a_name_of_a_child_or_a_source_nor_an_author(
    told: dict[str, Any], visit: Visit, moussa: Account
) -> None:
    secrets = ("Une voisine", "Abou Untel", "Le récit des témoins")
    for name in FILES:
        content = visit(moussa).get(BASE + name).content
        if name.endswith(("docx", "xlsx")):
            packed = zipfile.ZipFile(BytesIO(content))
            assert packed.read("docProps/core.xml") == CORE
            assert packed.read("docProps/app.xml") == APP
        assert [one for one in secrets if one in unpacked(content)] == []


def test_no_file_taken_at_once_has_a_row_by_code(told: dict[str, Any], visit: Visit, moussa: Account) -> None:
    """Neither an incident, nor a child: they leave by request."""
    for name in FILES:
        text = unpacked(visit(moussa).get(BASE + name).content)
        assert [one.ref for one in told.values() if one.ref in text] == []
    names = CalamineWorkbook.from_filelike(
        BytesIO(visit(moussa).get(BASE + "figures.xlsx").content)
    ).sheet_names
    assert not {"Incidents", "Plusieurs violations"} & set(names)
    assert "multiple" not in json.loads(visit(moussa).get(BASE + "figures.json").content)


def test_a_year_has_no_text_of_a_note(visit: Visit, moussa: Account) -> None:
    assert visit(moussa).get("/disclosure/annual/2025/note.docx").status_code == 404
    assert visit(moussa).get("/disclosure/annual/2025/figures.xlsx").status_code == 200
    assert visit(moussa).get("/disclosure/annual/2025-Q1/figures.xlsx").status_code == 404
