"""A file of leads taken in: once, twice, by who may, by the command and by the page."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutura.access.errors import NotAllowed
from sutura.alerts.models import Alert
from sutura.audit.models import Entry
from sutura.config.commands import import_leads as command
from sutura.intake.leads.faults import BadFile
from sutura.intake.leads.importing import import_leads
from sutura.people.models import Account
from sutura.places.resolver import Register
from tests.intake.leads.files import ged, insecurity
from tests.shared import shared

NOWHERE = {"country_only", "place_unknown", "place_missing"}
FILES = {
    "insecurity-insight": "insecurity_insight_mali_2016-2022.csv",
    "ucdp-ged": "ucdp_ged_mli_sample.csv",
}


@pytest.mark.parametrize("who", ["awa", "moussa", "fatou", "oumar"])
def test_who_may_not_import_is_refused(who: str, register: Register, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        import_leads(data=ged({}), source="ucdp-ged", by=request.getfixturevalue(who))
    assert Alert.objects.count() == 0


@pytest.mark.parametrize(
    ("source", "leads", "placed"), [("insecurity-insight", 208, 223), ("ucdp-ged", 12, 11)]
)
def test_the_real_files_are_received_once(
    source: str, leads: int, placed: int, register: Register, secretary: Account
) -> None:
    data = shared("data", "incidents", FILES[source]).read_bytes()
    tried = import_leads(data=data, source=source, by=secretary, dry_run=True)
    assert (tried.created, Alert.objects.count(), Entry.objects.filter(act__contains="leads").count()) == (
        leads,
        0,
        0,
    )
    first = import_leads(data=data, source=source, by=secretary)
    second = import_leads(data=data, source=source, by=secretary)
    assert [
        (one.created, one.updated, one.unchanged, one.rejected, one.placed) for one in (first, second)
    ] == [
        (leads, 0, 0, 0, placed),
        (0, 0, leads, 0, placed),
    ]
    # No row is lost on the way: it is placed, or rejected, or says why it is not; what has a point has a place, but for
    # those of which the source itself knows the country alone.
    why = {fault.row: fault.code for fault in first.faults if fault.code in NOWHERE}
    assert first.rows == first.placed + first.rejected + len(why)
    assert set(why.values()) == {"country_only"}
    cells = dict(enumerate(csv.DictReader(StringIO(data.decode("utf-8-sig"))), 2))
    without = [row for row in why if cells[row].get("lat") or cells[row].get("latitude")]
    assert first.pointed - first.pointed_placed == len(without)
    assert first.pointed_placed >= 0.95 * first.pointed or first.rows < 20
    assert set(Alert.objects.values_list("state", "origin")) == {("new", "lead")}
    assert Alert.history.count() == leads


def test_a_text_changed_upstream_updates_its_lead_and_keeps_the_old_one(
    register: Register, secretary: Account
) -> None:
    for words in ("A clinic was hit.", "A clinic was hit twice."):
        receipt = import_leads(
            data=insecurity({"description": words}), source="insecurity-insight", by=secretary
        )
    assert (receipt.created, receipt.updated, receipt.unchanged) == (0, 1, 0)
    told = Alert.history.order_by("history_id").values_list("told_by_list", flat=True)
    assert [words.split("\n")[0] for words in told] == ["A clinic was hit.", "A clinic was hit twice."]


def test_without_a_register_of_places_nothing_is_received(secretary: Account) -> None:
    with pytest.raises(BadFile):
        import_leads(data=ged({}), source="ucdp-ged", by=secretary)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), source=st.sampled_from(["ucdp-ged", "insecurity-insight"]))
def test_any_bytes_write_nothing_when_they_are_refused(
    data: bytes, source: str, register: Register, secretary: Account
) -> None:
    with pytest.raises(BadFile):
        import_leads(data=data, source=source, by=secretary)
    assert Alert.objects.count() == 0


# The command


def typed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(words)


def test_the_command_prints_json_alone(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ged.csv"
    path.write_bytes(ged({"where_prec": "6"}))
    words = (str(path), "--source", "ucdp-ged", "--format", "json")
    codes = [command.run(typed(*words, "--dry-run")), command.run(typed(*words)), command.run(typed(*words))]
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    names = ("created", "updated", "unchanged", "rejected", "placed")
    assert codes == [0, 0, 0]
    assert [[one[name] for name in names] for one in printed] == [
        [1, 0, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [0, 0, 1, 0, 0],
    ]
    assert [fault["code"] for fault in printed[2]["faults"]] == ["country_only"]
    assert Alert.objects.get().received_by.username == "machine-import"


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"", b"\x89PNG\x00", None])
def test_the_command_refuses_a_wrong_file_in_one_sentence(
    content: bytes | None, register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.csv"
    if content is not None:
        path.write_bytes(content)
    assert command.run(typed(str(path), "--source", "ucdp-ged")) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert Alert.objects.count() == 0


def test_the_command_tells_a_person_the_counts_and_the_faults(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUTURA_LANG", "fr")
    path = tmp_path / "ii.csv"
    path.write_bytes(insecurity({}, {"event_id": "2", "geo_precision": "(6) Country"}))
    command.run(typed(str(path), "--source", "insecurity-insight"))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "2 lignes, 2 pistes : 2 créées, 0 mises à jour, 0 inchangées ; lignes placées 1, rejetées 0."
    )
    assert lines[1] == "Avec coordonnées : 2 lignes, 1 situées (50 %)."
    assert len(lines) == 3


def test_receiving_is_logged_once_with_counts_only(
    register: Register, secretary: Account, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    import_leads(data=ged({}), source="ucdp-ged", by=secretary)
    import_leads(data=ged({}), source="ucdp-ged", by=secretary)
    told = Entry.objects.filter(act__endswith="_leads").order_by("id").values_list("act", "fields")
    assert list(told) == [
        ("alerts.receive_leads", "created=1 updated=0"),
        ("intake.import_leads", "rows=1 leads=1"),
    ]
