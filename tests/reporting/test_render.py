"""Documents: pure, complete, in two languages, opened by LibreOffice without repair."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from docx import Document
from python_calamine import CalamineWorkbook

from sutura.config.commands import report
from sutura.config.console import parser_for
from sutura.people.models import Account
from sutura.reporting import papers, phrases, services
from sutura.reporting.models import Edition
from sutura.reporting.render import tidy
from sutura.reporting.render.html import note_html
from sutura.reporting.render.paper import Paper
from sutura.reporting.render.word import note_docx
from sutura.reporting.render.workbook import incidents_xlsx, report_xlsx

pytestmark = pytest.mark.django_db
Convert = Callable[[Path, str], Path]


@pytest.fixture
def paper(told: dict[str, Any], secretary: Account, moussa: Account) -> Paper:
    """A frozen note of the first quarter of 2025, as Moussa takes it away."""
    services.freeze(product="ghn", period="2025-Q1", by=secretary)
    return papers.of_edition(Edition.objects.get(), user=moussa, stamp=True)


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    """LibreOffice, with a profile of its own."""

    def made(source: Path, form: str) -> Path:
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(tmp_path),
            str(source),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
        assert "repair" not in (done.stdout + done.stderr).lower()
        return tmp_path / f"{source.stem}.{form.partition(':')[0]}"

    return made


def words(content: bytes) -> list[str]:
    document = Document(BytesIO(content))
    return [plain(paragraph.text) for paragraph in document.paragraphs]


def plain(text: str) -> str:
    """A text with plain spaces and apostrophes, so that typography is not what is tested."""
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2019", "'")


def test_renderings_touch_no_database(paper: Paper) -> None:
    with CaptureQueriesContext(connection) as queries:
        for make in (note_docx, note_html, report_xlsx, incidents_xlsx):
            assert make(paper)
    assert queries.captured_queries == []


def test_the_note_is_whole_in_each_language(paper: Paper) -> None:
    text = "\n".join(words(note_docx(paper)))
    for part in (
        "Pendant la période considérée, l'ONU a vérifié 18 violations graves",
        "In the period under review, the United Nations verified 18 grave violations",
        "Meurtre de 6 enfants (4 garçons, 2 filles).",
        "Killing of 6 children (4 boys, 2 girls).",
        "Imputation : JNIM (6).",
        "Attributed to JNIM (6).",
        "9 violations graves commises pendant des trimestres antérieurs",
        "10. Difficultés",
        "10. Challenges",
    ):
        assert text.count(part) == 1, part
    only = "\n".join(words(note_docx(paper, ("en",))))
    assert "Meurtre" not in only


def test_author_gaps_are_marked_and_name_codes_only(paper: Paper, told: dict[str, Any]) -> None:
    document = Document(BytesIO(note_docx(paper, ("fr",))))
    gaps = [plain(one.text) for one in document.paragraphs if one.style.name == "To write"]
    assert len(gaps) == 9
    assert all(gap.startswith("[À rédiger : ") for gap in gaps)
    assert any(told["mopti"].ref in gap for gap in gaps)


def test_edition_and_hash_stand_on_every_page(paper: Paper) -> None:
    document = Document(BytesIO(note_docx(paper)))
    assert paper.frozen
    for section in document.sections:
        assert paper.frozen.sha256[:12] in section.header.paragraphs[0].text
        assert "Moussa" in section.footer.paragraphs[0].text
    draft = Document(BytesIO(note_docx(replace(paper, frozen=None), ("fr",))))
    assert draft.sections[0].header.paragraphs[0].text.endswith("BROUILLON")


def test_a_demonstration_says_so_everywhere(paper: Paper) -> None:
    shown = replace(paper, demo=True)
    document = Document(BytesIO(note_docx(shown)))
    assert [plain(one.text) for one in document.paragraphs if one.style.name == "Demo"] == [
        "INVENTÉ · démonstration : tous les chiffres sont inventés",
        "INVENTÉ · demonstration: every figure here is invented",
    ]
    assert all(one.header.paragraphs[0].text.startswith("INVENTÉ") for one in document.sections)
    assert "INVENTÉ" in note_html(shown)
    for content in (report_xlsx(shown), incidents_xlsx(shown)):
        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        assert rows[1][0].startswith("INVENTÉ")
    assert "INVENTÉ" not in note_html(paper)


def test_words_from_outside_are_words(paper: Paper) -> None:
    nasty = '=HYPERLINK("http://x")<b>&'
    shown = replace(paper, parties={one: dict.fromkeys(paper.parties[one], nasty) for one in paper.parties})
    book = zipfile.ZipFile(BytesIO(report_xlsx(shown)))
    sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert all("<f>HYPERLINK" not in sheet for sheet in sheets)
    assert "<b>&" not in note_html(shown)
    assert any(nasty in text for text in words(note_docx(shown, ("fr",))))
    assert [tidy.plain(one) for one in ("=1+1", "@x", "-2", "Mopti", -2)] == [
        "'=1+1",
        "'@x",
        "'-2",
        "Mopti",
        -2,
    ]


@pytest.mark.office
def test_word_opens_in_libreoffice_and_keeps_its_text(paper: Paper, convert: Convert, tmp_path: Path) -> None:
    source = tmp_path / "note.docx"
    source.write_bytes(note_docx(paper))
    pdf = convert(source, "pdf")
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    for part in (
        "Note horizontale globale",
        "Global Horizontal Note",
        "Tableau 12",
        "Table 12",
        paper.items[0].ref,
    ):
        assert part in text
    pages = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    assert 8 <= int(pages.split("Pages:")[1].split()[0]) <= 24


@pytest.mark.office
def test_sums_of_the_workbook_recalculate(paper: Paper, convert: Convert, tmp_path: Path) -> None:
    source = tmp_path / "note.xlsx"
    # Without the values beside the formulas only a program that calculates has any.
    packed, bare = zipfile.ZipFile(BytesIO(report_xlsx(paper))), zipfile.ZipFile(source, "w")
    for name in packed.namelist():
        bare.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", packed.read(name)))
    bare.close()
    done = convert(source, "ods")
    book = CalamineWorkbook.from_path(str(done))
    victims = book.get_sheet_by_name("Victimes").to_python()
    assert [row[5] for row in victims[1:]] == [sum(row[2:5]) for row in victims[1:]]
    total = book.get_sheet_by_name("Vérifiées - Partie").to_python()[-1]
    assert total[3] == paper.block("verified")["totals"]["violations"] == 18


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("fr", 0, "Aucun meurtre d'enfant n'a été vérifié."),
        ("fr", 1, "Meurtre de 1 enfant (1 fille)."),
        ("fr", 3, "Meurtre de 3 enfants (3 filles)."),
        ("en", 0, "No killing of a child was verified."),
        ("en", 1, "Killing of 1 child (1 girl)."),
        ("en", 3, "Killing of 3 children (3 girls)."),
    ],
)
def test_sentences_agree_in_number(language: str, count: int, said: str) -> None:
    with override(language):
        assert plain(phrases.counted("killing", count, {"boys": 0, "girls": count, "unknown": 0})) == said


@pytest.mark.parametrize("kind", sorted(phrases._COUNTED))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_type_has_its_sentence(kind: str, language: str) -> None:
    sexes = {"boys": 1, "girls": 1, "unknown": 0}
    with override(language):
        said = [phrases.counted(kind, count, sexes) for count in (0, 1, 2)]
    assert len(set(said)) == 3
    assert all(one.endswith(".") and "%" not in one for one in said)


def test_parties_stand_in_descending_number_and_rows_sum(paper: Paper) -> None:
    counts = [count for _label, count in paper.attributed("verified")]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == paper.block("verified")["totals"]["violations"]
    with override("en"):
        parties = [("unidentified", "Unidentified perpetrators", 3), ("JNIM", "JNIM", 2)]
        assert phrases.attribution(parties) == "Attributed to unidentified perpetrators (3); JNIM (2)."
        assert phrases.attribution([]) == ""
        assert [phrases.signed(one) for one in (2, 0, -2)] == ["+2", "±0", "\u22122"]


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_the_command_writes_every_form(form: str, paper: Paper, tmp_path: Path) -> None:
    target = tmp_path / f"note.{form}"
    parser = parser_for({"report": report})
    typed = [
        "report",
        "ghn",
        "2025-Q1",
        "--format",
        form,
        "-o",
        str(target),
        "--edition",
        "1",
        "--lang",
        "both",
    ]
    assert report.run(parser.parse_args(typed)) == 0
    assert target.stat().st_size > 5000
