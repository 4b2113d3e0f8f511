"""What tells of sexual violence is sealed to named persons: the rest of the region holds no key that opens it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sutura.access.errors import NotAllowed
from sutura.incidents import services as incidents
from sutura.incidents.models import Incident
from sutura.incidents.parts import PerpetratorPart, SourcePart, ViolationPart
from sutura.people.models import Account
from sutura.security.sealed import held
from sutura.vault import services
from sutura.vault.models import RecordKey, RegionKey, RegionShare
from sutura.vault.revealing import Gone, reveal, unsealed
from sutura.vault.rules import EVIDENCE, NAMED, RESTRICTED
from tests.incidents.conftest import Opener
from tests.people import MOPTI, cast, open_vault, with_vault

SECRET = "Le récit des témoins."
TOLD = ViolationPart(type="sexual_violence", key="s", girls=1)


@pytest.fixture
def member(db: None) -> Account:
    """A monitor of Mopti, named to its group."""
    return cast("member", "monitor", "sexual_violence_group", regions=(MOPTI,))


@pytest.fixture
def apart(opened: Opener, member: Account, awa: Account) -> Incident:
    """Sexual violence, and a killing elsewhere in the region, so that Awa holds its common key."""
    opened()
    parts = {
        "perpetrators": (PerpetratorPart(violations=("s",), more={"name": "Abou Untel"}),),
        "sources": (
            SourcePart(violations=("s",), category="primary_witness", more={"description": "Une voisine"}),
        ),
    }
    return opened(by=member, violations=(TOLD,), victims=(), **parts)


def keys_of(incident: Incident) -> set[str]:
    """The rights whose keys open the parts of an incident."""
    names = [str(one.public_id) for one in (incident, *incident.sources.all(), *incident.perpetrators.all())]
    return set(RecordKey.objects.filter(record__in=names).values_list("region_key__right", flat=True))


def test_who_is_not_named_holds_no_key_even_with_the_database_in_hand(apart: Incident, awa: Account):
    services.settle(by=with_vault(awa))
    shares = RegionShare.objects.filter(account=awa.pk).values_list("region_key__right", flat=True)
    assert set(shares) == {RESTRICTED, EVIDENCE}
    assert keys_of(apart) == {NAMED}
    for record in (apart, apart.sources.get(), apart.perpetrators.get()):
        kept = type(record)._default_manager.get(pk=record.pk)
        assert held([kept])
        with pytest.raises(Gone):
            unsealed([kept], with_vault(awa).vault)  # type: ignore[attr-defined]
    with pytest.raises(NotAllowed):
        reveal([Incident.objects.get(pk=apart.pk)], by=with_vault(awa), reason="curieuse")


def test_who_is_named_opens_it_and_the_page_says_for_whom_it_is(apart: Incident, member: Account):
    client = Client()
    client.force_login(member)
    open_vault(client, member)
    page = client.get(reverse("incidents:detail", args=[apart.public_id])).content.decode()
    assert "Member. Cela s’ouvre sur le serveur" in page
    opened = client.post(reverse("incidents:open", args=[apart.public_id]), {"why": "suivi"}).content.decode()
    assert [word for word in (SECRET, "Abou Untel", "Une voisine") if word not in opened] == []


@pytest.mark.parametrize("how", ["added", "changed"])
def test_a_file_that_turns_out_to_tell_of_it_leaves_the_common_key(
    opened: Opener, member: Account, awa: Account, how: str
):
    incident = opened()
    assert keys_of(incident) == {RESTRICTED, EVIDENCE}
    if how == "added":
        incidents.add_violation(incident=incident, part=TOLD, by=with_vault(awa))
    else:
        killing = incident.violations.get(type="attack_school")
        incidents.change_violation(violation=killing, by=with_vault(awa), type="sexual_violence", girls=1)
    assert keys_of(incident) == {NAMED}
    with pytest.raises(Gone):
        unsealed([Incident.objects.get(pk=incident.pk)], with_vault(awa).vault)  # type: ignore[attr-defined]
    kept = Incident.objects.get(pk=incident.pk)
    reveal([kept], by=with_vault(member), reason="suivi")
    assert kept.account_restricted == SECRET


def test_who_leaves_the_group_keeps_the_common_key_alone(apart: Incident, member: Account, keeper: Account):
    from sutura.people import services as people

    group = member.grants.get(role="sexual_violence_group")
    people.withdraw_grant(by=keeper, grant=group, why="mutée")
    held_now = RegionShare.objects.filter(account=member.pk).values_list("region_key__right", flat=True)
    assert set(held_now) <= {RESTRICTED}
    assert RegionKey.objects.get(right=NAMED).retired_at is not None
