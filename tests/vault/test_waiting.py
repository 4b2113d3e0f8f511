"""Nobody has signed in yet: what comes in is sealed all the same, and the first entitled person takes its key."""

from __future__ import annotations

import pytest

from sutura.access.errors import NotAllowed
from sutura.incidents.models import Incident
from sutura.people.models import Account
from sutura.vault import services
from sutura.vault.models import EscrowKey, RecordKey, RegionKey, UserKey
from sutura.vault.revealing import Gone, reveal
from sutura.vault.rules import RESTRICTED
from tests.incidents.conftest import Opener
from tests.people import with_vault

pytestmark = pytest.mark.django_db
SECRET = "Le récit des témoins."


@pytest.fixture
def written(opened: Opener, awa: Account) -> Incident:
    """An incident of Mopti, written before anybody had a key or a custodian."""
    for keys in (EscrowKey, UserKey):
        keys.objects.all().delete()
    return opened(by=awa, account_restricted=SECRET)


def test_whoever_is_not_entitled_does_not_take_it(written: Incident, oumar: Account, fatou: Account) -> None:
    kept = RegionKey.objects.get(region="ML05", right=RESTRICTED)
    assert kept.waiting is not None
    services.settle(by=with_vault(oumar))
    with pytest.raises(NotAllowed):
        services.settle(by=with_vault(fatou))
    with pytest.raises((Gone, NotAllowed)):
        reveal([Incident.objects.get()], by=with_vault(oumar), reason="essai")
    assert RegionKey.objects.get(region="ML05", right=RESTRICTED).waiting == kept.waiting


def test_the_first_who_may_read_takes_it_and_the_server_forgets(written: Incident, awa: Account) -> None:
    before = RegionKey.objects.get(region="ML05", right=RESTRICTED)
    reader = with_vault(awa)
    assert services.settle(by=reader).shared == 2
    found = Incident.objects.get()
    reveal([found], by=with_vault(awa), reason="essai")
    assert found.account_restricted == SECRET
    assert RegionKey.objects.filter(waiting__isnull=False).count() == 0
    # What the server could once open stands under another key now.
    assert RecordKey.objects.filter(region_key=before.pk).count() == 0


def test_a_lost_secret_of_the_server_opens_nothing(written: Incident, awa: Account, settings) -> None:
    from sutura.security.crypto import Refused

    settings.SECRET_KEY = "another"
    with pytest.raises(Refused):
        services.settle(by=with_vault(awa))
    assert RegionKey.objects.get(region="ML05", right=RESTRICTED).waiting is not None
