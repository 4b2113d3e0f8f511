"""The two commands of the map: services out as a file and back, and a messy sheet to the same records."""

from __future__ import annotations

import argparse
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from sutura.config.commands import export, import_services
from sutura.mhpss.fourws.columns import BY_LETTER, READ
from sutura.mhpss.fourws.writing import table
from sutura.mhpss.models import Service
from sutura.mhpss.shape import told as as_text
from tests.mhpss.conftest import Land, keep, unit
from tests.mhpss.shapes import misfits, recorded

BANNER = "Cartographie SMSPS – région de Mopti, « atelier » de novembre"
ENGLISH = set("BCEGIKMOQSU")  # columns whose heading this office writes in English


def run(command: Any, *typed: object) -> int:
    """The exit code of a command as typed."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    code: int = command.run(parser.parse_args([str(word) for word in typed]))
    return code


def records() -> dict[str, dict[str, str]]:
    """All that the map says, by what makes a service the same."""
    found = Service.objects.select_related("organisation", "place")
    return {each.same_as: as_text(each, each.staff.all()) for each in found}


def filled(land: Land) -> None:
    """A dozen services with every sort of value between them."""
    keep(
        land,
        reached=40,
        basis="contacts",
        themes=["addiction", "suicide"],
        languages=["fr", "ff"],
        cost="free",
    )
    for number in range(10):
        keep(
            land, organisation=(land.ngo, land.other)[number % 2], place=unit("ML0503"), site=f"Centre n° {number}",
            codes=["8.1", "7.1"], layers=["L3"], staff={"counsellor": (number, 1)}, supervised=number % 2 == 0,
            description=f"Écoute, œuvre n° {number}", starts_on=None, entry="appointment",
            modalities=["home", "mobile"],
        )  # fmt: skip
    keep(
        land, place=unit("ML01"), site="", codes=["10.1"], staff={"psychologist": (1, 0)}, layers=["L4", "LX"],
        is_sensitive=True, precision="region", max_age=None, groups=[],
    )  # fmt: skip


def messy(clean: bytes) -> bytes:
    """The same services as an office sends them: cp1252, a banner, headings over two rows, in two languages."""
    first, _tags, *rows = csv.reader(io.StringIO(clean.decode("utf-8-sig")), delimiter=";")
    letters = [heading.partition(".")[0] for heading in first]
    known = {column.letter for column in READ} - {"W"}  # without our references
    wanted = [place for place, letter in enumerate(letters) if letter in known]
    heads = [BY_LETTER[letters[place]] for place in wanted]
    names = [column.english if column.letter in ENGLISH else column.french for column in heads]
    # a heading merged over both rows stands in the upper one alone; a group of columns is named above its first
    upper = [name if place in (0, 1) else "Quoi" if place == 10 else "" for place, name in enumerate(names)]
    lower = ["" if place in (0, 1) else f" {name} " for place, name in enumerate(names)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([[BANNER], [], upper, lower])
    for row in rows:
        writer.writerow([_untidy(letters[place], row[place]) for place in wanted])
    return out.getvalue().encode("cp1252")


def _untidy(letter: str, cell: str) -> str:
    if letter in ("A", "P", "Q") and cell:
        return "/".join(reversed(cell.split("-")))
    if letter == "B":
        return {"ONG Sahel fictive": " osf ", "Association fictive": "ASSOCIATION  FICTIVE"}[cell]
    return f"{cell} " if letter in "LX" else cell


@pytest.mark.parametrize("name", ["map.xlsx", "map.csv"])
def test_services_go_out_and_come_back_without_a_difference(
    land: Land, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    filled(land)
    before, versions, file = records(), Service.history.count(), tmp_path / name
    form = "4ws" if name.endswith("xlsx") else "csv"
    assert run(export, "services", "--format", form, "-o", file) == 0
    capsys.readouterr()
    assert run(import_services, file, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [told[key] for key in ("created", "updated", "unchanged", "rejected")] == [0, 0, 12, 0]
    assert (records(), Service.history.count()) == (before, versions)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_messy_sheet_comes_to_the_same_records(
    land: Land, order: tuple[int, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """cp1252, `;`, merged headings, French and English: in either order, so that no column is left aside."""
    with transaction.atomic():
        filled(land)
        before = records()
        clean = table(Service.objects.order_by("id"), "fr")
        for service in Service.objects.all():
            clean = clean.replace(service.ref.encode(), b"")  # they come to an empty map
        transaction.set_rollback(True)
    files = [tmp_path / "clean.csv", tmp_path / "messy.csv"]
    files[0].write_bytes(clean)
    files[1].write_bytes(messy(clean))
    told = []
    for place in order:
        assert run(import_services, files[place], "--format", "json") == 0, capsys.readouterr().out[:2000]
        answer = json.loads(capsys.readouterr().out)
        assert (records(), answer["unknown_headings"]) == (before, [])
        told.append((answer["created"], answer["updated"], answer["unchanged"]))
    assert told == [(12, 0, 0), (0, 0, 12)]


def test_a_sheet_with_a_fault_writes_nothing_and_says_where(
    land: Land, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Acceptance scenario 1, from the command line."""
    file = tmp_path / "faults.csv"
    file.write_text(
        "Organisation;P-code;Sous-code;Description\nOSF;ML0501;99.9;Quoi (inventé)\n", encoding="utf-8"
    )
    assert run(import_services, file, "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert ([fault["cell"] for fault in told["faults"]], Service.objects.count()) == (["C2"], 0)
    assert run(import_services, tmp_path / "absent.csv") == 1


@pytest.mark.parametrize("form", ["geojson", "hsds"])
def test_files_for_the_public_are_written_by_region_and_division(land: Land, form: str, tmp_path: Path):
    keep(land, place=unit("ML0106"), is_public=True)
    keep(land, is_public=True)
    counts = []
    for more in ((), ("--region", "ML01", "--regions", "2023")):
        assert run(export, "services", "--format", form, "-o", tmp_path / "f.json", *more) == 0
        found = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))
        assert list(misfits(found, recorded(form))) == []
        counts.append(len(found.get("features") or found.get("service")))
    assert (counts, "Nioro" in (tmp_path / "f.json").read_text(encoding="utf-8")) == ([2, 1], True)
    assert run(export, "services", "-o", tmp_path / "no" / "such.xlsx") == 1
