"""A docket goes to another region: who may, what stays on record, and whose files open afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.mhpss.models import Service
from sutura.response.models import Move, Referral
from sutura.response.services.evidence import keep_evidence
from sutura.response.services.moving import move_docket
from sutura.vault.models import RecordKey
from tests.people import KAYES, MOPTI, cast, come_in, open_vault
from tests.photographs import photograph
from tests.response.conftest import Office
from tests.response.test_pages import browser, text
from tests.response.test_referrals import referred


def opens(client: Client, account: Any, url: str) -> int:
    """How a sealed file answers somebody with her vault open."""
    client.force_login(account)
    come_in(client)
    open_vault(client, account)
    return client.post(url, {"why": "préparer la remise (inventé)"}).status_code


def test_only_who_keeps_both_regions_moves_a_docket(office: Office):
    docket = office.met()
    for by in (office.salimata, office.kante, cast("fatima", "coordinator")):
        with pytest.raises(NotAllowed):
            move_docket(docket=docket, region=KAYES, why="family", by=by)
    url = reverse("response:docket_move", args=[docket.public_id])
    assert browser(office.kante).get(url).status_code == 404
    assert browser(office.salimata).post(url, {"region": KAYES, "why": "family"}).status_code == 422
    assert not Move.objects.exists()
    nation = cast("nation", "response_officer")
    with pytest.raises(Invalid):
        move_docket(docket=docket, region=MOPTI, why="family", by=nation)


def test_a_docket_that_moves_takes_its_files_along_and_leaves_the_first_region(
    office: Office, settings: Any, tmp_path: Any
):
    settings.MEDIA_ROOT = tmp_path
    docket, nation, client = office.met(), cast("nation", "response_officer"), Client()
    kept = keep_evidence(
        step=docket.steps.get(),
        paper="handover",
        file=ContentFile(photograph(), name="Nom.jpg"),
        by=office.salimata,
    )
    file, url = reverse("response:evidence", args=[kept.public_id]), docket.get_absolute_url()
    assert (opens(client, office.salimata, file), opens(Client(), office.kante, file)) == (200, 404)
    client.force_login(nation)
    come_in(client)
    open_vault(client, nation)
    move = reverse("response:docket_move", args=[docket.public_id])
    assert client.post(move, {"region": KAYES, "why": "family"}).status_code == 302
    page = text(client.get(url))
    assert "Mopti → Kayes" in page
    assert "la famille y vit" in page
    assert browser(office.salimata).get(url).status_code == 404
    assert docket.ref in text(browser(office.kante).get(url))
    assert {key.region for key in RecordKey.objects.filter(kind="response.evidence")} == {KAYES}
    assert (opens(Client(), office.salimata, file), opens(Client(), office.kante, file)) == (404, 200)
    assert Entry.objects.filter(act="response.move_docket", fields="family", actor="nation").count() == 1


def test_referrals_move_with_their_docket(office: Office, service: Service):
    nation = cast("nation", "response_officer")
    referral = referred(office, service)
    move_docket(docket=referral.docket, region=KAYES, why="family", by=nation)
    referral.refresh_from_db()
    assert (referral.region, referral.history.first().region) == (KAYES, KAYES)
    seen = [Referral.objects.visible_to(each).count() for each in (office.salimata, office.kante, nation)]
    assert seen == [0, 1, 1]
    assert browser(office.salimata).get(referral.get_absolute_url()).status_code == 404
    assert referral.ref in text(browser(office.kante).get(referral.get_absolute_url()))
