"""How far a long import is: on the page, in one answer without JavaScript, and on the terminal of a command."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from sutura.access.errors import Invalid
from sutura.config.progress import Progress, bar
from sutura.incidents.models import Incident
from sutura.intake.models import ImportRun, StagedFile
from sutura.intake.services import staged as services
from sutura.intake.services.imports import confirm_file, discard_file
from sutura.intake.services.staged import keep_file, take_file, try_file
from sutura.intake.views import progress
from tests.intake.test_command import run
from tests.intake.test_pages import signed_in
from tests.intake.workbooks import INCIDENT, book, xlsx
from tests.people import with_vault

GOOD = xlsx(book())
BAD = xlsx(book(incidents=[INCIDENT | {"place": "Atlantide"}]))
FACILITIES = "quoi;type;source;p-code\nÉcole inventée;école;Ministère;ML05\n".encode()


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is long, and every step is told."""
    for name, value in {"LONG": 0, "AT_LEAST": 0.0, "SHARE": 0.0}.items():
        monkeypatch.setattr(progress, name, value)


def give(client: Client, content: bytes, where: str = "intake:incidents"):
    return client.post(reverse(where), {"file": SimpleUploadedFile("mopti.xlsx", content)})


def told(answer) -> str:
    """All that a page said from its first word to its last, though it had to be waited for."""
    assert (answer.status_code, answer.streaming, answer["Content-Encoding"]) == (200, True, "identity")
    return answer.getvalue().decode()


def cut(*_given: object, **_named: object) -> None:
    raise MemoryError("Bourem")


@pytest.mark.django_db(transaction=True)
def test_a_long_file_tells_how_far_it_is_and_is_never_lost(long, registers, secretary, monkeypatch):
    client = signed_in(secretary)
    words = told(give(client, GOOD))
    staged = StagedFile.objects.get()
    steps = [
        words.index(step) for step in ("Ouverture du", "Lecture de la feuille", "Vérification", "Écriture")
    ]
    assert (steps, words.count("<progress") >= 4) == (sorted(steps), True)
    assert '<progress id="step-2" value="2" max="2">' in words
    assert f'http-equiv="refresh" content="0;url={staged.get_absolute_url()}"' in words
    assert words.rstrip().endswith("</html>")
    assert len(words) < 20_000
    assert "Importer le fichier" in client.get(staged.get_absolute_url()).content.decode()
    assert Incident.objects.count() == 0

    confirm = reverse("intake:confirm", args=[staged.public_id])
    with monkeypatch.context() as broken:
        broken.setattr(services, "confirm_file", cut)
        words = told(client.post(confirm))
    assert ("coupé avant la fin" in words, "Bourem" in words, "refresh" in words) == (True, False, False)
    assert (StagedFile.objects.count(), Incident.objects.count()) == (1, 0)
    words = told(client.post(confirm))
    taken = ImportRun.objects.get(outcome="taken")
    assert f'content="0;url={taken.get_absolute_url()}"' in words
    assert (taken.by, StagedFile.objects.count(), Incident.objects.get().import_ref) == (secretary, 0, "I1")
    assert client.post(confirm).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_trial_that_was_cut_or_refused_says_so(long, registers, secretary, monkeypatch):
    client = signed_in(secretary)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    with monkeypatch.context() as broken:
        broken.setattr(services, "import_incidents", cut)
        words = told(give(client, BAD))
    assert "The work was cut before its end. Nothing was written, and the file is still there." in words
    staged = StagedFile.objects.get()
    again = reverse("intake:attempt", args=[staged.public_id])
    page = client.get(staged.get_absolute_url()).content.decode()
    assert ("was not tried to its end" in page, again in page) == (True, True)
    assert client.post(reverse("intake:confirm", args=[staged.public_id]))["Location"] in again
    assert "Checking the rows" in told(client.post(again))
    assert "1 fault<" in client.get(staged.get_absolute_url()).content.decode()
    words = told(client.post(reverse("intake:confirm", args=[staged.public_id])))
    assert ("The records changed since the file was tried" in words, Incident.objects.count()) == (True, 0)


@pytest.mark.django_db(transaction=True)
def test_a_long_list_asks_for_its_columns_on_the_way(long, registers, secretary):
    client = signed_in(secretary)
    words = told(give(client, FACILITIES, "intake:register_facilities"))
    staged = StagedFile.objects.get()
    there = staged.get_absolute_url()
    assert (there in words, client.get(there)["Location"]) == (True, f"{there}columns/")
    said = {"at_name": "quoi", "at_kind": "type", "at_source": "source", "at_code": "p code"}
    words = told(client.post(f"{there}columns/", said))
    assert f'content="0;url={there}?page=1"' in words
    assert "Importer le fichier" in client.get(f"{there}?page=1").content.decode()


@pytest.mark.django_db
def test_a_kept_file_is_tried_by_its_giver_once_it_is_there(registers, secretary, awa, monkeypatch):
    giver = with_vault(secretary)
    staged = keep_file(kind="incidents", content=GOOD, by=giver)
    client = signed_in(awa)
    assert client.post(reverse("intake:attempt", args=[staged.public_id])).status_code == 403
    late = StagedFile.objects.get(pk=staged.pk)
    try_file(staged=staged, by=giver)
    assert take_file(staged=staged, by=giver).created == 2
    for act in (confirm_file, try_file):
        with pytest.raises(Invalid, match="entretemps"):
            act(staged=late, by=giver)
    other = keep_file(kind="incidents", content=GOOD, by=giver)
    late = StagedFile.objects.get(pk=other.pk)
    discard_file(staged=other, by=giver)
    with pytest.raises(Invalid):
        try_file(staged=late, by=giver)
    assert StagedFile.objects.count() == 0
    assert not connection.needs_rollback


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.django_db
def test_the_command_draws_a_bar_on_a_terminal_alone(registers, tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setattr("sutura.config.progress.EVERY", 0.0)
    path = tmp_path / "good.xlsx"
    path.write_bytes(GOOD)
    for words in ([], ["--format", "json"]):
        for screen in (io.StringIO(), Terminal()):
            monkeypatch.setattr("sys.stderr", screen)
            assert run(path, *words) == 0
            drawn = screen.getvalue()
            assert bool(drawn) == (screen.isatty() and not words)
            if drawn and Incident.objects.count() == 1:
                assert "[########################] 100 % 2 / 2" in drawn
                assert drawn.endswith("\r\033[K")
    capsys.readouterr()


@pytest.mark.once
def test_the_bar_fills():
    assert [bar(0, 4), bar(1, 4), bar(9, 4)] == [
        "[........................] 0 %",
        "[######..................] 25 %",
        "[########################] 100 %",
    ]
    quiet = Progress(quiet=True)
    quiet("write", 1, 2)
    quiet.end()
    assert not quiet.shown
