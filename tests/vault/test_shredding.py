"""Two people shred what is sealed in a file, with the words of the alert it came from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from sutura.alerts.models import Alert
from sutura.alerts.services import receive
from sutura.incidents import services as incidents
from sutura.incidents.models import Incident
from sutura.people.models import Account
from sutura.vault.models import Shredding
from sutura.vault.revealing import Gone, reveal
from tests.incidents.conftest import DAY, Opener, Places
from tests.people import MOPTI, cast, with_vault, words
from tests.vault.test_lives import SECRET, browser, opens


def shredding(account: Account, incident: Incident, name: str) -> Any:
    """By the page."""
    return browser(account).post(reverse(f"incidents:{name}", args=[incident.public_id]), {"why": "retrait"})


def test_a_monitor_shreds_nothing(incident: Incident, awa: Account):
    assert shredding(awa, incident, "shred").status_code == 403


def test_two_people_shred_and_the_words_are_gone_from_every_version(
    binta: Account, opened: Opener, awa: Account
):
    incident, other = opened(), opened()
    incidents.change_incident(incident=incident, by=awa, account_restricted="Autre récit.")
    second = cast("second", "regional_coordinator", regions=(MOPTI,))
    assert shredding(binta, incident, "shred_agree").status_code == 422
    assert shredding(binta, incident, "shred").status_code == 302
    assert shredding(binta, incident, "shred_agree").status_code == 422
    assert opens(awa, other)
    assert shredding(second, incident, "shred_agree").status_code == 302
    done = Shredding.objects.get()
    assert done.gone_on == timezone.localdate() + timedelta(days=30)
    assert done.keys > 3
    for version in incident.history.all():
        with pytest.raises(Gone):
            reveal([version.instance], by=with_vault(awa), reason="essai")
    assert not opens(awa, incident)
    assert opens(awa, other)
    page = browser(awa).get(reverse("incidents:detail", args=[incident.public_id])).content.decode()
    assert "disparu" in page


def test_the_words_of_its_alert_go_with_a_file(binta: Account, opened: Opener, places: Places, awa: Account):
    told = {"by": awa, "place": places.mopti, "types": ["killing"], "told": SECRET, "happened_on": DAY}
    coded = {"party_type": "unidentified", "source_category": "witness", "access": "green"}
    alert, other = receive(**told, **coded), receive(**told, **coded)
    incident = opened(alert=alert)
    second = cast("second", "regional_coordinator", regions=(MOPTI,))
    shredding(binta, incident, "shred")
    assert words(alert, "told", by=awa) == (SECRET,)
    shredding(second, incident, "shred_agree")
    with pytest.raises(Gone):
        reveal([Alert.objects.get(pk=alert.pk)], by=with_vault(awa), reason="essai")
    assert words(other, "told", by=awa) == (SECRET,)
