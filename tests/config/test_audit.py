"""`./sutura audit`: the end of the log told outside, and the first touched row named in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection

from sutura.access.errors import DomainError
from sutura.audit.models import Entry, Link
from sutura.config import console
from sutura.config.commands import audit
from sutura.config.env import BadSetting, Mail, mail
from sutura.people.models import Account
from tests.audit.test_chain import settle
from tools.tampering import lift_guards

pytestmark = pytest.mark.django_db


def typed(*words: str) -> int:
    """Run the command as typed."""
    settle()
    return audit.run(console.parser_for({"audit": audit}).parse_args(["audit", *words]))


def test_a_log_that_holds(tmp_path: Path, capsys, machine: Account) -> None:
    kept = tmp_path / "ancres.jsonl"
    assert (typed("anchor", "--out", str(kept)), typed("anchor", "--out", str(kept))) == (0, 0)
    assert len(kept.read_text().splitlines()) == 2
    capsys.readouterr()
    assert typed("verify", "--anchors", str(kept), "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["anchors"], told["fault"]) == (True, 2, None)
    assert Entry.objects.latest("id").act == "audit.verify"


def test_without_anchors_the_check_says_what_it_cannot_see(capsys, machine: Account) -> None:
    assert typed("verify") == 0
    told = capsys.readouterr().out
    assert told.startswith("Le journal tient")
    assert "Sans ancres, un journal réécrit en entier" in told


@pytest.mark.parametrize(
    ("reason", "statement", "sentence"),
    [
        (
            "changed",
            "UPDATE audit_entry SET actor = 'x' WHERE id = %s",
            "La ligne {} n’est plus telle qu’écrite",
        ),
        ("deleted", "DELETE FROM audit_entry WHERE id = %s", "La ligne {} a été supprimée"),
        ("missing", "DELETE FROM audit_link WHERE entry_id = %s", "La ligne {} manque dans la chaîne"),
    ],
)
@pytest.mark.usefixtures("as_owner")
def test_the_first_touched_row_is_named(
    reason: str, statement: str, sentence: str, capsys, machine: Account
) -> None:
    settle()
    link = Link.objects.earliest("number")
    lift_guards()
    with connection.cursor() as cursor:
        cursor.execute(statement, [link.entry_id])
    assert typed("verify") == 1
    assert capsys.readouterr().err.startswith(sentence.format(link.number))


@pytest.mark.usefixtures("as_owner")
def test_a_cut_log_is_seen_with_the_anchor_alone(tmp_path: Path, capsys, machine: Account) -> None:
    kept = tmp_path / "ancres.jsonl"
    typed("anchor", "--out", str(kept))
    typed("anchor", "--out", str(kept))
    settle()
    lift_guards()
    last = Link.objects.latest("number")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_link WHERE number >= %s", [last.number - 1])
        cursor.execute("DELETE FROM audit_entry WHERE id >= %s", [last.entry_id - 1])
    capsys.readouterr()
    assert typed("verify", "--anchors", str(kept)) == 1
    assert capsys.readouterr().err.startswith("La fin a été coupée")


def test_a_file_that_is_not_there_is_refused_in_one_sentence(tmp_path: Path, machine: Account) -> None:
    with pytest.raises(DomainError, match="inutilisable"):
        typed("verify", "--anchors", str(tmp_path / "rien"))
    with pytest.raises(DomainError, match="inutilisable"):
        typed("anchor", "--out", str(tmp_path / "rien" / "ancres"))


def test_mail_needs_a_server_and_receivers(settings, mailoutbox, machine: Account) -> None:
    with pytest.raises(DomainError, match="SUTURA_MAIL"):
        typed("anchor", "--mail")
    settings.EMAIL_HOST, settings.SUTURA_ANCHORS_TO = "mail.exemple.ml", ["ancres@exemple.ml"]
    assert typed("anchor", "--mail") == 0
    assert len(mailoutbox) == 1


def test_a_mail_that_does_not_leave_is_told_in_one_sentence(settings, machine: Account) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    settings.SUTURA_ANCHORS_TO = ["ancres@exemple.ml"]
    with pytest.raises(DomainError, match=r"le courrier n’est pas parti \(ConnectionRefusedError\)"):
        typed("anchor", "--mail")


def test_the_mail_server_is_read_from_one_address() -> None:
    assert mail(None).host == ""
    assert mail("smtps://awa:p%40ss@mail.exemple.ml?from=sutura@exemple.ml") == Mail(
        "mail.exemple.ml", 465, "awa", "p@ss", tls=True, sender="sutura@exemple.ml"
    )
    assert mail("smtp://mail.exemple.ml").starttls
    assert mail("smtp://localhost") == Mail("localhost", 25)
    with pytest.raises(BadSetting):
        mail("http://mail.exemple.ml")
