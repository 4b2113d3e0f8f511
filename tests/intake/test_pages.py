"""The pages of an import: refused to whoever may not, tried first, confirmed by a second step, forgotten in time."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.incidents.models import Incident
from sutura.intake.columns import SHEETS
from sutura.intake.layout import layout
from sutura.intake.models import ImportRun, StagedFile
from sutura.intake.pages import faults_table
from sutura.intake.reading import read_file
from sutura.intake.services.imports import import_incidents, stage_file
from sutura.intake.template_book import heading, template
from sutura.security.formulas import harmless
from sutura.vault.models import UserKey
from tests.intake.workbooks import INCIDENT, book, csv_zip, xlsx
from tests.people import cast, open_vault

pytestmark = pytest.mark.django_db

GOOD = xlsx(book())
BAD = csv_zip(book(incidents=[INCIDENT | {"occurred_on": "10/05/2025", "Code": "=1+1", "place": "=cmd"}]))


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    open_vault(client, person)
    return client


def give(client: Client, content: bytes, name: str = "mopti.xlsx"):
    return client.post(reverse("intake:incidents"), {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    "name", ["home", "incidents", "template", "staged", "confirm", "discard", "faults", "run"]
)
def test_whoever_may_not_import_is_refused(name, registers, secretary, awa, oumar, fatou):
    staged = stage_file(content=BAD, by=secretary)
    run = import_incidents(source=GOOD, by=secretary).run
    assert run is not None
    arguments = {"template": ["fr"], "run": [run.public_id]}
    arguments |= {key: [staged.public_id] for key in ("staged", "confirm", "discard", "faults")}
    address = reverse(f"intake:{name}", args=arguments.get(name))
    for person in (awa, oumar):
        for answer in (signed_in(person).get(address), signed_in(person).post(address)):
            assert answer.status_code == 403
    # Who gives other files sees her own, and nothing of these.
    coordinator = signed_in(fatou)
    told = [coordinator.get(address).status_code, coordinator.post(address).status_code]
    seen = {"home": [200, 200], "incidents": [403, 403], "template": [403, 403], "confirm": [405, 404]}
    assert told == (seen | {"discard": [405, 404]}).get(name, [404, 404])
    assert Incident.objects.count() == 1


def test_a_waiting_file_is_seen_by_its_giver_alone(registers, secretary):
    other = cast("sekou", "secretariat")
    staged = stage_file(content=GOOD, by=secretary)
    for name in ("staged", "faults"):
        assert signed_in(other).get(reverse(f"intake:{name}", args=[staged.public_id])).status_code == 404
    for name in ("confirm", "discard"):
        assert signed_in(other).post(reverse(f"intake:{name}", args=[staged.public_id])).status_code == 404
    assert (StagedFile.objects.count(), Incident.objects.count()) == (1, 0)


def test_what_waits_lies_sealed_to_its_giver(registers, secretary):
    staged = StagedFile.objects.get(pk=stage_file(content=BAD, by=secretary).pk)
    for kept in (bytes(staged.content), bytes(staged.result)):
        assert (BAD in kept, b"occurred_on" in kept) == (False, False)
    client = Client()
    client.force_login(secretary)
    page, confirm = (reverse(f"intake:{name}", args=[staged.public_id]) for name in ("staged", "confirm"))
    for answer in (client.get(page), client.post(confirm)):
        assert answer["Location"] == f"/vault/unlock/?next={page.replace('/', '%2F')}"
    assert not Incident.objects.exists()
    UserKey.objects.all().delete()
    assert give(client, GOOD).status_code == 422


def test_a_good_file_is_tried_then_taken(registers, secretary):
    client = signed_in(secretary)
    answer = give(client, GOOD)
    staged = StagedFile.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, staged.get_absolute_url())
    page = client.get(staged.get_absolute_url())
    assert "Importer le fichier" in page.content.decode()
    assert Incident.objects.count() == 0
    assert client.get(reverse("intake:confirm", args=[staged.public_id])).status_code == 405
    answer = client.post(reverse("intake:confirm", args=[staged.public_id]))
    run = ImportRun.objects.get(outcome="taken")
    assert (answer.status_code, answer["Location"]) == (302, run.get_absolute_url())
    assert (run.created, run.by, StagedFile.objects.count()) == (2, secretary, 0)
    assert Incident.objects.get().import_ref == "I1"
    assert run.sha256[:12] in client.get(run.get_absolute_url()).content.decode()


def test_a_bad_file_shows_every_fault_and_cannot_be_taken(registers, secretary):
    client = signed_in(secretary)
    give(client, BAD)
    staged = StagedFile.objects.get()
    words = client.get(staged.get_absolute_url()).content.decode()
    assert "Ce n’est pas une date." in words
    assert "Importer le fichier" not in words
    assert "2 erreurs" in words
    answer = client.post(reverse("intake:confirm", args=[staged.public_id]))
    assert (answer["Location"], Incident.objects.count()) == (reverse("intake:incidents"), 0)
    table = client.get(reverse("intake:faults", args=[staged.public_id]))
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Feuille;Ligne;Colonne;Valeur;Que faire"
    assert lines[1].startswith("incidents;2;occurred_on;10/05/2025;Ce n’est pas une date.")
    assert lines[2].startswith("incidents;2;place;'=cmd;")


def test_a_file_that_is_no_workbook_is_one_fault(registers, secretary):
    client = signed_in(secretary)
    answer = client.get(give(client, b"bonjour", "photo.xlsx")["Location"])
    assert "Ce n’est pas un classeur" in answer.content.decode()
    assert client.post(reverse("intake:incidents")).status_code == 422


def test_a_file_can_be_forgotten_and_expires(registers, secretary):
    client = signed_in(secretary)
    staged = stage_file(content=GOOD, by=secretary)
    client.post(reverse("intake:discard", args=[staged.public_id]))
    assert StagedFile.objects.count() == 0
    late = stage_file(content=GOOD, by=secretary)
    assert late.expires_at - late.at <= timedelta(hours=2, seconds=1)
    late.expires_at = timezone.now()
    late.save()
    assert client.post(reverse("intake:confirm", args=[late.public_id])).status_code == 404
    fresh = stage_file(content=GOOD, by=secretary)
    assert list(StagedFile.objects.all()) == [fresh]


def test_the_list_of_runs_costs_the_same_at_any_length(registers, secretary, django_assert_num_queries):
    client = signed_in(secretary)
    address = reverse("intake:home")
    client.get(address)
    for _ in range(3):
        import_incidents(source=GOOD, by=secretary)
        with django_assert_num_queries(5):
            assert client.get(address).status_code == 200
    assert client.get(address).content.decode().count("/intake/runs/") == 3


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_empty_workbook_reads_back(language, registers, secretary):
    content = signed_in(secretary).get(reverse("intake:template", args=[language])).content
    read = read_file(content, layout())
    assert (read.faults, set(read.tables)) == ([], set(SHEETS))
    assert len(read.others) == 2
    result = import_incidents(source=content, by=secretary)
    assert (result.created, result.faults) == (0, [])
    for sheet in SHEETS:
        titles = [heading(column, language) for column in layout()[sheet] if not column.types]
        assert len(titles) == len(set(titles))


def test_a_filled_french_workbook_is_taken(registers, secretary):
    french = {
        name: [
            [heading(next(c for c in layout()[name] if c.name == title), "fr") for title in rows[0]],
            *rows[1:],
        ]
        for name, rows in book().items()
    }
    assert french["violations"][0][:3] == ["Référence violation", "Référence incident", "Type"]
    assert import_incidents(source=xlsx(french), by=secretary).created == 2


@pytest.mark.office
def test_the_empty_workbook_opens_in_libreoffice(tmp_path: Path):
    source = tmp_path / "modele.xlsx"
    source.write_bytes(template("fr"))
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "ods",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    read = read_file(tmp_path / "modele.ods", layout())
    assert (read.faults, set(read.tables)) == ([], set(SHEETS))


@pytest.mark.parametrize(
    ("text", "shown"),
    [("=1+1", "'=1+1"), ("-3", "'-3"), ("@x", "'@x"), ("+33", "'+33"), ("ML05", "ML05"), ("", "")],
)
def test_no_text_becomes_a_formula(text, shown):
    assert harmless(text) == shown
    assert shown in faults_table(
        [dict.fromkeys(("sheet", "row", "column", "value", "message"), text)]
    ).decode("utf-8-sig")
