"""The two commands of places: official boundaries, lists of facilities."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from sutura.audit.models import Entry
from sutura.config.commands import boundaries, facilities
from sutura.places.models import Boundary, Facility
from sutura.places.resolver import Register
from tests.shared import shared

pytestmark = pytest.mark.django_db


def run(command: object, *typed: str) -> int:
    """The exit code of a command as typed."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)  # type: ignore[attr-defined]
    return command.run(parser.parse_args(typed))  # type: ignore[attr-defined, no-any-return]


def test_boundaries(register: Register, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(boundaries, str(shared("data", "admin", "mli_adm1.geojson")), "--source", "OCHA") == 0
    assert "10 " in capsys.readouterr().out
    assert Boundary.objects.filter(source="OCHA").count() == 10
    assert Entry.objects.filter(act="places.load_boundaries", actor="machine-boundaries").count() == 1
    broken = tmp_path / "broken.geojson"
    for text in ("{", "[]", '{"features": [{"properties": {"pcode": "XX"}}]}'):
        broken.write_text(text)
        assert run(boundaries, str(broken)) == 1
    assert run(boundaries, str(tmp_path / "absent.geojson")) == 1
    assert Boundary.objects.count() == 10


def test_facilities(register: Register, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("nom,region,lat,lon\nÉcole A,Mopti,,\nÉcole B,Atlantide,,\n", encoding="utf-8")
    typed = [str(file), "--kind", "school", "--source", "liste", "--format", "json"]
    assert run(facilities, *typed, "--dry-run") == 0
    assert json.loads(capsys.readouterr().out)["created"] == 1
    assert Facility.objects.count() == 0
    assert run(facilities, *typed) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["created"], [(fault["row"], fault["code"]) for fault in told["faults"]]) == (
        1,
        [(3, "unknown_name")],
    )
    assert run(facilities, str(tmp_path / "absent.csv"), *typed[1:]) == 1
