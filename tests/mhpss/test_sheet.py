"""The 4Ws sheet: out and back without a difference, from messy files to the same services, faults at their cells."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from django.utils.translation import override

from sutura.intake.budgets import Unreadable
from sutura.intake.fourws.importing import Receipt, import_services
from sutura.mhpss.fourws.columns import READ
from sutura.mhpss.fourws.writing import table, workbook
from sutura.mhpss.models import Service
from sutura.mhpss.papers import prefilled
from sutura.mhpss.services import campaigns
from sutura.mhpss.services import map as map_services
from sutura.mhpss.services.taking import remember_headings
from sutura.mhpss.shape import told as as_text
from tests.mhpss.conftest import Land, browser, keep, unit

FRENCH = (
    "Organisation",
    "Code géographique (P-code)",
    "Sous-code",
    "Description",
    "Début",
    "Fin",
    "Étage",
    "Intervenants",
)


def everything() -> dict[str, dict[str, str]]:
    """All that the map says, by reference."""
    found = Service.objects.select_related("organisation", "place").order_by("ref")
    return {each.ref: as_text(each, each.staff.all()) for each in found}


def filled(land: Land) -> None:
    """Three services that use every column between them."""
    keep(land)
    keep(
        land, organisation=land.other, place=unit("ML0504"), site="=1+1", codes=["10.1", "8.4"], layers=["L4"],
        specified="Thérapie de groupe", staff={"psychologist": (1, 0), "nurse": (0, 2)}, distress=["severe"],
        themes=["addiction", "suicide"], languages=["fr", "ff"], cost="free", entry="referral", supervised=False,
        is_sensitive=True, precision="cercle", coverage=["ML0501", "ML0502"], capacity=40, waiting_days=7, reached=12,
        basis="contacts", state="funded", working="partly", starts_on=date(2026, 1, 5), funded_until=date(2026, 12, 31),
        partners="ONG Sahel fictive", focal_name="Coordination", focal_phone="+223 11 11 11 11",
        focal_email="a@exemple.invalid", modalities=["mobile", "home"], trained_in="PSP, 3 jours; mhGAP",
        site_kind="csref", sex="women", access="Rampe", is_public=True, min_age=None, max_age=12, groups=[],
    )  # fmt: skip
    keep(land, place=unit("ML01"), codes=[], site="", layers=["L1", "LX"], max_age=None, staff={})


def brought(content: bytes, land: Land, **said: Any) -> Receipt:
    """A sheet as whoever answers for the map gives it."""
    return import_services(content=content, by=land.keeper, **said)


def counts(receipt: Receipt) -> tuple[int, int, int]:
    """Created, updated, unchanged."""
    taken = receipt.taken
    return taken.created, taken.updated, taken.unchanged


def sheet(
    *rows: tuple[str, ...], heads: tuple[str, ...] = FRENCH, encoding: str = "utf-8", mark: str = ";"
) -> bytes:
    """A CSV sheet."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([heads, *rows])
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_sheet_goes_out_and_comes_back_without_a_difference(land: Land, language: str):
    filled(land)
    before, versions = everything(), Service.history.count()
    for content in (workbook(Service.objects.all(), language), table(Service.objects.all(), language)):
        with override(
            "en" if language == "fr" else "fr"
        ):  # whoever reads it back may speak the other language
            receipt = brought(content, land)
        assert (receipt.as_json()["faults"], counts(receipt), receipt.unknown) == ([], (0, 0, 3), {})
        assert {column.letter for column in READ} <= receipt.at.keys()
    assert (everything(), Service.history.count()) == (before, versions)


def test_three_organisations_with_faults_are_told_cell_by_cell_and_nothing_is_written(land: Land):
    """Acceptance scenario 1: a duplicate row, a missing code, a reversed date; corrected, it is taken once."""
    good = ("OSF", "ML0501", "4.1", "Espace (inventé)", "", "", "L2", "")
    rows = [
        good, good,
        ("Association fictive", "ML0504", "", "Sans code (inventé)", "", "", "", ""),
        ("OSF", "ML0502", "3.2", "Parents (inventé)", "31/12/2026", "2026-01-01", "L2", ""),
        ("Bailleur inconnu", "Mopti / Nulle-part", "12.9", "Quoi (inventé)", "hier", "", "L2", "3 psys"),
    ]  # fmt: skip
    told = brought(sheet(*rows), land).as_json()
    assert [(fault["cell"], fault["item"]) for fault in told["faults"]] == [
        ("C3", "K"), ("F5", "Q"), ("A6", "B"), ("B6", "I"), ("C6", "K"), ("E6", "P"), ("H6", "R"),
    ]  # fmt: skip
    assert (told["faults"][2]["value"], told["faults"][2]["message_fr"]) == (
        "Bailleur inconnu",
        "Aucune organisation de l’annuaire n’a ce nom. Corrigez-le, ou ajoutez d’abord l’organisation.",
    )
    assert (told["created"], told["rejected"], Service.objects.count()) == (0, 3, 0)
    fixed = [good, rows[2], (*rows[3][:4], "01/01/2026", "2026-12-31", "L2", "")]
    tried = brought(sheet(*fixed), land, dry_run=True)
    assert (counts(tried), tried.taken.to_recode, tried.taken.without_layer, Service.objects.count()) == (
        (3, 0, 0),
        1,
        1,
        0,
    )
    assert counts(brought(sheet(*fixed), land)) == (3, 0, 0)
    assert counts(brought(sheet(*fixed), land)) == (0, 0, 3)


def test_twelve_services_of_a_workshop_given_twice_are_twelve(land: Land):
    """Acceptance scenario 4: in Sikasso the sheet of the round is filled in without a network, and given in twice."""
    today = timezone.localdate()
    said: dict[str, Any] = {"by": land.keeper}
    round_ = campaigns.open_campaign(
        title="Atelier (inventé)", region="ML03", method="workshop", starts_on=today, ends_on=today, **said
    )
    (invited,) = campaigns.invite(campaign=round_, organisations=[land.ngo], **said)
    book = openpyxl.load_workbook(io.BytesIO(prefilled(invited, by=land.keeper)))
    page = book["4Ws"]
    at = {heading.value.partition(".")[0]: heading.column for heading in page[1]}
    for number in range(12):
        told = {
            "B": "OSF", "I": "ML0301", "K": "4.1", "L": f"Espace {number}", "H": f"Site {number}", "AQ": "oui",
            "X": f"L{1 + number % 3}",
        }  # fmt: skip
        for letter, value in told.items():
            page.cell(number + 2, at[letter], value)
    out = io.BytesIO()
    book.save(out)
    assert [counts(brought(out.getvalue(), land)) for _time in range(2)] == [(12, 0, 0), (0, 0, 12)]
    assert (Service.objects.count(), Service.history.count()) == (12, 12)
    map_services.confirm_services(
        services=Service.objects.all(), verified_by="OSF", verified_on=today, **said
    )
    campaigns.note_answer(invitation=invited, answer="complete", answered_on=today, **said)
    client = browser(land.keeper)
    row = next(row for row in client.get("/mhpss/").context["rows"] if row["label"] == "Sikasso")
    assert [cell["services"] for cell in row["cells"]] == [4, 4, 4, 0, 0, 0]
    row = next(row for row in client.get("/mhpss/gaps/").context["rows"] if row["label"] == "Sikasso")
    assert [cell["state"] for cell in row["cells"]] == ["served", "served", "served", "none"]
    steps = client.get("/mhpss/poster/ML03/").context["steps"]  # its print in black is looked at in a browser
    assert [len(step["services"]) for step in steps] == [4, 4, 0]


def test_a_messy_file_comes_to_the_same_services(land: Land):
    """cp1252, `;`, a banner, French and English headings, HXL tags, days written otherwise."""
    staff = "Conseillers, écoutants: 2 F, 1 H"
    clean = sheet(
        ("ONG Sahel fictive", "ML0503", "8.1", "Écoute (inventée)", "2026-01-05", "2026-12-31", "L3", staff)
    )
    assert counts(brought(clean, land)) == (1, 0, 0)
    messy = "\r\n".join(
        [
            "Cartographie SMSPS;;;;;;;",
            "Implementing agency;Région;Cercle;Activity sub-code;Description;Start date;Date de fin;Étages",
            "#org+impl;;;#activity+code;;;;",
            "osf;Région de Mopti;Djenne;8.1 – Counseling de base individuel;Écoute (inventée);05/01/2026;46387;"
            "Soutien ciblé non spécialisé",
        ]
    )
    before = everything()
    receipt = brought(messy.encode("cp1252"), land)
    assert (receipt.as_json()["faults"], counts(receipt), everything()) == ([], (0, 0, 1), before)


def test_merged_headings_of_a_workbook_are_understood(land: Land):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("Feuille1")
    page.merge_range(0, 0, 1, 0, "Organisation")
    page.merge_range(0, 1, 0, 2, "Activité")
    page.write_row(1, 1, ["Sous-code", "Description"])
    page.merge_range(0, 3, 1, 3, "P-code")
    page.write_row(2, 0, ["Association fictive", 4.1, "Espace (inventé)", "ML0504"])
    book.close()
    receipt = brought(out.getvalue(), land)
    assert (receipt.as_json()["faults"], counts(receipt)) == ([], (1, 0, 0))
    assert Service.objects.get().codes == "4.1"


def test_a_heading_explained_once_is_remembered(land: Land):
    content = sheet(
        ("OSF", "ML0501", "4.1", "Espace (inventé)", "samedi"), heads=(*FRENCH[:4], "Quand venir")
    )
    assert brought(content, land, dry_run=True).unknown == {"quand venir": "Quand venir"}
    remember_headings(letters={"quand venir": "V"}, by=land.keeper)
    receipt = brought(content, land)
    assert (receipt.unknown, Service.objects.get().hours) == ({}, "samedi")


def test_a_sheet_touches_no_other_region_and_no_formula_is_run(land: Land):
    service = keep(land, description="=2+2", phone="+223 1")
    content = table(Service.objects.all(), "fr")
    assert b";'=2+2;" in content
    receipt = import_services(content=content, by=land.stranger)
    assert [fault["item"] for fault in receipt.as_json()["faults"]] == ["W"]
    mine = sheet(("OSF", "ML0501", "4.1", "Ailleurs (inventé)"), heads=FRENCH[:4])
    assert [
        fault["item"] for fault in import_services(content=mine, by=land.stranger).as_json()["faults"]
    ] == ["I"]
    assert list(Service.objects.all()) == [service]


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a;b;c\n1;2;3\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_sheet_is_refused_in_one_sentence(land: Land, content: bytes):
    with pytest.raises(Unreadable):
        brought(content, land)


def test_hxl_and_p_codes_stand_in_the_csv(land: Land):
    keep(land, place=unit("ML0503"))
    rows = list(
        csv.reader(io.StringIO(table(Service.objects.all(), "fr").decode("utf-8-sig")), delimiter=";")
    )
    by_tag = dict(zip(rows[1], rows[2], strict=True))
    assert (by_tag["#adm1+code"], by_tag["#adm2+code"], by_tag["#adm2+name"], by_tag["#activity+code"]) == (
        "ML05", "ML0503", "Djenné", "4.1",
    )  # fmt: skip
    without = table(Service.objects.all(), "fr", hxl=False).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(without), delimiter=";"))) == 2
    with zipfile.ZipFile(io.BytesIO(workbook(Service.objects.all(), "fr"))) as archive:
        assert "xl/worksheets/sheet2.xml" in archive.namelist()
