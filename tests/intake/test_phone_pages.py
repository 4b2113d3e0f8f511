"""Pages and commands of phones: who keeps them, what the code tells, and what is done with records that wait."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sutura.alerts.models import Alert
from sutura.config.console import main
from sutura.intake.models import Phone, Submission
from sutura.intake.services.phones import Handed, create_phone
from sutura.people.models import Account
from sutura.vault.models import Opening
from tests.intake.phones import ALERT, Handset, record
from tests.people import KAYES, MOPTI, open_vault


def signed_in(account: Account) -> Client:
    """Somebody at the door of the pages."""
    client = Client()
    client.force_login(account)
    return client


def unpacked(code: str) -> Any:
    """What the code of a phone tells."""
    return json.loads(zlib.decompress(b64decode(code)))


def test_phones_are_for_whoever_keeps_them_in_their_region(
    handed: Handed, awa: Account, fatou: Account, binta: Account, secretary: Account
):
    there = create_phone(label="Kayes 1", region=KAYES, by=secretary).phone
    for reader in (awa, fatou):
        assert signed_in(reader).get(reverse("intake:phones")).status_code == 403
        assert signed_in(reader).post(reverse("intake:phone_new"), {"label": "x"}).status_code == 403
    mine = signed_in(binta)
    page = mine.get(reverse("intake:phones")).content.decode()
    assert ("Téléphone 3, Mopti" in page, "Kayes 1" in page) == (True, False)
    for name, ask in (("phone", mine.get), ("phone_revoke", mine.post)):
        assert ask(reverse(f"intake:{name}", args=[there.public_id])).status_code == 404
    assert mine.post(reverse("intake:phone_new"), {"label": "x", "region": KAYES}).status_code == 422
    assert mine.get(reverse("intake:questionnaire_new")).status_code == 403
    assert mine.post(reverse("intake:phone_revoke", args=[handed.phone.public_id])).status_code == 302
    assert Handset(handed.key).get("formList").status_code == 403


def test_a_phone_is_handed_to_whoever_may_send_and_to_nobody_who_may_send_more(
    handed: Handed,
    secretary: Account,
    keeper_of_trainings: Account,
    salimata: Account,
    lead: Account,
    machine: Account,
):
    client = signed_in(secretary)

    def give(name: str) -> Any:
        said = {"label": "GAPP 1", "region": MOPTI, "account": name}
        return client.post(reverse("intake:phone_new"), said)

    # A keeper of trainings sends no alert; whoever sends nothing has no phone; nobody gets rights by the way.
    told = {
        name: give(name) for name in ("keeper_of_trainings", "lead", "salimata", machine.username, "personne")
    }
    assert [answer.status_code for answer in told.values()] == [200, 422, 422, 422, 422]
    phone = Phone.objects.get(label="GAPP 1")
    assert (phone.account, phone.made_by) == (keeper_of_trainings, secretary)
    (key,) = re.findall(
        r"http://testserver/or/key/([\w-]{64})<", told["keeper_of_trainings"].content.decode()
    )
    listed = Handset(key).get("formList").content.decode()
    assert re.findall("<formID>(.*?)</formID>", listed) == ["sutura_sitting"]


def test_the_code_of_a_phone_is_shown_once_and_opens_its_list(handed: Handed, binta: Account):
    client = signed_in(binta)
    made = client.post(reverse("intake:phone_new"), {"label": " Djenné  2 ", "region": MOPTI})
    assert (made.status_code, "no-store" in made["Cache-Control"]) == (200, True)
    (key,) = re.findall(r"http://testserver/or/key/([\w-]{64})<", made.content.decode())
    assert Handset(key).get("formList").status_code == 200
    phone = Phone.objects.get(label="Djenné 2")
    page = client.get(reverse("intake:phone", args=[phone.public_id])).content.decode()
    assert (key in page, key in client.get(reverse("intake:phones")).content.decode()) == (False, False)
    assert (phone.account, phone.region) == (binta, MOPTI)


def test_commands_create_list_and_revoke(handed: Handed, capsys: pytest.CaptureFixture[str]):
    assert main(["phone", "create", "--label", "Bureau", "--region", "ml05", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    key = told["url"].rpartition("/")[2]
    assert told["url"] == f"http://localhost:8000/or/key/{key}"
    said = unpacked(told["qr"])
    assert (said["general"]["server_url"], said["general"]["delete_send"], said["general"]["analytics"]) == (
        told["url"], True, False
    )  # fmt: skip
    assert said["project"] == {"name": "Sutura · Bureau"}
    assert Handset(key).send(record()).status_code == 201
    assert main(["phone", "revoke", told["id"]]) == 0
    assert Handset(key).get("formList").status_code == 403
    assert main(["phone", "revoke", "personne"]) == 1
    assert main(["phone", "create", "--label", "x", "--region", "ML99"]) == 1


def test_a_record_that_waits_is_opened_for_a_reason_and_taken_over(
    handset: Handset, awa: Account, binta: Account, oumar: Account, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sutura.alerts.services._new_refs", lambda count: 1 / 0)
    assert handset.send(record()).status_code == 201
    monkeypatch.undo()
    (waits,) = Submission.objects.waiting()
    there = reverse("intake:submission", args=[waits.public_id])
    assert [signed_in(one).get(there).status_code for one in (awa, oumar)] == [403, 403]
    client = signed_in(binta)
    open_vault(client, binta)
    queue = client.get(reverse("intake:submissions")).content.decode()
    assert ("Une faute de Sutura." in queue, "attaquée" in queue) == (True, False)
    assert client.post(there, {"why": ""}).status_code == 422
    assert (client.post(there, {"why": "reprise"}).status_code, Alert.objects.count()) == (302, 1)
    assert Opening.objects.filter(reason="reprise").count() == 1
    assert Submission.objects.waiting().count() == 0
    assert client.post(there, {"why": "encore"}).status_code == 302
    assert Alert.objects.count() == 1


def test_a_record_is_set_aside_with_a_reason_and_stays(handset: Handset, binta: Account):
    handset.send(record({**ALERT, "types": "sexual_violence", "cercle": "ML9999"}))
    handset.send(record({**ALERT, "cercle": "ML9999"}))
    client = signed_in(binta)
    hushed, waits = Submission.objects.order_by("pk")
    page = client.get(reverse("intake:submissions")).content.decode()
    assert (str(hushed.public_id) in page, str(waits.public_id) in page) == (False, True)
    assert client.get(reverse("intake:submission", args=[hushed.public_id])).status_code == 404
    aside = reverse("intake:submission_aside", args=[waits.public_id])
    assert client.post(aside, {"why": "essai du formateur"}).status_code == 302
    assert client.post(aside, {"why": "encore"}).status_code == 422
    assert [one.public_id for one in Submission.objects.waiting()] == [hushed.public_id]
