"""What was written without a network: sealed on its device, here once, opened by its region, copied, then let go."""

from __future__ import annotations

import gzip
import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.alerts.models import Alert
from sutura.audit.models import Entry
from sutura.incidents.models import Incident
from sutura.intake.models import Envelope, Unpacking
from sutura.people.models import Account
from tests.intake.letters import SHEET, TYPED, letter
from tests.people import KAYES, MOPTI, cast, come_in, open_vault, words

SEND = reverse("intake:envelopes")
OPEN = reverse("intake:received_open")


@pytest.fixture
def group(registers: None) -> Account:
    """Focal point in Mopti, and in the group of sexual violence there."""
    return cast("nene", "regional_coordinator", "sexual_violence_group", regions=(MOPTI,))


def signed_in(person: Account) -> Client:
    """Her browser."""
    client = Client()
    client.force_login(person)
    return client


def send(by: Account, told: Any) -> Any:
    """The answer to one record."""
    return signed_in(by).post(SEND, told, content_type="application/json")


def opening(by: Account) -> Client:
    """Whoever takes over what waits."""
    client = signed_in(by)
    open_vault(client, by)
    return client


def test_who_may_not_write_or_read_is_refused(fatou: Account, awa: Account, registers: None) -> None:
    for name in ("offline", "offline_incident", "offline_worker", "envelopes", "received"):
        address = reverse(f"intake:{name}")
        assert Client().get(address).status_code == 302
        assert signed_in(fatou).get(address).status_code == 403
    assert send(fatou, letter(awa)).status_code == 403
    partner = cast("partner", "alert_partner", regions=(MOPTI,))
    assert signed_in(partner).get(reverse("intake:offline_incident")).status_code == 403
    assert signed_in(partner).post(OPEN).status_code == 403  # she writes, and does not triage
    assert send(partner, letter(awa, form="incident")).status_code == 409
    assert Envelope.objects.count() == 0


def test_a_record_is_here_once_and_nothing_takes_its_place(
    awa: Account, binta: Account, registers: None
) -> None:
    number = uuid4()
    told = letter(awa, number=number)
    assert [send(awa, told).status_code for _again in range(3)] == [201] * 3
    assert [send(awa, letter(awa, number=number)).status_code, send(binta, told).status_code] == [409, 409]
    assert list(Envelope.objects.values_list("public_id", "region", "sent_by")) == [(number, MOPTI, awa.pk)]
    assert send(awa, {**told, "id": str(uuid4())}).status_code == 409
    assert Envelope.objects.count() == 1  # its key has been used: it was sealed for another number


@pytest.mark.parametrize(
    "changed",
    [
        {"region": KAYES},  # sealed to another region than it names
        {"apart": True},  # nor may it change who reads it
        {"region_key": str(uuid4())},
        {"key": str(uuid4())},
        {"region": "ML99"},
        {"form": "incident"},  # sealed to who reads alerts
        {"form": "note"},
        {"content": "AQ=="},
        {"content": "A" * 100_001},
        {"box": "é"},
        {"written_at": 10**30},
        {"id": "x"},
    ],
)
def test_what_is_not_whole_is_refused_in_a_sentence(
    awa: Account, registers: None, changed: dict[str, Any]
) -> None:
    answer = send(awa, {**letter(awa), **changed})
    assert (answer.status_code, list(answer.json())) == (409, ["fault"])
    assert Envelope.objects.count() == 0
    assert [send(awa, told).status_code for told in ("[]", "nothing", {})] == [409] * 3


def test_its_region_opens_it_and_the_alert_is_its_senders(
    awa: Account, binta: Account, group: Account, registers: None
) -> None:
    """Sexual violence waits for the group; “yesterday” is that of the day it was written, weeks ago."""
    send(awa, letter(awa, written="2026-10-05T23:30:00+00:00"))
    send(awa, letter(awa, apart=True, types=["sexual_violence"]))
    hawa = cast("hawa", "regional_coordinator", regions=(KAYES,))
    assert len(signed_in(hawa).get(reverse("intake:received")).context["rows"]) == 0
    assert opening(hawa).post(OPEN).status_code == 302
    page = signed_in(binta).get(reverse("intake:received"))
    assert [row.apart for row in page.context["rows"]] == [False]
    assert signed_in(binta).post(OPEN).status_code == 302  # her vault is closed
    assert Alert.objects.count() == 0
    opening(binta).post(OPEN)
    opening(binta).post(OPEN)
    alert = Alert.objects.get()
    first = Envelope.objects.first()
    assert first is not None
    assert (alert.happened_on, alert.received_by, alert.received_at) == (
        date(2026, 10, 4),
        awa,
        first.received_at,
    )
    assert (alert.abduction, alert.boys, alert.region) == (True, 2, MOPTI)
    opening(group).post(OPEN)
    assert list(Unpacking.objects.values_list("became", "by__username")) == [
        ("made", "binta"),
        ("made", "nene"),
    ]
    reasons = Entry.objects.filter(act="vault.reveal").values_list("actor", flat=True)
    assert list(reasons.order_by("id")) == ["binta", "nene"]


def test_what_does_not_pass_the_form_waits_with_its_fields(
    awa: Account, binta: Account, registers: None
) -> None:
    send(awa, letter(awa, when=["other"], happened_on=["2099-01-01"]))
    client = opening(binta)
    client.post(OPEN)
    assert Alert.objects.count() == 0
    row = client.get(reverse("intake:received")).context["rows"][0]
    assert [(line.became, line.fields) for line in row.unpackings.all()] == [("waits", "happened_on")]


def test_an_incident_is_opened_by_who_reads_its_accounts_and_is_its_senders(
    awa: Account, binta: Account, secretary: Account, oumar: Account, group: Account, registers: None
) -> None:
    """The secretariat triages alerts and reads no restricted account: what is sealed to it she does not even see."""
    assert [send(awa, letter(awa, form="incident")).status_code] == [201]
    told = {"types": ["sexual_violence"], "title": ["À part (inventé)"]}
    told |= {name: [] for name in SHEET if "-" in name}
    send(awa, letter(awa, form="incident", apart=True, **told))
    for reader in (secretary, oumar):
        client = opening(reader)
        assert len(client.get(reverse("intake:received")).context["rows"]) == 0
        client.post(OPEN)
    assert (Incident.objects.count(), Unpacking.objects.count()) == (0, 0)
    opening(awa).post(OPEN)  # what she wrote herself
    opening(awa).post(OPEN)
    incident = Incident.objects.get()
    assert (incident.opened_by, incident.region, incident.occurred_on) == (awa, MOPTI, date(2026, 10, 5))
    assert words(incident, "account_restricted", by=binta) == ("Un père raconte. Récit inventé.",)
    violations = incident.violations.order_by("type").values_list("type", "boys", "party_label")
    assert list(violations) == [("abduction", 3, "JNIM"), ("killing", 1, "unidentified")]
    asked = ("kind", "sex", "age", "boys")
    victims = list(incident.victims.order_by("pk").values_list(*asked))
    assert victims == [("individual", "boy", 9, 0), ("group", "unknown", None, 2)]
    assert incident.victims.exclude(child=None).count() == 1  # a new code was asked for
    (source,) = incident.sources.all()
    assert source.links.count() == 2
    line = Unpacking.objects.get()
    assert (line.became, line.made, line.by) == ("made", incident.ref, awa)
    opening(group).post(OPEN)
    second = Incident.objects.get(title="À part (inventé)")
    assert [one.boys for one in second.violations.all()] == [3]  # a single one takes the numbers


def test_an_incident_of_a_region_which_is_not_hers_waits(
    awa: Account, oumar: Account, binta: Account, registers: None
) -> None:
    send(oumar, letter(oumar, form="incident"))  # of Kayes, and writes of Mopti
    send(awa, letter(awa, form="incident", **{"victims-0-age": ["x"], "place": ["Nulle part"]}))
    client = opening(binta)
    client.post(OPEN)
    client.post(OPEN)
    assert Incident.objects.count() == 0
    rows = client.get(reverse("intake:received")).context["rows"]
    assert [row.faults for row in rows] == ["Région", "Victime 1 · Âge au moment des faits"]
    assert Unpacking.objects.count() == 2  # the same reason is noted once


def test_what_waits_is_read_for_a_reason_completed_or_set_aside(
    awa: Account, binta: Account, oumar: Account, registers: None
) -> None:
    future = ["2099-01-01"]
    send(awa, letter(awa, told=["Lu ici seulement, inventé."], when=["other"], happened_on=future))
    send(awa, letter(awa, form="incident", occurred_on=future))
    send(awa, letter(awa))
    alert, incident, third = Envelope.objects.order_by("pk")
    client = opening(binta)
    come_in(client)
    page = reverse("intake:envelope", args=[alert.public_id])
    assert [signed_in(who).get(page).status_code for who in (awa, oumar)] == [404, 404]
    assert "inventé" not in client.get(page).content.decode()
    assert client.post(page, {"why": ""}).status_code == 422
    shown = client.post(page, {"why": "Le jour est faux"})
    assert "Lu ici seulement, inventé." in shown.content.decode()
    assert Entry.objects.filter(act="vault.reveal", actor="binta").count() == 1
    complete = reverse("intake:envelope_complete", args=[alert.public_id])
    typed = {**TYPED, "when": "other", "happened_on": "2099-01-01", "told": "Corrigé, inventé."}
    assert client.post(complete, typed).status_code == 422
    for _twice in range(2):
        assert client.post(complete, typed | {"happened_on": "2026-10-04"}).status_code == 302
    made = Alert.objects.get()
    assert (made.happened_on, made.received_by) == (date(2026, 10, 4), binta)
    assert made.received_at == alert.received_at
    # The incident: its sheet comes back with every row, and empty ones to add to.
    sheet = client.post(reverse("intake:envelope", args=[incident.public_id]), {"why": "Le jour est faux"})
    names = set(re.findall(r'name="([\w-]+)"', sheet.content.decode()))
    assert {"victims-4-boys", "victims-6-sex", "sources-3-category"} <= names
    complete = reverse("intake:envelope_complete", args=[incident.public_id])
    assert client.post(complete, SHEET).status_code == 302
    kept = Incident.objects.get()
    assert (kept.opened_by, kept.victims.count()) == (binta, 2)
    aside = reverse("intake:envelope_aside", args=[third.public_id])
    assert client.post(aside, {"why": " "}).status_code == 422
    assert client.post(aside, {"why": "Essai de l’appareil"}).status_code == 302
    assert client.post(aside, {"why": "Encore"}).status_code == 422
    lines = Unpacking.objects.order_by("pk").values_list("became", "reason")
    assert list(lines) == [("made", ""), ("made", ""), ("aside", "Essai de l’appareil")]
    assert client.get(reverse("intake:received")).context["count"] == 0
    assert Envelope.objects.count() == 3  # and all three lie there as they came


def test_a_record_is_said_to_be_copied_when_a_backup_holds_it(
    awa: Account, binta: Account, registers: None
) -> None:
    sent = letter(awa)
    send(awa, sent)

    def known(by: Account) -> Any:
        return signed_in(by).get(SEND, {"id": [sent["id"], str(uuid4()), "x"]}).json()["known"]

    def backup(moment: Any) -> None:
        Entry.objects.create(actor="backup", act="backup.take", subject=f"sutura-{moment:%Y%m%dT%H%M%SZ}.age")

    assert known(awa) == {sent["id"]: "received"}
    backup(timezone.now() - timedelta(seconds=5))  # begun before it came
    assert known(awa) == {sent["id"]: "received"}
    backup(timezone.now() + timedelta(seconds=5))
    assert (known(awa), known(binta)) == ({sent["id"]: "copied"}, {})


def test_the_page_holds_every_place_and_tells_of_nobody(awa: Account, registers: None) -> None:
    page = signed_in(awa).get(reverse("intake:offline"))
    shown = page.content.decode()
    assert not re.search(r"\bAwa\b", shown)  # a word: the letters alone may come up in a public key
    assert "csrfmiddlewaretoken" not in shown
    assert shown.count("<option") > 700
    sheet = signed_in(awa).get(reverse("intake:offline_incident")).content
    assert not re.search(r"\bAwa\b", sheet.decode())
    assert [len(gzip.compress(each)) < 20_000 for each in (page.content, sheet)] == [True, True]
    worker = signed_in(awa).get(reverse("intake:offline_worker"))
    assert (worker["Service-Worker-Allowed"], worker["Content-Type"]) == ("/", "text/javascript")
