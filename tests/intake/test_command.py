"""`./sutura import incidents` as outsiders use it: exit code, JSON alone on standard output, words for a person."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from sutura.access.errors import Invalid
from sutura.config import console
from sutura.config.commands import import_incidents, import_undo
from sutura.incidents.models import Incident
from sutura.intake.models import ImportRun, Undoing
from tests.intake.workbooks import INCIDENT, book, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registers")]


def run(path: Path, *arguments: str) -> int:
    """The command as typed."""
    parser = argparse.ArgumentParser()
    import_incidents.add_arguments(parser)
    return import_incidents.run(parser.parse_args([str(path), *arguments]))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.xlsx"
    path.write_bytes(xlsx(book(incidents=[INCIDENT | {"Code": "A"}]) | {"Notes": [["x"]]}))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.xlsx"
    rows = [INCIDENT, *(INCIDENT | {"incident_ref": f"X{n}", "place": "Atlantide"} for n in range(30))]
    path.write_bytes(xlsx(book(incidents=rows)))
    return path


def test_json_alone_on_standard_output(good, capsys):
    assert run(good, "--format", "json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 0, "faults": []}
    assert "Code" in told.err
    assert "Notes" in told.err
    assert run(good, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 2
    assert ImportRun.objects.filter(by__username="machine-import").count() == 2


def test_a_dry_run_writes_nothing(good, capsys):
    assert run(good, "--dry-run", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["created"] == 2
    assert Incident.objects.count() == 0


def test_a_refused_file_ends_with_one_and_names_its_faults(bad, capsys):
    assert run(bad, "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["created"], told["rejected"], len(told["faults"])) == (0, 30, 30)
    assert list(told["faults"][0]) == ["sheet", "row", "column", "value", "code", "message_fr", "message_en"]
    assert (told["faults"][0]["row"], told["faults"][0]["value"]) == (3, "Atlantide")


def test_a_file_that_is_not_there_ends_with_one(tmp_path, capsys):
    assert run(tmp_path / "absent.xlsx", "--format", "json") == 1
    assert [fault["code"] for fault in json.loads(capsys.readouterr().out)["faults"]] == ["not_found"]


@pytest.mark.parametrize(
    ("language", "first", "more"),
    [
        ("fr", "Refusé, rien n’est écrit", "et 10 autres"),
        ("en", "Refused, nothing is written", "and 10 more"),
    ],
)
def test_words_for_a_person(language, first, more, bad, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["sutura"])
    monkeypatch.setenv("SUTURA_LANG", language)
    assert run(bad) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(first)
    assert (len(lines), more in lines[-1]) == (22, True)
    assert "incidents" in lines[1]
    assert "place « Atlantide »" in lines[1]


def test_the_command_is_found_under_import():
    assert "incidents" in console.modules()["import"].modules()


def undo(*words: str) -> int:
    """`import undo` as typed."""
    parser = argparse.ArgumentParser()
    import_undo.add_arguments(parser)
    return import_undo.run(parser.parse_args([*words]))


def test_an_import_is_taken_back_by_its_batch_or_its_number(good, capsys):
    assert run(good) == 0
    taken = ImportRun.objects.get(outcome="taken")
    for name in ("", taken.sha256[:11], "0" * 12, f"{taken.public_id}"[:-1] + "_"):
        with pytest.raises(Invalid, match="Aucune importation"):
            undo(name, "--why", "Mauvais fichier")
    with pytest.raises(Invalid):
        undo(str(taken.public_id), "--why", " ")
    assert Incident.objects.get().state != "void"
    capsys.readouterr()
    assert undo(f"Import {taken.sha256[:12]}", "--why", "Mauvais fichier", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {"undone": 1, "stayed": 0}
    back = Undoing.objects.get()
    assert (back.run, back.why, back.by.username) == (taken, "Mauvais fichier", "machine-import")
    assert (Incident.objects.get().state, "undo" in console.modules()["import"].modules()) == ("void", True)
    with pytest.raises(Invalid):
        undo(taken.sha256[:12], "--why", "Encore")

    # The same file taken again has the same name: its number, once there are two.
    assert run(good) == 0
    again = ImportRun.objects.filter(outcome="taken", undoing=None).get()
    assert undo(str(again.public_id), "--why", "Encore") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 ")
