"""`./sutura figures`: JSON alone on standard output, audited, as at any past moment."""

from __future__ import annotations

import argparse
import json
from typing import Any

import pytest

from sutura.access.errors import DomainError
from sutura.audit.models import Entry
from sutura.config.commands import figures
from sutura.ledger import services as ledger
from sutura.people.models import Account
from sutura.reporting.rules.figures import instant
from tests.ledger.lines import line, ref

pytestmark = pytest.mark.django_db


def typed(*words: str) -> int:
    parser = argparse.ArgumentParser()
    figures.add_arguments(parser)
    return figures.run(parser.parse_args(words))


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert typed(*words, "--format", "json") == 0
    return json.loads(capsys.readouterr().out)


def test_json_alone_is_printed_and_the_act_is_audited(
    machine: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    posting = ledger.post(changes={ref("v1"): [line()]}, by=machine, act="one")
    assert posting
    found = answer(capsys, "ghn", "2025-Q1")
    assert found["blocks"]["verified"]["victims"][0] == {
        "type": "killing",
        "boys": 1,
        "girls": 0,
        "unknown": 0,
        "total": 1,
    }
    assert found["as_at"] == instant(posting.moment)
    entry = Entry.objects.latest("id")
    assert (entry.actor, entry.act, entry.subject) == ("machine-figures", "reporting.figures", "ghn 2025-Q1")


def test_a_past_moment_is_answered_again(machine: Account, capsys: pytest.CaptureFixture[str]) -> None:
    ledger.post(changes={ref("v1"): [line()]}, by=machine, act="one")
    before = answer(capsys, "annual", "2025", "--geography", "2023")
    ledger.post(changes={ref("v1"): [line(count=5)]}, by=machine, act="two")
    again = answer(capsys, "annual", "2025", "--geography", "2023", "--as-at", before["as_at"])
    assert again == before
    assert answer(capsys, "annual", "2025")["blocks"]["verified"]["totals"]["violations"] == 5


def test_a_person_reads_tables(machine: Account, capsys: pytest.CaptureFixture[str]) -> None:
    ledger.post(changes={ref("v1"): [line(count=4)]}, by=machine, act="one")
    assert typed("window", "2025-01-01..2025-04-30") == 0
    assert "4 " in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("ghn", "2025"),
        ("annual", "2025", "--as-at", "yesterday"),
        ("annual", "2025", "--as-at", "2999-01-01"),
    ],
)
def test_what_cannot_be_answered_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(DomainError):
        typed(*words)
