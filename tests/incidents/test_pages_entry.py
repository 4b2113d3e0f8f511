"""Opening an incident: refused first, then from the first step, or from an alert."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.alerts.models import Alert
from sutura.alerts.services import receive
from sutura.incidents.models import Incident, Violation
from sutura.incidents.steps import LISTED
from sutura.people.models import Account
from sutura.vault.models import Opening
from tests.incidents.conftest import DAY, Places
from tests.people import cast, open_vault, words

Visit = Callable[[Account], Client]
NEW = "/incidents/new/"
WHAT = {
    "title": "Mine sur une piste", "types": ["killing", "maiming"], "when": "day", "occurred_on": "2025-02-10",
    "region": "ML05", "locality": "Sur la piste", "boys": "2", "girls": "1", "total": "3",
}  # fmt: skip
# What the browser sends back for questions which nobody answered.
UNTOLD = {"consent_reporting": "", "consent_sharing": "", "consent_contact": "", "needs_services": ""}


@pytest.fixture
def visit(client: Client) -> Visit:
    """The browser of an account."""

    def visiting(account: Account) -> Client:
        client.force_login(account)
        return client

    return visiting


@pytest.fixture
def alert(places: Places, awa: Account) -> Alert:
    """An alert of Mopti, told by Awa."""
    day = timezone.localdate() - timedelta(days=3)
    return receive(
        by=awa, types=["killing"], place=places.mopti, boys=2, told="Deux tirs près du puits.", happened_on=day,
        party_type="unidentified", source_category="witness", access="green", consent_known="yes",
    )  # fmt: skip


def step(incident: Incident, name: str, record: Any = None) -> str:
    if record is None:
        return reverse("incidents:step", args=[incident.public_id, name])
    return reverse("incidents:part", args=[incident.public_id, name, record.public_id])


def check(incident: Incident) -> str:
    return reverse("incidents:check", args=[incident.public_id])


def first(incident: Incident) -> Violation:
    return incident.violations.order_by("pk")[0]


# Refusals


def test_who_may_not_document_opens_nothing(
    places: Places, alert: Alert, visit: Visit, fatou: Account, moussa: Account
) -> None:
    from_alert = reverse("incidents:open_from_alert", args=[alert.public_id])
    for who in (fatou, moussa):
        browser = visit(who)
        answers = [
            browser.get(NEW),
            browser.post(NEW, WHAT),
            browser.get(from_alert),
            browser.post(from_alert, WHAT),
        ]
        assert [answer.status_code for answer in answers] == [403] * 4
    assert Incident.objects.count() == 0


def test_another_region_neither_sees_nor_writes_a_step(
    incident: Incident, visit: Visit, oumar: Account
) -> None:
    browser = visit(oumar)
    victim, before = incident.victims.first(), Incident.history.count()
    addresses = [step(incident, each.name) for each in LISTED]
    addresses += [
        step(incident, "details", first(incident)),
        step(incident, "victims", victim),
        check(incident),
    ]
    assert [browser.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert [browser.post(address, WHAT).status_code for address in addresses] == [404] * len(addresses)
    assert Incident.history.count() == before


def test_who_documents_elsewhere_reads_but_does_not_write(incident: Incident, visit: Visit, db: None) -> None:
    from sutura.people import services as people

    reader = cast("reader", "ctfmr_principal")
    today = timezone.localdate()
    people.give_grant(
        by=people.machine("tests"), account=reader, role="monitor", regions=("ML01",), everywhere=False,
        purpose="test", starts_on=today, ends_on=today + timedelta(days=9),
    )  # fmt: skip
    browser = visit(Account.objects.get(pk=reader.pk))
    assert browser.get(reverse("incidents:detail", args=[incident.public_id])).status_code == 200
    assert browser.get(step(incident, "violations")).status_code == 403
    assert browser.post(step(incident, "violations"), {"type": "abduction"}).status_code == 403
    assert incident.violations.count() == 3


def test_an_alert_of_another_region_cannot_be_opened(alert: Alert, visit: Visit, oumar: Account) -> None:
    address = reverse("incidents:open_from_alert", args=[alert.public_id])
    assert visit(oumar).get(address).status_code == 404
    assert visit(oumar).post(address, WHAT | {"region": "ML01"}).status_code == 404
    assert Incident.objects.count() == 0


def test_nobody_opens_an_incident_in_a_region_not_hers(places: Places, visit: Visit, oumar: Account) -> None:
    answer = visit(oumar).post(NEW, WHAT)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["region"])
    assert Incident.objects.count() == 0


@pytest.mark.parametrize("name", ["nothing", "details", "fate"])
def test_a_step_which_is_none_is_not_found(name: str, incident: Incident, visit: Visit, awa: Account) -> None:
    assert visit(awa).get(step(incident, name)).status_code == 404


def test_identifying_questions_are_not_asked_of_who_may_not_read_them(
    incident: Incident, visit: Visit, secretary: Account, awa: Account
) -> None:
    browser = visit(secretary)
    source, perpetrator = incident.sources.first(), incident.perpetrators.exclude(name="").first()
    pages = [
        step(incident, "accounts"),
        step(incident, "sources", source),
        step(incident, "perpetrators", perpetrator),
    ]
    shown = " ".join(browser.get(address).content.decode() for address in pages)
    asked = [f'name="{name}"' for name in ("account_restricted", "description", "name", "reliability_reason")]
    assert [name in shown for name in asked] == [False] * 4
    assert ["Une voisine" in shown, "Abou Untel" in shown] == [False, False]
    browser.post(step(incident, "accounts"), {"account_shareable": "Des enfants touchés."})
    assert words(incident, "account_restricted", "account_shareable", by=awa) == (
        "Le récit des témoins.", "Des enfants touchés.",
    )  # fmt: skip


# What, when, where


def test_the_first_step_opens_the_incident_with_its_violations(
    places: Places, visit: Visit, awa: Account
) -> None:
    answer = visit(awa).post(NEW, WHAT)
    incident = Incident.objects.get()
    assert answer["Location"] == step(incident, "violations")
    assert (incident.title, incident.occurred_on, incident.region) == ("Mine sur une piste", DAY, "ML05")
    assert (incident.boys, incident.girls, incident.unknown, incident.opened_by) == (2, 1, 0, awa)
    assert [(one.type, one.total) for one in incident.violations.all()] == [("killing", 0), ("maiming", 0)]


def test_a_single_violation_takes_the_numbers(places: Places, visit: Visit, awa: Account) -> None:
    visit(awa).post(NEW, WHAT | {"types": ["killing"]})
    assert [(one.boys, one.girls) for one in Violation.objects.all()] == [(2, 1)]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"when": "day", "occurred_to": "2025-02-12"}, (None, False)),
        ({"when": "range", "occurred_to": "2025-02-12"}, (date(2025, 2, 12), False)),
        ({"when": "ongoing"}, (None, True)),
    ],
)
def test_a_day_a_range_or_still_going_on(
    told: dict, kept: tuple, places: Places, visit: Visit, awa: Account
) -> None:
    visit(awa).post(NEW, WHAT | told | {"date_estimated": "on"})
    incident = Incident.objects.get()
    assert (incident.occurred_to, incident.open_ended, incident.date_estimated) == (*kept, True)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"types": []}, "types"),
        ({"title": ""}, "title"),
        ({"occurred_on": ""}, "occurred_on"),
        ({"occurred_on": "2999-01-01"}, "occurred_on"),
        ({"when": "range"}, "occurred_to"),
        ({"when": "range", "occurred_to": "2025-02-01"}, "occurred_to"),
        ({"total": "4"}, "total"),
        ({"boys": "-1"}, "boys"),
        ({"latitude": "14.5"}, "latitude"),
        ({"latitude": "114.5", "longitude": "1"}, "latitude"),
    ],
)
def test_a_mistake_is_one_sentence_at_its_field_and_nothing_typed_is_lost(
    wrong: dict, field: str, places: Places, visit: Visit, awa: Account
) -> None:
    answer = visit(awa).post(NEW, WHAT | {"date_notes": "À garder."} | wrong)
    form = answer.context["form"]
    assert (answer.status_code, field in form.errors) == (422, True)
    assert len(form.errors[field]) == 1
    assert form["date_notes"].value() == "À garder."
    assert Incident.objects.count() == 0


def test_the_communes_come_by_a_button_and_nothing_is_lost(
    places: Places, visit: Visit, awa: Account
) -> None:
    answer = visit(awa).post(NEW, WHAT | {"show_places": "1"})
    form = answer.context["form"]
    assert (answer.status_code, Incident.objects.count()) == (200, 0)
    assert (form["title"].value(), form["types"].value()) == (WHAT["title"], WHAT["types"])


# From an alert


def test_an_incident_is_opened_from_an_alert_which_then_points_to_it(
    alert: Alert, visit: Visit, awa: Account
) -> None:
    browser = visit(awa)
    address = reverse("incidents:open_from_alert", args=[alert.public_id])
    assert browser.get(address)["Location"].startswith(reverse("people:vault"))
    open_vault(browser, awa)
    form = browser.get(address).context["form"]
    told = {name: form[name].value() for name in ("types", "occurred_on", "region", "boys", "title")}
    assert told == {
        "types": ["killing"], "occurred_on": alert.happened_on, "region": "ML05", "boys": 2, "title": "Meurtre – Mopti",
    }  # fmt: skip
    sent = {**told, "occurred_on": told["occurred_on"].isoformat(), "when": "day"}
    browser.post(address, sent)
    incident = Incident.objects.get()
    alert.refresh_from_db()
    assert (alert.state, alert.incident_ref) == ("incident", incident.ref)
    assert words(incident, "alert", "account_restricted", by=awa) == (alert, "Deux tirs près du puits.")
    opening = Opening.objects.get()
    assert (opening.file, opening.account, opening.fields) == (str(alert.public_id), awa.pk, "alert.told")
    assert first(incident).boys == 2


def test_an_alert_already_decided_opens_no_second_incident(alert: Alert, visit: Visit, awa: Account) -> None:
    browser = visit(awa)
    address = reverse("incidents:open_from_alert", args=[alert.public_id])
    shut = browser.post(address, WHAT)
    assert (shut.status_code, shut.context["form"]["title"].value()) == (422, WHAT["title"])
    open_vault(browser, awa)
    assert browser.post(address, WHAT).status_code == 302
    answer = browser.post(address, WHAT)
    assert (answer.status_code, Incident.objects.count()) == (422, 1)
    assert len(answer.context["form"].non_field_errors()) == 1
