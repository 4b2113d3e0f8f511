"""A name is found among sealed ones only by who may open them, and each file found is on record."""

from __future__ import annotations

import pytest
from django.test import Client

from sutura.incidents.models import Incident
from sutura.incidents.parts import PerpetratorPart, ViolationPart
from sutura.people.models import Account
from sutura.vault import services
from sutura.vault.models import Opening
from tests.incidents.conftest import Opener
from tests.people import cast, open_vault, with_vault

ADDRESS = "/incidents/names/"
SENT = {"words": "UNTEL", "reason": "recoupement"}


def browser(account: Account) -> Client:
    """A browser with an open vault."""
    client = Client()
    client.force_login(account)
    open_vault(client, account)
    return client


def test_a_principal_finds_no_name(incident: Incident, chair: Account):
    assert browser(chair).post(ADDRESS, SENT).status_code == 403


def test_oumar_finds_no_name_of_mopti(incident: Incident, oumar: Account):
    page = browser(oumar).post(ADDRESS, SENT).content.decode()
    assert ("Abou Untel" in page, "Aucun nom" in page) == (False, True)
    assert not Opening.objects.exists()


def test_without_a_key_a_name_is_not_found(incident: Incident):
    late = cast("late", "monitor", "evidence_group", regions=("ML05",))
    assert "Abou Untel" not in browser(late).post(ADDRESS, SENT).content.decode()


def test_a_closed_vault_finds_nothing(incident: Incident, awa: Account, client: Client):
    client.force_login(awa)
    assert client.post(ADDRESS, SENT)["Location"].startswith("/vault/unlock/")


@pytest.mark.parametrize("sent", [{"words": "un", "reason": "x"}, {"words": "untel", "reason": ""}])
def test_too_short_or_without_reason_is_refused(incident: Incident, awa: Account, sent: dict[str, str]):
    assert browser(awa).post(ADDRESS, sent).status_code == 422


def test_who_is_not_named_for_perpetrators_searches_none(incident: Incident, binta: Account):
    assert browser(binta).post(ADDRESS, SENT).status_code == 403


def test_a_name_is_found_whatever_its_letters_and_the_owner_sees_it(opened: Opener, awa: Account):
    named = cast("named", "monitor", "evidence_group", regions=("ML05",))
    first, _second = opened(), opened(perpetrators=())
    page = browser(named).post(ADDRESS, SENT).content.decode()
    assert ("Abou Untel" in page, first.ref in page) == (True, True)
    told = Opening.objects.visible_to(awa).by_others(awa).get()
    assert (told.file, told.reason, told.fields) == (str(first.public_id), "recoupement", "perpetrator.name")


def test_a_name_of_sexual_violence_is_found_by_its_group_alone(opened: Opener):
    member = cast("member", "monitor", "sexual_violence_group", "evidence_group", regions=("ML05",))
    named = PerpetratorPart(violations=("s",), more={"name": "Abou Untel"})
    told = ViolationPart(type="sexual_violence", key="s", girls=1)
    opened(by=member, violations=(told,), victims=(), sources=(), perpetrators=(named,))
    other = cast("other", "monitor", "evidence_group", regions=("ML05",))
    services.settle(by=with_vault(member))
    assert "Abou Untel" not in browser(other).post(ADDRESS, SENT).content.decode()
    assert "Abou Untel" in browser(member).post(ADDRESS, SENT).content.decode()
