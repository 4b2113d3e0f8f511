"""Anchors say what the log was, and are believed only when our key signed these very words."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from sutura.audit import anchors, chain, services
from sutura.audit.models import Entry
from sutura.people.models import Account
from sutura.security import signing
from tests.audit.test_chain import settle


@pytest.fixture
def line(machine: Account) -> str:
    """An anchor of a log of some rows."""
    services.record_each(machine, "people.open_account", of=["a", "b", "c"])
    settle()
    return services.anchor(by=machine)


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "anchor_key"
    made = signing.make(path)
    assert (signing.make(path), signing.public(path)) == (made, made)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert made not in path.read_text()


def test_an_anchor_says_the_end_of_the_chain_and_that_it_was_taken(line: str, machine: Account) -> None:
    settle()
    told, rows = json.loads(line), list(chain.rows())
    assert told["hash"] == rows[told["number"] - 1].hash
    assert told["number"] >= len(rows) - 1  # PostgreSQL binds the act of anchoring itself at commit
    assert Entry.objects.latest("id").act == "audit.anchor"


def test_a_genuine_anchor_is_believed_and_the_log_holds(line: str) -> None:
    settle()
    verdict = anchors.verify([line, ""], [json.loads(line)["key"]])
    assert (verdict.holds, verdict.anchors, verdict.walked.met) == (True, 1, 1)


def forged(line: str, tmp_path: Path) -> dict[str, str]:
    """Lines that our key did not sign."""
    told = json.loads(line)
    other = tmp_path / "other_key"
    signing.make(other)
    message = f"sutura audit anchor 1\n{told['number']}\n{told['hash']}\n{told['at']}".encode()
    theirs = {"signature": signing.sign(other, message)}
    return {
        "another hash": json.dumps(told | {"hash": "0" * 64}),
        "another number": json.dumps(told | {"number": told["number"] - 1}),
        "another time": json.dumps(told | {"at": "2020-01-01T00:00:00.000000Z"}),
        "another signer": json.dumps(told | theirs),
        "another key": json.dumps(told | theirs | {"key": signing.public(other)}),
        "no signature": json.dumps({name: told[name] for name in ("number", "hash", "at", "key")}),
        "not hexadecimal": json.dumps(told | {"signature": "zz"}),
        "no anchor": "[1, 2]",
        "no json": "ancre du jour",
    }


def test_anything_else_is_not_believed(line: str, tmp_path: Path) -> None:
    settle()
    lines = forged(line, tmp_path)
    verdict = anchors.verify([line, *lines.values()], [json.loads(line)["key"]])
    assert (verdict.holds, verdict.anchors) == (False, 1)
    assert verdict.forged == list(range(2, 2 + len(lines)))


def test_an_anchor_goes_by_mail_with_nothing_but_codes(line: str, mailoutbox, settings) -> None:
    settings.SUTURA_ANCHORS_TO = ["ancres@exemple.ml"]
    anchors.send(line)
    (sent,) = mailoutbox
    assert sent.to == ["ancres@exemple.ml"]
    assert sent.body.strip().splitlines()[-1] == line
