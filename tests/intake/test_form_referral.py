"""A referral from a phone: on a consent, to a service of the map that fits, the child by code."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from sutura.intake.models import Submission
from sutura.intake.services.phones import Handed
from sutura.mhpss.models import Service
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.response.models import Docket, Referral
from sutura.response.services.limits import load_register
from sutura.vault.revealing import may_open
from tests.intake.phones import record
from tests.intake.test_form_detention import followed
from tests.intake.test_shipped import given, made, waiting
from tests.people import MOPTI
from tests.response.conftest import serving

FORM = "sutura_referral"


def offered(machine: Account, **said: Any) -> Service:
    """An invented service of Mopti."""
    there: Any = SimpleNamespace(place=Unit.objects.get(code="ML0504"))
    return serving(there, machine, **said)


@pytest.fixture
def service(handed: Handed, machine: Account) -> Service:
    """A service of Mopti for children of twelve and more."""
    load_register(by=machine)
    return offered(machine)


@pytest.fixture
def docket(service: Service, salimata: Account) -> Docket:
    """A boy of fifteen who is followed."""
    return followed(salimata, MOPTI)


def referred(child: Docket, to: Service, /, **said: str) -> bytes:
    """The record of a referral agreed today."""
    facts = {
        "docket": child.ref.lower(), "need": "psychosocial", "urgency": "72", "service": to.ref.lower(),
        "agreed": "yes", "given_by": "both", "association": "no", "months": "3",
        "given_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    return record(facts | said, form=FORM)


def test_a_record_becomes_a_referral_on_its_consent(
    docket: Docket, service: Service, machine: Account, salimata: Account, awa: Account, binta: Account
):
    assert given(salimata, machine).send(referred(docket, service)).status_code == 201
    referral = Referral.objects.get()
    assert (waiting(), made()) == ([], [("response.referral", referral.ref)])
    assert (referral.docket, referral.service, referral.need, referral.urgency, referral.sent_by) == (
        docket, service, "psychosocial", "72", salimata
    )  # fmt: skip
    consent, today = referral.consent, timezone.localdate()
    assert (consent.given_by, consent.association, consent.given_on, consent.expires_on) == (
        "both", False, today, today + timedelta(days=90)
    )  # fmt: skip
    kept = Submission.objects.get()
    assert (kept.region, may_open(awa, kept), may_open(binta, kept)) == (MOPTI, False, True)


def test_what_rests_on_no_consent_or_fits_no_service_waits(
    docket: Docket, service: Service, machine: Account, salimata: Account, awa: Account
):
    elsewhere = offered(machine, name="Un centre de Kayes", region="ML01")
    old = date(2026, 1, 1).isoformat()
    wrong = [
        ("agreed", referred(docket, service, agreed="no")),
        ("docket", referred(docket, service, docket="R-2222-2222")),
        ("service", referred(docket, service, service="SM-2222222")),
        ("service", referred(docket, elsewhere)),
        ("need", referred(docket, service, need="")),
        ("urgency", referred(docket, service, urgency="1")),
        ("months", referred(docket, service, months="99")),
        ("given_on", referred(docket, service, given_on="")),
        ("expires_on", referred(docket, service, given_on=old, months="1")),
        ("association", referred(docket, service, need="reintegration")),
    ]
    handset = given(salimata, machine)
    for _field, xml in wrong:
        assert handset.send(xml).status_code == 201
    assert [field for field, _reason in waiting()] == [field for field, _xml in wrong]
    assert given(awa, machine).send(referred(docket, service)).status_code == 404
    assert Referral.objects.count() == 0
