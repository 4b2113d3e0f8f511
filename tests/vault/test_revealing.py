"""What is sealed opens only for who may read it there, with an open vault and a reason that is kept first."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test import Client
from django.urls import reverse

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.incidents import services
from sutura.incidents.models import Incident
from sutura.people.models import Account
from sutura.security.crypto import Refused
from sutura.security.sealed import MASK, Sealed
from sutura.vault.models import Opening, RecordKey, RegionKey, RegionShare
from sutura.vault.revealing import Gone, VaultClosed, reveal
from sutura.vault.rules import EVIDENCE, RESTRICTED
from tests.incidents.conftest import Opener
from tests.people import cast, open_vault, with_vault, words

SECRET = "Le récit des témoins."


def column(record: Any, name: str) -> str:
    """What the database itself holds."""
    key = record._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {record._meta.db_table} WHERE {key} = %s", [record.pk])
        return str(cursor.fetchone()[0])


# Who may not


def test_oumar_of_kayes_opens_nothing_of_mopti(incident: Incident, oumar: Account, client: Client):
    with pytest.raises(NotAllowed):
        reveal([incident], by=with_vault(oumar), reason="curieux")
    client.force_login(oumar)
    open_vault(client, oumar)
    assert client.post(reverse("incidents:open", args=[incident.public_id]), {"why": "x"}).status_code == 404
    assert not Opening.objects.exists()


def test_a_principal_who_reads_by_code_opens_nothing(incident: Incident, chair: Account, client: Client):
    client.force_login(chair)
    assert client.get(reverse("incidents:open", args=[incident.public_id])).status_code == 403


def test_a_closed_vault_opens_nothing(incident: Incident, awa: Account, client: Client):
    with pytest.raises(VaultClosed):
        reveal([incident], by=awa, reason="relecture")
    client.force_login(awa)
    address = reverse("incidents:open", args=[incident.public_id])
    assert client.get(address)["Location"] == f"/vault/unlock/?next={address.replace('/', '%2F')}"


def test_the_open_vault_of_another_opens_nothing(incident: Incident, awa: Account, binta: Account):
    awa.vault = with_vault(binta).vault  # type: ignore[attr-defined]
    with pytest.raises(VaultClosed):
        reveal([incident], by=awa, reason="relecture")


def test_without_a_reason_nothing_opens(incident: Incident, awa: Account):
    with pytest.raises(Invalid):
        reveal([incident], by=with_vault(awa), reason="  ")
    assert isinstance(incident.account_restricted, Sealed)


def test_the_right_without_a_key_opens_nothing(incident: Incident):
    late = cast("late", "monitor", regions=("ML05",))
    with pytest.raises(Gone):
        reveal([incident], by=with_vault(late), reason="relecture")


# Who may


def test_awa_opens_what_she_sealed_and_it_is_on_record_first(
    binta: Account, incident: Incident, awa: Account
):
    reveal([incident], by=with_vault(binta), reason="contre-vérification")
    assert incident.account_restricted == SECRET
    told = Entry.objects.get(act="vault.reveal")
    assert (told.actor_id, told.subject, told.fields) == (
        binta.pk,
        str(incident.public_id),
        "incident.account_restricted",
    )
    opening = Opening.objects.get()
    assert (opening.who, opening.owner, opening.reason) == ("Binta", awa.pk, "contre-vérification")
    assert Opening.objects.visible_to(awa).by_others(awa).get() == opening


def test_the_page_masks_until_it_is_opened(incident: Incident, awa: Account, client: Client):
    client.force_login(awa)
    open_vault(client, awa)
    page, address = (reverse(f"incidents:{name}", args=[incident.public_id]) for name in ("detail", "open"))
    sealed = client.get(page).content.decode()
    assert (SECRET in sealed, MASK in sealed) == (False, True)
    assert client.post(address, {"why": ""}).status_code == 422
    opened = client.post(address, {"why": "préparer la réunion"}).content.decode()
    assert (SECRET in opened, "préparer la réunion" in opened) == (True, True)
    again = client.get(page).content.decode()
    assert (SECRET in again, "préparer la réunion" in again) == (False, True)


def test_an_answer_is_corrected_only_once_it_is_open(incident: Incident, awa: Account, client: Client):
    client.force_login(awa)
    address = reverse("incidents:step", args=[incident.public_id, "accounts"])
    assert SECRET not in client.get(address).content.decode()
    client.post(address, {"account_restricted": "", "account_shareable": "Des enfants.", "why": "x"})
    assert words(incident, "account_restricted", by=awa) == (SECRET,)
    client.post(address, {"account_restricted": "Autre.", "account_shareable": "Des enfants.", "why": "x"})
    assert words(incident, "account_restricted", by=awa) == ("Autre.",)
    open_vault(client, awa)
    shown = client.post(address, {"open": "1", "reason": "corriger"}).content.decode()
    assert ("Autre." in shown, 'name="opened"' in shown) == (True, True)
    assert Opening.objects.get().reason == "corriger"
    before = incident.history.count()
    client.post(address, {"account_restricted": "Autre.", "account_shareable": "Des enfants.", "opened": "1"})
    assert incident.history.count() == before
    client.post(address, {"account_restricted": "", "account_shareable": "Des enfants.", "opened": "1"})
    incident.refresh_from_db()
    assert incident.account_restricted == ""


# What lies in the columns


def test_the_column_and_its_versions_hold_no_word(incident: Incident, awa: Account):
    kept = column(incident, "account_restricted")
    assert (SECRET in kept, kept.startswith("A")) == (False, True)
    version = incident.history.get()
    assert kept == column(version, "account_restricted")
    then = version.instance
    reveal([then], by=with_vault(awa), reason="histoire")
    assert then.account_restricted == SECRET


def test_each_save_seals_under_a_key_of_its_own_and_nothing_needs_none(incident: Incident, awa: Account):
    first = RecordKey.objects.filter(kind="incidents.incident").count()
    services.change_incident(incident=incident, by=awa, title="Autre")
    assert RecordKey.objects.filter(kind="incidents.incident").count() == first == 1
    services.change_incident(incident=incident, by=awa, account_restricted="Autre récit.")
    assert RecordKey.objects.filter(kind="incidents.incident").count() == 2


def test_numbers_days_and_codes_are_sealed_too(incident: Incident, awa: Account):
    services.change_incident(incident=incident, by=awa, latitude=14.4843, longitude=-4.18)
    victim = incident.victims.order_by("pk").first()
    assert victim is not None
    services.change_victim(victim=victim, by=awa, date_of_birth="2016-03-01")
    assert (str(incident.latitude), str(victim.date_of_birth)) == (MASK, MASK)
    assert words(incident, "latitude", "longitude", by=awa) == (14.4843, -4.18)
    (born,) = words(victim, "date_of_birth", by=awa)
    assert born.isoformat() == "2016-03-01"


def test_a_sealed_value_tells_itself_nowhere(incident: Incident):
    incident.refresh_from_db()
    value = incident.account_restricted
    assert (str(value), f"{value}", repr(value), bool(value)) == (MASK, MASK, f"<{MASK}>", True)
    assert (value == SECRET, value != SECRET, value == Sealed(value.text)) == (False, True, True)
    assert Incident.objects.exclude(account_restricted="").count() == 1
    for tell in (
        lambda: json.dumps(value),
        lambda: json.dumps(value, cls=DjangoJSONEncoder),
        lambda: pickle.dumps(value),
        lambda: Incident.objects.filter(account_restricted=SECRET).exists(),
        lambda: Incident.objects.update(account_restricted=SECRET),
    ):
        with pytest.raises(TypeError):
            tell()


def test_a_value_moved_to_another_place_is_refused(opened: Opener, awa: Account):
    one, other = opened(), opened(account_restricted="Un autre récit.")
    thief = with_vault(awa)
    one.refresh_from_db()
    other.refresh_from_db()
    other.account_restricted = one.account_restricted
    with pytest.raises(Refused):
        reveal([other], by=thief, reason="déplacé")
    other.account_restricted = ""
    other.notes = one.account_restricted
    with pytest.raises(Refused):
        reveal([other], by=thief, reason="déplacé")


def test_a_column_that_holds_words_in_clear_is_refused(incident: Incident, awa: Account):
    incident.account_restricted = Sealed("Des mots en clair, glissés dans la base.")
    with pytest.raises(Refused):
        reveal([incident], by=with_vault(awa), reason="relecture")


# The keys


def test_the_key_of_a_region_is_shared_with_who_may_read_there(
    incident: Incident, awa: Account, binta: Account, moussa: Account, oumar: Account, opened: Opener
):
    RegionKey.objects.update(retired_at="2026-01-01T00:00Z")
    opened()
    now = {key.right: key for key in RegionKey.objects.filter(retired_at=None)}
    shared = {right: set(key.shares.values_list("account", flat=True)) for right, key in now.items()}
    assert shared == {RESTRICTED: {awa.pk, binta.pk, moussa.pk}, EVIDENCE: {awa.pk, moussa.pk}}
    newest = now[RESTRICTED]
    assert (newest.region, bool(newest.escrow)) == ("ML05", True)


def test_without_her_share_nobody_opens(incident: Incident, awa: Account):
    RegionShare.objects.filter(account=awa.pk).delete()
    with pytest.raises(Gone):
        reveal([incident], by=with_vault(awa), reason="relecture")
