"""Lists of a register: any file, columns told once, faults at their cell, whole or not at all, and back as a batch."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sutura.access.errors import Invalid, NotAllowed
from sutura.capacity.models import Enrolment, Professional
from sutura.capacity.services import catalogue, training
from sutura.config.commands.import_lists import ListCommand
from sutura.coordination.models import Recommendation
from sutura.coordination.services.bodies import open_body
from sutura.incidents.models import Incident
from sutura.intake.fourws.importing import import_services
from sutura.intake.models import BatchRow, ImportRun, StagedFile, ToldHeading, Undoing
from sutura.intake.registers.receipts import Receipt
from sutura.intake.registers.shelf import KINDS
from sutura.intake.services.batches import undo_import
from sutura.intake.services.imports import import_incidents
from sutura.intake.services.registers import import_register
from sutura.ledger.models import Line
from sutura.mhpss.models import Service
from sutura.mhpss.services.register import load_register as load_lists
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.places.models import Facility, Unit
from sutura.places.resolver import Register
from sutura.places.services import import_facilities
from tests.intake.test_pages import signed_in
from tests.intake.workbooks import book, csv_bytes, ods, packed, xlsx
from tests.people import KAYES, cast
from tests.shared import shared

pytestmark = pytest.mark.django_db
HEADINGS = ["Nom", "Type", "Région", "Cercle", "Commune", "Latitude", "Longitude", "Code établissement"]
SCHOOLS: list[list[Any]] = [
    ["École de Koro", "primaire", "Mopti", "Koro", None, "14,0833", "-3,0833", "E1"],
    ["École A", "primaire", "Mopti", "Koro", "Koro", None, None, None],
]
BAD: list[list[Any]] = [
    ["École sans lieu", "primaire", "Atlantide", None, None, None, None, None],
    ["École ailleurs", "primaire", "Mopti", None, None, "48,85", "2,35", None],
    [None, "primaire", "Mopti", None, None, None, None, None],
]


def give(kind: str, content: bytes, by: Account, **more: Any) -> Receipt:
    return import_register(kind=KINDS[kind], content=content, by=by, **{"name": "liste", **more})


def counts(receipt: Receipt) -> tuple[int, int, int, int]:
    return receipt.created, receipt.updated, receipt.unchanged, receipt.rejected


def taken() -> ImportRun:
    """The last run that was taken."""
    return ImportRun.objects.filter(outcome="taken").latest("pk")


def test_any_file_of_a_list_is_one_list(registers: None, secretary: Account) -> None:
    rows = [HEADINGS, *SCHOOLS]
    files = {
        "cp1252": csv_bytes(rows, ";", "cp1252"), "bom": csv_bytes(rows, ",", "utf-8-sig"), "xlsx": xlsx({"A": rows}),
        "ods": ods({"A": rows}), "sheets": xlsx({"Lisez-moi": [["Liste"]], "1": rows[:2], "2": [HEADINGS, rows[2]]}),
        "zip": packed({"a.csv": csv_bytes(rows[:2]), "b.csv": csv_bytes([HEADINGS, rows[2]], "\t")}),
        "banner": xlsx({"A": [["Ministère"], [], rows[0], *rows[1:]]}),
    }  # fmt: skip
    told = {name: counts(give("facilities", content, secretary)) for name, content in files.items()}
    assert told == {"cp1252": (2, 0, 0, 0)} | dict.fromkeys(list(files)[1:], (0, 0, 2, 0))
    kept = Facility.objects.order_by("name").values_list("name", "kind", "unit__code", "placed", "source")
    assert list(kept) == [
        ("École A", "school", "ML050512", "name", "liste"),
        ("École de Koro", "school", "ML050503", "nearest", "liste"),
    ]


def test_every_fault_stands_at_its_cell_and_nothing_is_written(registers: None, secretary: Account) -> None:
    receipt = give("facilities", xlsx({"Écoles": [HEADINGS, *SCHOOLS, *BAD]}), secretary)
    said = [(one["sheet"], one["cell"], one["value"]) for one in receipt.as_json()["faults"]]
    assert said == [
        ("Écoles", "C4", "Atlantide"),
        ("Écoles", "F5", "48,85"),
        ("Écoles", "A6", ""),
    ]
    assert (counts(receipt), Facility.objects.count()) == ((0, 0, 0, 3), 0)
    assert "Mali" in receipt.faults[1].message("fr")
    odd = give("facilities", b"\x00\x01\x02" * 40, secretary)
    assert [fault.code for fault in odd.faults] == ["not_a_list"]
    lacking = give("facilities", csv_bytes([["Région", "Cercle"], ["Mopti", "Koro"]]), secretary)
    assert (lacking.lacking, BatchRow.objects.count()) == (["name", "kind"], 0)


def test_who_may_not_keep_a_register_gives_no_list(registers: None, awa: Account, fatou: Account) -> None:
    for who, kinds in ((awa, KINDS), (fatou, ("facilities", "places", "trainees"))):
        for kind in kinds:
            with pytest.raises(NotAllowed):
                give(kind, csv_bytes([HEADINGS, *SCHOOLS]), who)
    assert (Facility.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_tags_and_what_was_told_name_the_columns(registers: None, secretary: Account) -> None:
    tagged = [
        ["Alpha", "Bravo", "Ce"],
        ["#loc +name", "#adm1+name", "#loc+type"],
        ["Lycée B", "Mopti", "lycée"],
    ]
    assert give("facilities", csv_bytes(tagged), secretary).columns == {
        "name": "Alpha", "region": "Bravo", "subtype": "Ce",
    }  # fmt: skip
    near = [["Nom de l’établissment", "Region"], ["Lycée C", "Mopti"]]
    guessed = give("facilities", csv_bytes(near), secretary)
    assert (guessed.guessed, guessed.lacking) == ({"name": "nom de l etablissment"}, ["name", "kind"])
    told = {"columns": {"name": near[0][0]}, "told": {"kind": "école"}}
    assert counts(give("facilities", csv_bytes(near), secretary, **told)) == (1, 0, 0, 0)


def test_a_batch_goes_back_and_what_was_changed_since_stays(registers: None, secretary: Account) -> None:
    give("facilities", csv_bytes([HEADINGS, *SCHOOLS]), secretary)
    third = ["École C", "primaire", "Mopti", None, None, None, None, "E3"]
    again = [HEADINGS, [*SCHOOLS[0][:1], "secondaire", *SCHOOLS[0][2:]], third, [*third[:-1], "E4"]]
    assert counts(give("facilities", csv_bytes(again), secretary)) == (2, 1, 0, 0)
    run = taken()
    changed = csv_bytes([HEADINGS, ["École C bis", *third[1:]]])
    import_facilities(file=changed, kind="school", source="liste", by=secretary)
    with pytest.raises(Invalid):
        undo_import(run=run, by=secretary, why=" ")
    found = undo_import(run=run, by=secretary, why="Mauvaise liste")
    assert (found.undone, found.stayed) == (2, 1)
    stands = Facility.objects.visible_to(secretary).order_by("pk").values_list("name", "subtype")
    assert list(stands) == [
        ("École de Koro", "primaire"),
        ("École A", "primaire"),
        ("École C bis", "primaire"),
    ]
    gone = Facility.objects.get(source_ref="E4")
    assert (gone.voided_reason, gone.history.first().history_change_reason) == (
        "Mauvaise liste",
        "Mauvaise liste",
    )
    with pytest.raises(Invalid):
        undo_import(run=run, by=secretary, why="Encore")
    # The right list brings back what was taken out.
    assert counts(give("facilities", csv_bytes([HEADINGS, [*third[:-1], "E4"]]), secretary)) == (0, 1, 0, 0)


def test_spellings_and_codes_of_places(registers: None, secretary: Account, machine: Account) -> None:
    rows = [
        ["P-code", "Région", "Cercle", "Autres noms", "Autre code", "Autorité"],
        ["ML0505", None, None, "Koro-ville;Koro Cercle", None, None],
        [None, "Mopti", "Bankass", "Bankassi", "X-12", "iso"],
    ]
    assert counts(give("places", csv_bytes(rows), secretary)) == (2, 0, 0, 0)
    register = Register.current()
    assert register.named("Bankassi").unit == Unit.objects.get(name="Bankass", level=2)
    assert register.coded("X-12", "iso-3166-2").unit == Unit.objects.get(name="Bankass", level=2)
    assert counts(give("places", csv_bytes(rows), secretary)) == (0, 0, 2, 0)
    wrong = [
        rows[0],
        ["ML99", None, None, "Nulle part", None, None],
        ["ML0505", None, None, None, "X-12", "iso"],
    ]
    told = [(one.letter, one.code) for one in give("places", csv_bytes(wrong), secretary).faults]
    assert told == [("A", "unknown_place"), ("E", "code_taken")]
    undo_import(run=ImportRun.objects.filter(created=2).get(), by=secretary, why="Mauvaise liste")
    assert Register.current().named("Bankassi").unit is None


def test_trainees_have_one_card_and_a_place_in_the_cohort(registers: None, machine: Account) -> None:
    keeper = cast("rokia", "training_keeper")
    kayes = cast("kante", "training_keeper", regions=(KAYES,))
    organiser = add_organisation(by=machine, name="Consortium fictif", acronym="CHF", kind="consortium")
    module = catalogue.add_module(code="PSP", title="Inventé", hours=12, competencies=["Écouter"], by=machine)
    pathway = catalogue.add_pathway(
        title="Parcours inventé", cadre="community", modules=[module], attendance_percent=75,
        valid_from=date(2026, 1, 1), by=machine,
    )  # fmt: skip
    training.open_cohort(
        code="MOPTI-1", pathway=pathway, organiser=organiser, region="ML05", starts_on=date(2026, 3, 2),
        ends_on=date(2026, 3, 6), by=keeper,
    )  # fmt: skip
    rows = [
        ["Nom et prénom", "Genre", "Catégorie", "Région", "Consentement", "Tél", "Structure", "Cohorte"],
        ["Aïssata Diarra (fictive)", "F", "Communautaire", "Mopti", "02/03/2026", "70 00 00 01", "CHF", "mopti-1"],
        ["Issa Traoré (fictif)", "H", "formateur", "ML05", "2026-03-02", None, None, None],
    ]  # fmt: skip
    assert counts(give("trainees", csv_bytes(rows, ";"), keeper)) == (2, 0, 0, 0)
    run = taken()
    card = Professional.objects.get(name__startswith="Aïssata")
    assert (card.sex, card.cadre, card.region, card.employer, card.consented_on) == (
        "woman", "community", "ML05", organiser, date(2026, 3, 2),
    )  # fmt: skip
    assert list(Enrolment.objects.values_list("professional", "cohort__code")) == [(card.pk, "MOPTI-1")]
    assert counts(give("trainees", csv_bytes(rows), keeper)) == (0, 0, 2, 0)
    rows[2][1] = "femme"
    assert counts(give("trainees", csv_bytes(rows), keeper)) == (0, 1, 1, 0)
    change = taken()
    bad = [rows[0], ["X (fictif)", "?", "pilote", "Nulle part", "demain", None, "Inconnue", "K-9"]]
    codes = [fault.code for fault in give("trainees", csv_bytes(bad), keeper).faults]
    assert codes == ["unknown_option", "unknown_option", "not_a_date"]
    bad[1] = ["X (fictif)", "M", "formateur", "Mopti", "2026-03-02", None, None, None]
    assert [fault.message("fr")[:16] for fault in give("trainees", csv_bytes(bad), kayes).faults] == [
        "Votre rôle ne le"
    ]
    undo_import(run=change, by=keeper, why="Erreur")
    assert Professional.objects.get(name__startswith="Issa").sex == "man"
    assert (undo_import(run=run, by=keeper, why="Erreur").undone, Enrolment.objects.count()) == (2, 0)
    # Who was corrected since stays, with the correction.
    single = Professional.objects.visible_to(keeper).single().values_list("name", flat=True)
    assert list(single) == ["Issa Traoré (fictif)"]


def test_recommendations_keep_their_reference(registers: None, fatou: Account, machine: Account) -> None:
    add_organisation(by=machine, name="Direction fictive", acronym="DNF", kind="state")
    open_body(
        by=machine, kind="working_group", name_fr="Groupe inventé", name_en="Invented group", acronym="GTI",
    )  # fmt: skip
    rows = [
        ["Instance", "Recommandation", "Structure responsable", "Échéance", "Adoptée", "Priorité", "Région"],
        ["GTI", "Ouvrir un espace à Koro", "DNF", "31/12/2026", "oui", "élevée", "Mopti"],
        ["Groupe inventé", "Former dix personnes", "Direction fictive", None, None, None, None],
    ]
    assert counts(give("recommendations", csv_bytes(rows), fatou)) == (2, 0, 0, 0)
    run = taken()
    first = Recommendation.objects.get(text__startswith="Ouvrir")
    assert (first.state, first.priority, first.region, first.due_on) == (
        "adopted", "high", "ML05", date(2026, 12, 31),
    )  # fmt: skip
    assert counts(give("recommendations", csv_bytes(rows), fatou)) == (0, 0, 2, 0)
    refs = [["Référence", *rows[0]], [first.ref, "GTI", "Ouvrir deux espaces à Koro", "DNF", *rows[1][3:]]]
    assert counts(give("recommendations", csv_bytes(refs), fatou)) == (0, 1, 0, 0)
    change = taken()
    wrong = [
        rows[0],
        ["XXX", "Rien", "DNF", None, "oui", None, None],
        ["GTI", "Rien", "DNF", None, "oui", None, None],
    ]
    told = [(one.letter, one.code) for one in give("recommendations", csv_bytes(wrong), fatou).faults]
    assert told == [("A", "unknown_body"), ("D", "refused")]
    undo_import(run=change, by=fatou, why="Erreur")
    found = undo_import(run=run, by=fatou, why="Doublon d’une autre liste")
    assert (found.undone, found.stayed) == (1, 1)
    states = dict(Recommendation.objects.values_list("text", "state"))
    assert states == {"Ouvrir un espace à Koro": "adopted", "Former dix personnes": "lapsed"}


def test_services_and_incidents_go_back_too(registers: None, secretary: Account, machine: Account) -> None:
    load_lists(by=machine)
    add_organisation(by=machine, name="ONG Sahel fictive", acronym="OSF", kind="nngo")
    sheet = [
        ["Organisation", "P-code", "Sous-code", "Description", "Site"],
        ["OSF", "ML0504", "1.1", "Écoute inventée", "Centre"],
    ]
    receipt = import_services(content=csv_bytes(sheet, ";"), by=secretary)
    assert [str(fault.sentence) for fault in receipt.faults] == []
    found = undo_import(run=taken(), by=secretary, why="Mauvaise feuille")
    service = Service.objects.get()
    assert (found.undone, service.working) == (1, "closed")
    assert service.history.first().history_change_reason == "Mauvaise feuille"
    assert import_incidents(source=xlsx(book()), by=secretary).run is not None
    assert (undo_import(run=taken(), by=secretary, why="Essai").undone, Incident.objects.get().state) == (
        1,
        "void",
    )
    assert Line.objects.exists()
    assert not Line.objects.filter(superseded_at=None).exists()
    # The same file may come again, corrected or not.
    assert import_incidents(source=xlsx(book()), by=secretary).created == 2
    assert list(Incident.objects.order_by("pk").values_list("import_ref", "state")) == [
        (None, "void"),
        ("I1", "open"),
    ]


def test_the_pages_from_the_file_to_the_way_back(registers: None, secretary: Account, awa: Account) -> None:
    address = reverse("intake:register_facilities")
    assert signed_in(awa).get(address).status_code == 403
    coordinator = signed_in(cast("salif", "coordinator"))
    home = reverse("intake:home")
    assert "Recommandations" in coordinator.get(home).content.decode()
    assert (coordinator.get(address).status_code, coordinator.get("/intake/lists/x/").status_code) == (
        403,
        404,
    )
    client = signed_in(secretary)
    rows = [["Structure", "Zone"], ["Lycée C", "Mopti"]]
    file = SimpleUploadedFile("Liste 2026.csv", csv_bytes(rows))
    answer = client.post(address, {"file": file}, follow=True)
    staged = StagedFile.objects.get()
    columns = reverse("intake:columns", args=[staged.public_id])
    assert answer.redirect_chain[-1][0] == columns
    assert "Structure (Lycée C)" in answer.content.decode()
    twice = {"at_name": "structure", "at_region": "structure", "told_kind": "école"}
    assert client.post(columns, twice).status_code == 422
    said = {"at_name": "structure", "at_region": "zone", "told_kind": "école", "told_source": "Liste 2026"}
    words = client.post(columns, said, follow=True).content.decode()
    assert "Importer le fichier" in words
    assert coordinator.get(staged.get_absolute_url()).status_code == 404
    answer = client.post(reverse("intake:confirm", args=[staged.public_id]))
    run = ImportRun.objects.get(outcome="taken")
    assert (answer["Location"], Facility.objects.get().source) == (run.get_absolute_url(), "Liste 2026")
    assert dict(ToldHeading.objects.values_list("column", "heading")) == {
        "name": "structure",
        "region": "zone",
    }
    rows[1][0] = "Lycée D"
    again = give("facilities", csv_bytes(rows), secretary, told={"kind": "école"})
    assert counts(again) == (1, 0, 0, 0)
    undo = reverse("intake:undo", args=[run.public_id])
    assert undo in client.get(run.get_absolute_url()).content.decode()
    assert coordinator.get(undo).status_code == 404
    assert client.post(undo, {"why": ""}).status_code == 422
    client.post(undo, {"why": "Mauvaise liste"})
    assert Undoing.objects.get().undone == 1
    assert "Mauvaise liste" in client.get(run.get_absolute_url()).content.decode()
    assert "Annulée" in client.get(home).content.decode()


def test_the_real_facilities_go_in_by_the_command(
    registers: None, machine: Account, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shared("data", "facilities", "mli_health_facilities_who_kemri_2019.csv")
    command = ListCommand("facilities")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    codes = [
        command.run(parser.parse_args([str(path), "--format", "json", *more])) for more in (["--dry-run"], [])
    ]
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    names = ("rows", "created", "unchanged", "rejected", "repeated", "dry_run")
    assert (codes, [[one[name] for name in names] for one in told]) == (
        [0, 0], [[1478, 1473, 0, 0, 5, True], [1478, 1473, 0, 0, 5, False]],
    )  # fmt: skip
    assert set(Facility.objects.values_list("kind", "source")) == {("health", path.stem)}
    undo_import(run=taken(), by=machine, why="Essai")
    assert not Facility.objects.visible_to(machine).exists()
    bad = tmp_path / "x.csv"
    bad.write_bytes(csv_bytes([HEADINGS, *BAD]))
    assert command.run(parser.parse_args([str(bad)])) == 1
    assert "C2" in capsys.readouterr().out
