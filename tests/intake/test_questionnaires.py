"""Sheets become forms, or are refused with their row; and the forms that come with Sutura are those of their sheets."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from sutura.access.errors import Invalid
from sutura.intake.models import Version
from sutura.intake.questionnaires.conversion import drafted
from sutura.intake.questionnaires.drafts import Draft
from sutura.intake.questionnaires.lint import judge
from sutura.intake.questionnaires.sheet_process import made
from sutura.intake.questionnaires.shelf import COMMUNES, FOLDER, communes, shipped_drafts
from sutura.people.models import Account
from sutura.places.choices import Edition
from sutura.places.models import Unit
from tests.intake.phones import Handset
from tests.intake.test_phone_pages import signed_in
from tests.shared import shared


def sheet(*questions: tuple[str, ...], settings: tuple[str, ...] = ("essai", "1")) -> bytes:
    """A workbook of questions: type, name, label in French."""
    book = Workbook()
    page = book.active
    page.title = "survey"
    for row in (("type", "name", "label::Français (fr)"), *questions):
        page.append(row)
    page = book.create_sheet("settings")
    for row in (("form_id", "version", "submission_url")[: len(settings)], settings):
        page.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def choices(draft: Draft) -> dict[str, set[str]]:
    """List → the codes that a sheet in Markdown offers."""
    found: dict[str, set[str]] = {}
    for line in draft.source.decode().partition("| choices |")[2].partition("| settings |")[0].splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 3 and cells[2] != "list_name":
            found.setdefault(cells[2], set()).add(cells[3])
    return found


def test_shipped_forms_are_those_of_their_sheets_with_the_places_of_the_register(registers: None):
    drafts = list(shipped_drafts())
    assert [draft.form_id for draft in drafts] == sorted({draft.form_id for draft in drafts})
    assert len(drafts) == len(list(FOLDER.glob("*.md")))
    units = Unit.objects.filter(edition=Edition.COD_2021)
    for draft in drafts:
        # Nothing is remarked of ours: no name is asked for, no label lacks its French.
        again = drafted(draft.source, made(draft.source))
        assert (again.xform, again.warnings) == (draft.xform, ())
        offered = choices(draft)
        for level, name in ((1, "region"), (2, "cercle")) if COMMUNES in draft.media else ():
            assert offered[name] == set(units.filter(level=level).values_list("code", flat=True))
    listed = list(csv.DictReader(io.StringIO(communes().decode())))
    assert (len(listed), {row["cercle"][:4] for row in listed} <= {f"ML{n:02d}" for n in range(1, 11)}) == (
        701, True
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (sheet(("text", "deux mots", "Quoi ?")), "row : 2"),
        (sheet(("select_one rien", "a", "Quoi ?")), "choices sheet"),
        (
            sheet(("text", "a", "Quoi ?"), settings=("essai", "1", "https://ailleurs.example/")),
            "submission_url",
        ),
        (sheet(("text", "a", "Quoi ?"), settings=("un essai", "1")), "form_id"),
        (b"\x00" * 40, "not recognized"),
    ],
)
def test_a_sheet_is_refused_with_its_row(content: bytes, said: str):
    with pytest.raises(Invalid, match=said):
        drafted(content, made(content))


def test_what_a_form_should_not_ask_is_remarked_with_its_row():
    rows = [
        {"type": "text", "name": "nom_victime", "label::Français (fr)": "Nom de l’enfant"},
        {"type": "text", "name": "village", "label::Français (fr)": "Nom du village"},
        {"type": "image", "name": "vue", "label::English (en)": "Picture"},
        {"type": "audit", "name": "audit", "parameters": "location-priority=balanced"},
        {"type": "background-audio", "name": "son"},
        {"type": "deviceid", "name": "appareil"},
    ]
    told = judge(rows, {}, "<h/>").remarks
    assert [line.split(" ", 2)[1] for line in told] == ["2", "4", "5", "6", "7", "4"]
    assert judge([{"type": "text", "name": "a", "label::English (en)": "A"}], {}, "").remarks == (
        "Le formulaire n’a pas de français.",
    )
    assert judge([], {}, '<submission action="https://ailleurs.example/"/>').refused != ()


def test_a_sheet_is_published_once_for_each_version(handset: Handset, secretary: Account):
    client, page = signed_in(secretary), reverse("intake:questionnaire_new")

    def give(content: bytes) -> int:
        return client.post(page, {"file": SimpleUploadedFile("f.xlsx", content)}).status_code

    first = sheet(("text", "a", "Nom et prénom"))
    assert [give(first), give(first), give(b"PK\x03\x04 rien")] == [302, 422, 422]
    version = Version.objects.get(questionnaire__form_id="essai")
    assert (bytes(version.source), version.warnings.count("\n")) == (first, 0)
    assert b"<formID>essai</formID>" in handset.get("formList").content
    listed = client.get(reverse("intake:questionnaires")).content.decode()
    assert "elle demande le nom d’une personne" in listed
    close = reverse("intake:questionnaire_close", args=[version.questionnaire.public_id])
    assert client.post(close).status_code == 302
    assert b"essai" not in handset.get("formList").content


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.filterwarnings("ignore:Unknown type")
def test_forms_of_others_become_ours_or_are_refused_with_a_row():
    found = {}
    for path in sorted(shared("data", "xlsforms").rglob("*.xls*")):
        content = path.read_bytes()
        try:
            found[path.name] = drafted(content, made(content)).form_id
        except Invalid as refusal:
            found[path.name] = str(refusal)
    elsewhere = (
        "Ligne 2 de la feuille settings\u202f: elle envoie les réponses à un autre serveur (submission_url)."
        " Enlevez-le."
    )
    unnamed = "La feuille settings ne donne pas de form_id. Écrivez-en un sur sa deuxième ligne."
    assert found == {
        "choice_filter_test.xlsx": "cascading_selects1",
        "external_choice_form_v1.xlsx": "form_laporan_genangan_v1",
        "hxl_example.xlsx": unnamed,
        "multi_lingual_form.xlsx": "multi_lingual_export",
        "subdistrict_profiling_tool.xlsx": "Subdistrict_Profiling_tool",
        "transportation.xlsx": "transportation_2011_07_25",
        "transportation_encrypted.xlsx": elsewhere,
        "tutorial_w_repeats.xlsx": unnamed,
        "widgets.xls": unnamed,
        "xlsform_spec_test.xlsx": elsewhere,
    }
