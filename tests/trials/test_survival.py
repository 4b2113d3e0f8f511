"""The trials of survival at their small size, and proof that they would see what they look for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection

from sutura.config.commands import trial as command
from sutura.incidents.models import Incident, Violation
from tests.config.conftest import an_incident_with_a_file
from tests.laws.source import ROOT
from trials import __main__ as trials
from trials import power, records, storage
from trials.disk import Event
from trials.told import Told

NOT_OURS = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SUTURA_STATIC", "SUTURA_STATIC_FINDERS"}
LINE = re.compile(r"^(\w+): .* · (\d+) faults \(\d+ s\)$")


def test_the_command_knows_every_trial() -> None:
    assert tuple(trials.TRIALS) == command.TRIALS


@pytest.fixture
def schema(transactional_db: None, tmp_path: Path) -> Path:
    """The empty database of the tests, so that no trial has to make its own."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "schema.sqlite3")])
    return tmp_path / "schema.sqlite3"


def tried(schema: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`python -m trials` with the settings of production."""
    clean = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    words = (*words, "--schema", str(schema))
    asked = [sys.executable, "-m", "trials", *words]
    return subprocess.run(asked, capture_output=True, text=True, check=False, cwd=ROOT, env=clean)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(schema: Path) -> None:
    told = tried(schema)
    found = [LINE.match(line) for line in told.stdout.splitlines()]
    assert [match and match.groups() for match in found] == [(name, "0") for name in trials.TRIALS], (
        told.stdout
    )
    assert told.returncode == 0


def test_a_weaker_setting_is_seen_to_lose(schema: Path) -> None:
    told = tried(schema, "power", "--weaker")
    assert told.returncode == 0, told.stdout
    lost = int(re.search(r"(\d+) cuts that lost", told.stdout)[1])
    assert lost > 3
    assert "lost: incident INC-" in told.stdout


@pytest.mark.parametrize("name", ["flips", "tampering"])
def test_without_cipher_or_anchors_the_campaigns_find_faults(schema: Path, name: str) -> None:
    told = tried(schema, name, "--weaker")
    assert told.returncode == 0, told.stdout


@pytest.mark.django_db
def test_what_is_lost_or_half_there_is_seen(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    name = an_incident_with_a_file()
    ref = Incident.objects.get().ref
    said = {f"incident {ref}", records.paper(tmp_path / name, name)}
    assert records.faults(said, tmp_path, shape=(1, 0)) == []
    assert records.faults(said, tmp_path) == [f"half an incident: {ref}"]
    assert records.faults({"incident INC-0"}, tmp_path, shape=(1, 0)) == ["lost: incident INC-0"]
    Violation.objects.update(voided_reason="Invented.")
    (tmp_path / name).write_bytes(b"")
    found = records.faults((), tmp_path, shape=(1, 0))
    assert found[:2] == [f"lost: paper {name}", "the log tells 0 incidents.void_violation, there are 1"]
    assert found[2].startswith("ledger: ")


def test_what_was_not_synced_may_go_in_every_way() -> None:
    before, after = b"a" * 1024, b"b" * 1024
    events = [Event("sync", "x"), Event("write", "x", 0, after), Event("said", "1"), Event("sync", "x")]
    chance = Random(1)
    states = set()
    for _time in range(60):
        moments = [0, 2, 3, 4]
        left = list(power.cut({"x": bytearray(before)}, events, moments, chance))
        states.add(bytes(left[1][0]["x"]))
        assert [said for _files, said in left] == [set(), set(), {"1"}, {"1"}]
        assert bytes(left[0][0]["x"]) == before
        assert bytes(left[3][0]["x"]) == after
    assert states == {before, after, after[:512] + before[512:]}


@pytest.mark.parametrize(
    ("status", "place", "text", "there", "fault"),
    [
        (302, "/incidents/x/", "", True, []),
        (302, "/incidents/x/", "", False, ["says saved, is not there"]),
        (302, "/sign-in/", "", True, ["says not saved, is there"]),
        (302, "/sign-in/", "", False, []),
        (500, "", storage.SENTENCES[0], False, []),
        (500, "", storage.SENTENCES[1], True, ["says not saved, is there"]),
        (500, "", "Server Error", False, ["no clear sentence with 500"]),
    ],
)
def test_an_answer_is_judged_by_what_is_there(
    status: int, place: str, text: str, there: bool, fault: list[str]
) -> None:
    from django.http import HttpResponse

    headers: dict[str, Any] = {"Location": place} if place else {}
    answer = HttpResponse(text, status=status, headers=headers)
    assert storage.judged(answer, there, Told()) == fault
