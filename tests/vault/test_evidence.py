"""Who the sources were and who is accused opens to the persons named for it, and to nobody else of the region."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sutura.access.errors import NotAllowed
from sutura.incidents import services as incidents
from sutura.incidents.models import Incident, Perpetrator, Source
from sutura.people.models import Account
from sutura.security.sealed import held
from sutura.vault import services
from sutura.vault.revealing import Gone, reveal, unsealed
from sutura.vault.rules import EVIDENCE
from tests.incidents.conftest import Opener
from tests.people import KAYES, MOPTI, cast, open_vault, with_vault, words

SECRET = "Le récit des témoins."
WHO = ("Abou Untel", "Une voisine")


@pytest.fixture
def other(db: None) -> Account:
    """A monitor of Mopti who reads restricted accounts, and is not named."""
    return cast("other", "monitor", regions=(MOPTI,))


@pytest.fixture
def file(opened: Opener, other: Account, awa: Account) -> Incident:
    """A file with a named perpetrator and a described source."""
    incident = opened()
    services.settle(by=with_vault(awa))
    return incident


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    open_vault(client, account)
    return client


def test_no_key_of_the_region_opens_it_with_the_database_in_hand(file: Incident, other: Account):
    for record in (file.sources.exclude(description="").get(), file.perpetrators.exclude(name="").get()):
        kept = type(record)._default_manager.get(pk=record.pk)
        assert held([kept])
        with pytest.raises(Gone):
            unsealed([kept], with_vault(other).vault)  # type: ignore[attr-defined]
        with pytest.raises(NotAllowed):
            reveal([kept], by=with_vault(other), reason="curieuse")


def test_the_rest_of_the_file_opens_and_the_page_says_who_is_named(file: Incident, other: Account):
    shut = browser(other).get(reverse("incidents:detail", args=[file.public_id])).content.decode()
    assert "ne s’ouvre qu’aux personnes désignées\u202f: Awa." in shut
    page = browser(other).post(reverse("incidents:open", args=[file.public_id]), {"why": "suivi"})
    shown = page.content.decode()
    assert [word in shown for word in (SECRET, *WHO)] == [True, False, False]
    assert "reste scellé pour les personnes désignées\u202f: Awa." in shown


def test_who_is_named_opens_it_all(file: Incident, awa: Account):
    page = (
        browser(awa).post(reverse("incidents:open", args=[file.public_id]), {"why": "suivi"}).content.decode()
    )
    assert [word for word in (SECRET, *WHO) if word not in page] == []
    assert "reste scellé pour les personnes désignées" not in page


def test_who_documents_writes_what_she_does_not_read_again(file: Incident, other: Account, awa: Account):
    source: Source = file.sources.exclude(description="").get()
    address = reverse("incidents:part", args=[file.public_id, "sources", source.public_id])
    asked = browser(other).post(address, {"open": "1", "reason": "relire"})
    assert (asked.status_code, "Une voisine" in asked.content.decode()) == (200, False)
    assert "pour les sources et les auteurs" in asked.content.decode()
    incidents.change_source(source=source, by=other, description="Une autre voisine", why="mieux su")
    assert words(source, "description", by=awa) == ("Une autre voisine",)


def test_a_group_of_another_region_names_nobody_here(file: Incident):
    far = cast("far", "monitor", "evidence_group", regions=(KAYES,))
    mixed = cast("mixed", "evidence_group", regions=(MOPTI,))
    for by in (far, mixed):
        with pytest.raises(NotAllowed):
            reveal(list(Perpetrator.objects.all()), by=with_vault(by), reason="essai")
    assert EVIDENCE == "incidents.evidence"
