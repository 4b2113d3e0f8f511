"""Referrals: what may leave, on whose consent, and what becomes of it; refusals first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sutura.access.errors import Invalid, NotAllowed
from sutura.mhpss.models import Service
from sutura.parties.models import Party
from sutura.parties.services import load_register as load_parties
from sutura.people.models import Account
from sutura.response.choices import Need
from sutura.response.models import Docket, Referral
from sutura.response.pages.referrals import LABELS
from sutura.response.rules import referrals as rules
from sutura.response.rules.referrals import OWN_CONSENT, POLICY, Agreed
from sutura.response.services.referrals import answer_by_link, refer, withdraw_consent
from sutura.response.tokens import token_of
from tests.response.conftest import Office, serving
from tests.response.test_pages import browser, text

TODAY = date(2026, 6, 1)
fields = st.sampled_from(sorted({*LABELS, "name", "phone", "village", "story"}))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(
    st.dictionaries(st.sampled_from(Need.values), st.frozensets(fields)), st.dictionaries(fields, st.text()),
    st.sampled_from(Need.values), st.integers(1, 3), st.builds(Agreed, st.integers(1, 3), st.booleans(), days, days,
    st.booleans(), st.booleans()), days,
)  # fmt: skip
def test_no_packet_holds_a_field_outside_its_row(policy, record, need, receiver, agreed, today):
    told = rules.packet(record, need, receiver=receiver, agreed=agreed, today=today, policy=policy)
    assert told.keys() <= policy.get(need, frozenset())
    if not agreed.association or agreed.receiver != receiver:
        assert not told.keys() & OWN_CONSENT
        assert need != Need.REINTEGRATION or told == {}
    if (
        agreed.withdrawn
        or not agreed.covered
        or agreed.receiver != receiver
        or not agreed.given_on <= today <= agreed.expires_on
    ):
        assert told == {}


def test_the_policy_names_every_need_and_no_field_without_a_label():
    assert set(POLICY) == set(Need.values)
    assert set().union(*POLICY.values()) == set(LABELS)


def referred(office: Office, service: Service, docket: Docket | None = None, **said: Any) -> Referral:
    """A child sent to a service."""
    today = timezone.localdate()
    given: dict[str, Any] = {
        "need": "psychosocial", "urgency": "72", "given_by": "both", "given_on": today,
        "expires_on": today + timedelta(days=30), "by": office.salimata,
    }  # fmt: skip
    return refer(docket=docket or office.met(), service=service, **(given | said))


def link(referral: Referral) -> str:
    """The address that its receiver holds."""
    return reverse("response:referral_link", args=[token_of(referral)])


def test_the_list_asks_few_questions(office: Office, service: Service, django_assert_num_queries: Any):
    referred(office, service)
    salimata = browser(office.salimata)
    salimata.get(reverse("response:referrals"))
    with django_assert_num_queries(7):
        assert len(salimata.get(reverse("response:referrals")).context["rows"]) == 1


def test_another_region_and_whoever_counts_see_no_referral(office: Office, service: Service, fatou: Account):
    found = referred(office, service)
    pages = [found.get_absolute_url(), reverse("response:referral_new", args=[found.docket.public_id])]
    assert [browser(office.kante).get(url).status_code for url in pages] == [404, 404]
    assert found.ref not in text(browser(office.kante).get(reverse("response:referrals")))
    assert [browser(fatou).get(url).status_code for url in (*pages, reverse("response:referrals"))] == [
        403
    ] * 3
    with pytest.raises(NotAllowed):
        referred(office, service, found.docket, by=office.kante)
    with pytest.raises(NotAllowed):
        withdraw_consent(consent=found.consent, by=office.kante)
    assert Client().get(link(found)[:-2] + "x/").status_code == 404


def test_a_service_that_does_not_fit_or_a_consent_that_ended_is_refused(
    office: Office, service: Service, machine: Account
):
    docket, today = office.met(age=9), timezone.localdate()
    with pytest.raises(Invalid, match="cet âge"):
        referred(office, service, docket)
    elsewhere = serving(office, machine, name="Un centre de Kayes", region="ML01")
    with pytest.raises(Invalid, match="cette région"):
        referred(office, elsewhere)
    with pytest.raises(Invalid, match="consentement propre"):
        referred(office, service, need="reintegration")
    with pytest.raises(Invalid, match="aujourd’hui"):
        referred(office, service, expires_on=today - timedelta(days=1), given_on=today - timedelta(days=9))
    assert not Referral.objects.exists()


def test_the_receiver_reads_her_packet_alone_and_answers_to_its_end(
    office: Office, service: Service, machine: Account
):
    load_parties(by=machine)
    docket = office.met(association="associated", party=Party.objects.get(code="JNIM"))
    closed, told = (
        referred(office, service, docket),
        referred(office, service, docket, need="reintegration", association=True),
    )
    cache.clear()
    page = text(Client().get(link(closed)))
    assert closed.ref in page
    assert [word for word in (docket.ref, "JNIM", "associé", "arrêté", told.ref) if word in page] == []
    assert "JNIM" in text(Client().get(link(told)))
    assert Client().post(link(told), {"state": "declined"}).status_code == 422
    assert Client().post(link(told), {"state": "given"}).status_code == 422
    for state in ("received", "accepted", "given"):
        assert Client().post(link(told), {"state": state}).status_code == 302
    told.refresh_from_db()
    assert told.state == "given"
    given = Client().get(link(told))
    assert (given.status_code, "JNIM" in text(given), told.ref in text(given)) == (200, False, True)
    heard = {"said": "helped", "still_needed": "no", "said_by": "child", "asked_by": "service"}
    assert Client().post(link(told), heard | {"said_on": "2020-01-01"}).status_code == 422
    assert Client().post(link(told), heard | {"said_on": timezone.localdate().isoformat()}).status_code == 302
    assert (told.feedback.said, told.feedback.noted_by) == ("helped", None)
    assert Client().get(link(told)).status_code == 410
    with pytest.raises(Invalid):
        answer_by_link(referral=told, state="accepted")


def test_a_withdrawn_consent_closes_the_packet_at_the_next_request(office: Office, service: Service):
    found = referred(office, service)
    cache.clear()
    assert Client().get(link(found)).status_code == 200
    withdraw = reverse("response:consent_withdraw", args=[found.public_id])
    assert browser(office.salimata).post(withdraw).status_code == 302
    answer = Client().get(link(found))
    assert answer.status_code == 410
    assert found.ref not in text(answer)
    assert "ne tient plus" in text(browser(office.salimata).get(found.get_absolute_url()))


def test_a_child_is_counted_once_however_many_services_helped(office: Office, service: Service):
    docket = office.met()
    for child in (docket, docket, office.met()):
        found = referred(office, service, child)
        for state in ("accepted", "given"):
            answer_by_link(referral=found, state=state)
    referred(office, service)
    page = browser(office.salimata).get(reverse("response:referrals")).context
    assert [figure["value"] for figure in page["figures"]] == [1, 0, 2, 0]


def test_a_form_sends_a_child_to_a_service(office: Office, service: Service):
    docket, salimata = office.met(), browser(office.salimata)
    url = reverse("response:referral_new", args=[docket.public_id])
    assert "Écoute (inventée)" in text(salimata.get(url))
    today = timezone.localdate().isoformat()
    sent = {
        "need": "legal", "urgency": "24", "service": str(service.public_id), "given_by": "child", "given_on": today,
        "expires_on": today,
    }  # fmt: skip
    assert salimata.post(url, sent | {"urgency": ""}).status_code == 422
    answer = salimata.post(url, sent)
    found = Referral.objects.get()
    assert answer["Location"] == found.get_absolute_url()
    assert found.due_at - found.sent_at == timedelta(hours=24)
    assert found.get_absolute_url() in text(salimata.get(docket.get_absolute_url()))
