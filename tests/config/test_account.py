"""`./sutura account`: how the first person of an installation comes in."""

from __future__ import annotations

import io

import pytest

from sutura.access.errors import Invalid
from sutura.audit.models import Entry
from sutura.config import console
from sutura.config.commands import account
from sutura.people import services
from sutura.people.models import Account

pytestmark = pytest.mark.django_db
GOOD = "un-long-mot-de-passe-2026"


def typed(monkeypatch: pytest.MonkeyPatch, *words: str, password: str = GOOD) -> int:
    """Run the command as typed, the password on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return account.run(console.parser_for({"account": account}).parse_args(["account", *words]))


def test_a_short_password_opens_nothing(monkeypatch, capsys):
    assert typed(monkeypatch, "salif", "--role", "account_keeper", password="court") == 1
    assert capsys.readouterr().err.startswith("sutura: ")
    assert not Account.objects.filter(username="salif").exists()


def test_an_unknown_role_opens_nothing(monkeypatch):
    with pytest.raises(Invalid):
        typed(monkeypatch, "salif", "--role", "chef")
    assert not Account.objects.filter(username="salif").exists()


def test_the_first_keeper_of_accounts(monkeypatch, client):
    assert typed(monkeypatch, "salif", "--role", "account_keeper", "--full-name", "Salif") == 0
    salif = Account.objects.get(username="salif")
    assert (salif.name, salif.kind, salif.may("people.manage", "")) == ("Salif", "person", True)
    assert client.login(username="salif", password=GOOD)
    acts = Entry.objects.filter(actor_id=services.machine("account").pk).values_list("act", flat=True)
    own = ["people.machine", "people.give_grant"]
    assert list(acts.order_by("pk")) == [*own, "people.open_account", "people.give_grant"]


def test_a_grant_for_one_region(monkeypatch):
    assert typed(monkeypatch, "aissata", "--role", "monitor", "--region", "ML05") == 0
    aissata = Account.objects.get(username="aissata")
    assert aissata.may("incidents.document", "ML05")
    assert not aissata.may("incidents.document", "ML01")
