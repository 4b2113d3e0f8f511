"""A new colleague, a leaver, a lost device, a forgotten password, a moved file, a shredded one: each by its page."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.incidents import services as incidents
from sutura.incidents.models import Incident
from sutura.people import services as people
from sutura.people.models import Account
from sutura.vault import services
from sutura.vault.models import (
    Contribution,
    EscrowKey,
    RecordKey,
    Recovery,
    RegionKey,
    RegionShare,
    UserKey,
)
from sutura.vault.revealing import Gone, reveal
from sutura.vault.rules import RESTRICTED
from tests.incidents.conftest import Opener, Places
from tests.people import KAYES, MOPTI, PASSWORD, cast, open_vault, with_vault, words

HOME = "/vault/"
SECRET = "Le récit des témoins."


def opens(account: Account, incident: Incident, password: str = PASSWORD) -> bool:
    """Whether this person, with her vault open, reads the restricted account."""
    from sutura.vault.opened import Vault

    fresh, person = Incident.objects.get(pk=incident.pk), Account.objects.get(pk=account.pk)
    private = services.begin(by=person, password=password)
    assert private is not None
    person.vault = Vault(person.pk, private)  # type: ignore[attr-defined]
    with suppress(Gone, NotAllowed):
        reveal([fresh], by=person, reason="essai")
    return bool(fresh.account_restricted == SECRET)


def browser(account: Account) -> Client:
    """A browser with an open vault."""
    client = Client()
    client.force_login(account)
    open_vault(client, account)
    return client


def through_the_door(account: Account) -> Client:
    """As people come in: the session is then on their list."""
    Account.objects.filter(pk=account.pk).update(password=make_password(PASSWORD))
    client = Client()
    client.post(reverse("people:sign_in"), {"username": account.username, "password": PASSWORD})
    return client


# A new colleague


def test_a_new_colleague_waits_until_one_who_can_signs_in(incident: Incident, awa: Account):
    late = cast("late", "monitor", regions=(MOPTI,))
    assert not opens(late, incident)
    page = browser(awa).get(HOME).content.decode()
    assert "Late" in page
    client = browser(awa)
    client.post(reverse("people:vault_settle"))
    assert opens(late, incident)
    assert "En attente d’une part" not in client.get(HOME).content.decode()


def test_a_sign_in_is_enough(incident: Incident, awa: Account):
    late = cast("late", "monitor", regions=(MOPTI,))
    through_the_door(awa).get(HOME)
    assert opens(late, incident)


def test_a_colleague_of_another_region_is_given_nothing(incident: Incident, awa: Account, oumar: Account):
    services.settle(by=with_vault(awa))
    assert not RegionShare.objects.filter(account=oumar.pk).exists()


def test_a_closed_vault_gives_nothing(incident: Incident, awa: Account, client: Client):
    cast("late", "monitor", regions=(MOPTI,))
    client.force_login(awa)
    assert client.post(reverse("people:vault_settle"))["Location"] == "/vault/unlock/"
    assert set(RegionShare.objects.values_list("account", flat=True)) == {awa.pk}


# A leaver


def test_who_leaves_loses_her_share_and_the_region_gets_a_new_key(
    binta: Account, opened: Opener, awa: Account, keeper: Account
):
    incident = opened()
    old = RegionKey.objects.get(region=MOPTI, right=RESTRICTED)
    assert opens(binta, incident)
    people.withdraw_grant(by=keeper, grant=binta.grants.get(), why="partie")
    assert not RegionShare.objects.filter(account=binta.pk).exists()
    old.refresh_from_db()
    assert old.retired_at is not None
    done = services.settle(by=with_vault(awa))
    assert done.rewrapped == RecordKey.objects.filter(right=RESTRICTED).count() > 0
    assert not RegionKey.objects.filter(pk=old.pk).exists()
    assert set(RegionShare.objects.values_list("account", flat=True)) == {awa.pk}
    assert (opens(awa, incident), opens(binta, incident)) == (True, False)


def test_a_grant_that_ran_out_is_noticed_at_the_next_sign_in(binta: Account, opened: Opener, awa: Account):
    opened()
    binta.grants.update(ends_on=timezone.localdate() - timedelta(days=1), starts_on="2025-01-01")
    services.settle(by=with_vault(awa))
    assert set(RegionShare.objects.values_list("account", flat=True)) == {awa.pk}


def test_who_keeps_another_region_keeps_its_key(
    opened: Opener, keeper: Account, lead: Account, places: Places
):
    both = cast("both", "monitor", regions=(MOPTI, KAYES))
    opened(by=both)
    opened(by=both, place=places.kayes)
    given = people.give_grant(
        by=keeper, account=both, role="monitor", regions=(KAYES,), purpose="x",
        starts_on=timezone.localdate(), ends_on=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    people.approve_grant(by=lead, grant=given)
    people.withdraw_grant(by=keeper, grant=both.grants.get(regions=f"{KAYES} {MOPTI}"), why="mutée")
    held = RegionShare.objects.filter(account=both.pk).values_list("region_key__region", flat=True)
    assert list(held) == [KAYES]


# A lost device


def test_a_lost_device_ends_every_session_and_replaces_the_keys(binta: Account, opened: Opener, awa: Account):
    incident = opened()
    lost, other, hers = browser(awa), browser(awa), browser(binta)
    for client in (lost, other):
        UserSession(user=awa, session_key=client.session.session_key, ip="127.0.0.1", user_agent="").save()
    assert lost.post(reverse("people:vault_lost"))["Location"] == "/sign-in/"
    assert [client.get(HOME).status_code for client in (lost, other, hers)] == [302, 302, 200]
    assert str(awa.pk) not in {one.get_decoded().get("_auth_user_id") for one in Session.objects.all()}
    assert not RegionKey.objects.filter(region=MOPTI, retired_at=None).exists()
    services.settle(by=with_vault(awa))
    assert not RegionKey.objects.filter(region=MOPTI).exclude(retired_at=None).exists()
    assert (opens(awa, incident), opens(binta, incident)) == (True, True)


def test_nobody_reports_the_device_of_another(awa: Account, binta: Account, keeper: Account):
    with pytest.raises(NotAllowed):
        services.report_loss(by=binta, account=awa)
    assert services.report_loss(by=keeper, account=awa) == 0


# A forgotten password


NEW = "un autre mot de passe"


def forgotten(by: Account, account: Account) -> str:
    """A keeper gives a temporary password, whose owner chooses her own and signs in."""
    word = people.give_temporary_password(by=by, account=account, why="oublié")
    person = Account.objects.get(pk=account.pk)
    people.change_password(by=person, account=person, old=word, new=NEW)
    services.begin(by=person, password=NEW)
    return NEW


def test_nobody_but_a_keeper_replaces_a_password(awa: Account, binta: Account, keeper: Account):
    client = Client()
    client.force_login(binta)
    address = reverse("people:account_password", args=[awa.public_id])
    assert client.post(address, {"why": "x"}).status_code == 403
    with pytest.raises(Invalid):
        services.forget(by=keeper, account=keeper, why="moi-même")


def test_a_forgotten_password_gives_nothing_back_before_two_keepers_agree(
    awa: Account, binta: Account, opened: Opener, keeper: Account, lead: Account
):
    incident = opened()
    new = forgotten(keeper, awa)
    assert not opens(awa, incident, new)
    services.settle(by=with_vault(binta))
    assert not opens(awa, incident, new)
    recovery = Recovery.objects.get()
    with pytest.raises(NotAllowed):
        services.agree_recovery(by=keeper, recovery=recovery)
    browser(lead).post(reverse("people:vault_agree", args=[recovery.public_id]))
    services.settle(by=with_vault(binta))
    assert opens(awa, incident, new)


def test_a_keeper_alone_cannot_become_somebody(awa: Account, binta: Account, opened: Opener, keeper: Account):
    """She sets a password, signs in as Awa, and has the words of nobody."""
    incident = opened()
    new = forgotten(keeper, awa)
    services.settle(by=with_vault(binta))
    client, person = Client(), Account.objects.get(pk=awa.pk)
    Account.objects.filter(pk=awa.pk).update(password_until=None)  # she has chosen a password of her own
    client.force_login(Account.objects.get(pk=person.pk))
    open_vault(client, person, new)
    address = reverse("incidents:open", args=[incident.public_id])
    page = client.post(address, {"why": "curieuse"})
    assert (page.status_code, SECRET in page.content.decode()) == (422, False)


# Escrow


@pytest.fixture
def custodians(db: None, keeper: Account, lead: Account) -> list[Account]:
    """Five of them, of no region."""
    five = [cast(f"custodian{number}", "coordinator") for number in range(1, 6)]
    client = Client()
    client.force_login(keeper)
    sent = {"custodians": [one.pk for one in five]}
    assert client.post(reverse("people:vault_escrow"), sent).status_code == 302
    browser(lead).post(reverse("people:vault_escrow_agree"))
    return five


def test_escrow_is_not_set_up_by_a_monitor_nor_by_four(awa: Account, keeper: Account):
    client = Client()
    client.force_login(awa)
    assert client.get(reverse("people:vault_escrow")).status_code == 403
    with pytest.raises(Invalid):
        services.set_up_escrow(by=keeper, custodians=[awa, awa, awa, awa, awa])


def test_one_person_alone_sets_up_no_escrow(keeper: Account, lead: Account):
    before = EscrowKey.objects.current().get()
    five = [cast(f"custodian{number}", "coordinator") for number in range(1, 6)]
    proposed = services.set_up_escrow(by=keeper, custodians=five)
    agree = reverse("people:vault_escrow_agree")
    assert browser(five[0]).post(agree).status_code == 403
    browser(keeper).post(agree)
    assert EscrowKey.objects.current().get() == before
    assert "Custodian1, Custodian2" in browser(lead).get(HOME).content.decode()
    browser(lead).post(agree)
    assert EscrowKey.objects.current().get() == proposed


def test_three_custodians_give_a_region_back_that_nobody_could_open(
    custodians: list[Account], awa: Account, opened: Opener, keeper: Account, lead: Account
):
    incident = opened()
    new = forgotten(keeper, awa)
    assert not opens(awa, incident, new)
    recovery = Recovery.objects.get()
    with pytest.raises(Invalid):
        services.contribute(by=with_vault(custodians[0]), recovery=recovery)
    services.agree_recovery(by=lead, recovery=recovery)
    give = reverse("people:vault_contribute", args=[recovery.public_id])
    for custodian in (custodians[0], custodians[0], custodians[3]):
        browser(custodian).post(give)
        assert not opens(awa, incident, new)
    assert Contribution.objects.count() == 8
    browser(custodians[4]).post(give)
    assert opens(awa, incident, new)
    recovery.refresh_from_db()
    assert recovery.done_at is not None
    assert not Contribution.objects.exists()


def test_escrow_gives_only_regions_where_the_person_may_read(
    custodians: list[Account],
    awa: Account,
    opened: Opener,
    keeper: Account,
    lead: Account,
    oumar: Account,
    places: Places,
):
    opened()
    opened(by=oumar, place=places.kayes)
    forgotten(keeper, awa)
    recovery = Recovery.objects.get()
    services.agree_recovery(by=lead, recovery=recovery)
    for custodian in custodians[:3]:
        services.contribute(by=with_vault(custodian), recovery=recovery)
    held = RegionShare.objects.filter(account=awa.pk).values_list("region_key__region", flat=True)
    assert set(held) == {MOPTI}


def test_who_is_no_custodian_gives_nothing(
    custodians: list[Account], awa: Account, keeper: Account, lead: Account
):
    services.forget(by=keeper, account=awa, why="oublié")
    recovery = services.agree_recovery(by=lead, recovery=Recovery.objects.get())
    with pytest.raises(NotAllowed):
        services.contribute(by=with_vault(lead), recovery=recovery)
    assert browser(awa).post(reverse("people:vault_contribute", args=[recovery.public_id])).status_code == 302
    assert not Contribution.objects.exists()


def test_a_new_escrow_receives_the_keys_when_their_people_sign_in(
    awa: Account, opened: Opener, keeper: Account, lead: Account
):
    opened()
    five = [cast(f"custodian{number}", "coordinator") for number in range(1, 6)]
    made = services.set_up_escrow(by=keeper, custodians=five)
    services.agree_escrow(by=lead)
    keys = RegionKey.objects.values_list("escrow_key_id", flat=True)
    assert made.pk not in set(keys)
    services.settle(by=with_vault(awa))
    assert set(keys.all()) == {made.pk}
    assert EscrowKey.objects.current().count() == 1


# A file that moves


def test_a_file_moved_to_another_region_opens_there(
    incident: Incident, awa: Account, moussa: Account, places: Places, oumar: Account
):
    both = cast("both", "monitor", "evidence_group", regions=(MOPTI, KAYES))
    services.settle(by=with_vault(awa))
    assert not opens(oumar, incident)
    incidents.change_incident(incident=incident, by=with_vault(both), place=places.kayes, why="mieux situé")
    assert set(RecordKey.objects.values_list("region_key__region", flat=True)) == {KAYES}
    assert (opens(oumar, incident), opens(awa, incident)) == (True, False)
    victim = incident.victims.first()
    assert words(incident.perpetrators.exclude(name="").get(), "name", by=oumar) == ("Abou Untel",)
    assert victim is not None


def test_moved_without_an_open_vault_it_waits_for_one(
    incident: Incident, awa: Account, secretary: Account, places: Places, oumar: Account
):
    incidents.change_incident(incident=incident, by=secretary, place=places.kayes, why="mieux situé")
    assert not opens(oumar, incident)
    services.settle(by=with_vault(awa))
    assert opens(oumar, incident)


# The years


def test_a_new_year_seals_under_a_new_key_and_the_old_one_still_opens(
    incident: Incident, awa: Account, opened: Opener, monkeypatch: pytest.MonkeyPatch
):
    RegionKey.objects.update(year=timezone.localdate().year - 1)
    other = opened()
    assert list(RegionKey.objects.order_by("year").values_list("retired_at", flat=True)) == [None] * 4
    assert (opens(awa, incident), opens(awa, other)) == (True, True)


def test_a_key_of_a_person_says_nothing_without_her_password(awa: Account):
    own = UserKey.objects.get(account=awa.pk)
    assert services.begin(by=awa, password="faux") is None
    assert services.begin(by=awa, password=PASSWORD) not in bytes(own.private)
