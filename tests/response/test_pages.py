"""The pages of dockets: refusals first, then a child from the arrest to the return."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.people.models import Account
from sutura.response.models import Docket, Step, TimeLimits
from tests.people import cast
from tests.response.conftest import Office, typed

HOME, COUNTS, NEW = reverse("response:home"), reverse("response:counts"), reverse("response:docket_new")
LIMITS, SITES = reverse("response:limits"), reverse("response:sites")


def text(answer: Any) -> str:
    """What a page says."""
    return answer.content.decode()


def browser(account: Account) -> Client:
    """The browser of somebody."""
    found = Client()
    found.force_login(account)
    return found


def addresses(docket: Docket) -> list[str]:
    """Every page that names a docket or a line of it."""
    step = docket.steps.first()
    assert step is not None
    return [
        docket.get_absolute_url(),
        reverse("response:docket_change", args=[docket.public_id]),
        reverse("response:step_new", args=[docket.public_id, "handover"]),
        *(
            reverse(f"response:{name}", args=[step.public_id])
            for name in ("correct", "take_back", "evidence_new")
        ),
    ]


def test_another_region_sees_nothing(office: Office):
    docket = office.met(60)
    kante = browser(office.kante)
    assert docket.ref not in text(kante.get(HOME, {"show": "all"}))
    assert docket.get_absolute_url() not in text(kante.get(HOME, {"code": docket.ref}))
    assert [kante.get(url).status_code for url in addresses(docket)] == [404] * 6
    assert docket.ref in text(browser(office.salimata).get(HOME))


def test_a_coordinator_counts_and_reads_nothing(office: Office, fatou: Account):
    for _number in range(6):
        docket = office.met(60)
    fatou_browser = browser(fatou)
    assert [fatou_browser.get(url).status_code for url in (HOME, NEW, LIMITS, SITES, *addresses(docket))] == [
        403
    ] * 10
    page = text(fatou_browser.get(COUNTS))
    assert "au moins 5" in page
    assert "moins de 5" in page
    assert docket.ref not in page
    assert str(docket.public_id) not in page


@pytest.mark.parametrize(("role", "tier"), [("monitor", ""), ("body_member", ""), ("response_officer", "S2")])
def test_whoever_may_not_read_dockets_is_refused(office: Office, role: str, tier: str):
    docket = office.met(60)
    account = cast("somebody", role)
    if tier:
        account.grants.update(tier=tier)
        account = Account.objects.get(pk=account.pk)
    assert [browser(account).get(url).status_code for url in (HOME, *addresses(docket))] == [403] * 7


def test_a_child_from_the_arrest_to_the_reasons_of_the_worklist(office: Office):
    salimata, met = browser(office.salimata), timezone.now() - timedelta(hours=71)
    given = {
        "sex": "girl", "age": "16", "age_basis": "family", "association": "alleged", "answer": "arrested",
        "actor": "gendarmerie", "place": "Mopti / Djenné", **typed(met),
    }  # fmt: skip
    wrong = salimata.post(NEW, given | {"place": "Nulle part"})
    assert wrong.status_code == 422
    assert "n’est pas un lieu unique du registre" in text(wrong)
    salimata.post(NEW, given)
    docket = Docket.objects.get()
    assert (docket.region, docket.stage, docket.next_due) == ("ML05", "met", "handover")
    page = text(salimata.get(HOME))
    assert docket.ref in page
    assert "aucune remise n’est notée, et la limite est de 48 heures" in page
    handover = reverse("response:step_new", args=[docket.public_id, "handover"])
    sent = {"answer": "well", "signed": "1", "actor": "social", **typed(timezone.now() - timedelta(hours=1))}
    assert salimata.post(handover, sent).status_code == 302
    shown = text(salimata.get(docket.get_absolute_url()))
    assert "hors de la limite" in shown
    assert "dire pourquoi la remise est venue tard" in shown.lower()
    step = Step.objects.get(kind="handover")
    correct = reverse("response:correct", args=[step.public_id])
    assert 'value="well"' in text(salimata.get(correct))
    salimata.post(correct, sent | {"late_reason": "insecurity", "why": "fact"})
    docket.refresh_from_db()
    assert (docket.stage, docket.next_due, docket.next_due_at) == ("handed_over", "", None)
    assert "avant\u202f:" in text(salimata.get(docket.get_absolute_url()))
    assert docket.ref not in text(salimata.get(HOME))


def test_a_time_without_its_day_is_refused_and_nothing_typed_is_lost(office: Office):
    docket, salimata = office.met(), browser(office.salimata)
    url = reverse("response:step_new", args=[docket.public_id, "visit"])
    answer = salimata.post(url, {"answer": "refused", "at": "14:00", "zone": "Africa/Niamey", "actor": "un"})
    assert answer.status_code == 422
    assert "Écrivez le jour, ou laissez l’heure vide" in text(answer)
    assert 'value="refused"' in text(answer)
    assert salimata.get(reverse("response:step_new", args=[docket.public_id, "nothing"])).status_code == 404


def test_limits_follow_one_another_and_name_their_sources(office: Office):
    nation = cast("nation", "response_officer")
    page = text(browser(office.salimata).get(LIMITS))
    assert "48 heures" in page
    assert "Nouvelles limites" not in page
    day = timezone.localdate() + timedelta(days=1)
    sent = {
        "valid_from": day.isoformat(), "handover_hours": "24", "handover_source": "Protocole, article inventé",
        "plan_hours": "72", "plan_source": "Règle", "months": "1 6", "months_source": "Règle", "confirm_days": "20",
        "confirm_source": "Règle",
    }  # fmt: skip
    new = reverse("response:limits_new")
    past = browser(nation).post(new, sent | {"valid_from": timezone.localdate().isoformat()})
    assert past.status_code == 422
    assert browser(nation).post(new, sent).status_code == 302
    assert list(TimeLimits.objects.values_list("version", "handover_hours")) == [(1, 48), (2, 24)]
    assert browser(office.salimata).post(new, sent).status_code == 422


def test_a_worklist_asks_few_questions_however_long_it_is(office: Office, django_assert_num_queries: Any):
    salimata = browser(office.salimata)
    office.met(60)
    salimata.get(HOME)
    for count in (1, 3):
        while Docket.objects.count() < count:
            office.met(60)
        with django_assert_num_queries(8):
            assert salimata.get(HOME).status_code == 200


def test_the_indicators_open_their_children_and_never_those_of_another_region(office: Office):
    late, held = office.met(200), office.met(3000, precision="day", moment=None)
    office.note(late, "handover", 100, answer="well", late_reason="age")
    office.note(held, "detention", 2990, answer="prison")
    salimata = browser(office.salimata)
    url = reverse("response:indicators")
    page = salimata.get(url).context
    assert (page["children"], page["encounters"]) == (2, 2)
    told = {str(row["url"]).split("/")[-2]: row for row in (*page["shares"], *page["lengths"])}
    assert (told["in_time"]["said"], told["in_time"]["yes"], told["in_time"]["asked"]) == ("0 %", 0, 2)
    assert (told["detained"]["said"], told["detained"]["unsure"]) == ("0 à 100 %", 1)
    assert told["handed_over"]["said"] == "4 jours"
    records = text(salimata.get(told["detained"]["url"]))
    assert held.ref in records
    assert late.ref not in records
    assert "pas sûr" in records
    assert salimata.get(url, {"ages": "0-11"}).context["encounters"] == 0
    assert salimata.get(url, {"until": "2020-01-01"}).context["encounters"] == 0
    assert salimata.get(reverse("response:indicator", args=["unknown"])).status_code == 404
    assert browser(office.kante).get(url).context["encounters"] == 0
    assert held.ref not in text(browser(office.kante).get(told["detained"]["url"]))
