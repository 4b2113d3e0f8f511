"""Oumar, partner in Kayes: of Mopti nothing exists for him, neither pages nor search nor figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from sutura.incidents.models import Violation
from sutura.people.models import Account
from sutura.reporting.rules.periods import quarter as period_of
from sutura.reporting.services import freeze
from sutura.verification.models import Sitting
from sutura.verification.services import convene_sitting, put_on_agenda
from tests.journeys.conftest import Walk

STEPS = "what violations victims perpetrators sources accounts attachments responses check".split()


def pages(violation: Violation) -> Iterator[str]:
    """Every page of one record of Mopti which a monitor reads or writes."""
    incident = violation.incident.public_id
    yield reverse("incidents:detail", args=[incident])
    yield reverse("incidents:sheet", args=[incident])
    for step in STEPS[:-1]:
        yield reverse("incidents:step", args=[incident, step])
    yield reverse("incidents:check", args=[incident])
    for kind, record in parts(violation):
        yield reverse("incidents:part", args=[incident, kind, record.public_id])
    yield reverse("verification:violation", args=[violation.public_id])


def acts(violation: Violation) -> Iterator[str]:
    """The pages of acts which no monitor has: refused before the record is looked for."""
    incident = violation.incident.public_id
    for act in ("close", "void", "duplicate"):
        yield reverse("incidents:act", args=[incident, act])
    for kind, record in parts(violation):
        yield reverse("incidents:void_part", args=[incident, kind, record.public_id])


def parts(violation: Violation) -> Iterator[tuple[str, Any]]:
    for kind in ("violations", "victims", "sources", "perpetrators"):
        for record in getattr(violation.incident, kind).all():
            yield kind, record


def test_nothing_of_mopti_exists_for_a_partner_of_kayes(
    walk: Walk, documented: Callable[..., Violation], said: Callable[..., None], people: dict[str, Account]
) -> None:
    violation = documented()
    said(violation, "focal_point", "technical", "ctfmr")
    day = violation.incident.occurred_on
    period = period_of(day.year, (day.month + 2) // 3)
    edition = freeze(product="ghn", period=period, by=people["kadidia"])
    sitting: Sitting = convene_sitting(held_on=day, by=people["kadidia"])
    put_on_agenda(sitting=sitting, violations=[violation], by=people["kadidia"])

    binta = walk("binta")
    every = [*pages(violation), *acts(violation)]
    assert len(every) == 23
    assert {address: binta.go(address) for address in every} == dict.fromkeys(every, 200)
    oumar = walk("oumar")
    refused = dict.fromkeys(pages(violation), 404) | dict.fromkeys(acts(violation), 403)
    for address, status in refused.items():
        assert (address, oumar.go(address)) == (address, status)
        assert not oumar.sees("Garçons recrutés")
    oumar.go("incidents:detail", violation.incident.public_id)
    oumar.look()
    assert oumar.go("reporting:edition", edition.public_id) == 404
    assert oumar.go("verification:sitting", sitting.public_id) == 403  # sittings are not for his role
    for page in ("/", reverse("incidents:list"), reverse("verification:bench"), reverse("alerts:mine")):
        oumar.go(page)
        assert (page, oumar.sees(violation.ref)) == (page, False)
        assert not oumar.sees(violation.incident.ref)
    for reference in (violation.ref, violation.incident.ref):
        oumar.go("/")
        oumar.page.get_by_role("textbox").first.fill(reference)
        oumar.press("Ouvrir")
        assert "/search/" in oumar.page.url
        assert not oumar.sees("Mopti")


def test_his_figures_leave_mopti_out_and_say_whose_they_are(
    walk: Walk, documented: Callable[..., Violation], said: Callable[..., None]
) -> None:
    violation = documented()
    said(violation, "focal_point", "technical", "ctfmr")
    day = violation.incident.occurred_on
    period = period_of(day.year, (day.month + 2) // 3).text
    address = reverse("reporting:note", args=[period])
    records = reverse("reporting:records")
    asked = f"{records}?product=ghn&period={period}&figure=verified%2Ftotals%2Fviolations"
    moussa, oumar = walk("moussa"), walk("oumar")
    assert (moussa.go(address), oumar.go(address)) == (200, 200)
    total = "a[href*='verified%2Ftotals%2Fviolations']"
    assert moussa.page.locator(total).first.inner_text() == "3"
    assert oumar.page.locator(total).first.inner_text() == "0"
    assert not oumar.sees("JNIM")
    moussa.go(asked)
    assert moussa.misses(violation.incident.ref) == []
    oumar.go(asked)
    assert not oumar.sees(violation.incident.ref)
    oumar.look()
    for address in (reverse("reporting:trends"), reverse("reporting:notes")):
        assert oumar.go(address) == 200
        oumar.look()


def test_fatou_has_no_case_data_at_all(walk: Walk, documented: Callable[..., Violation]) -> None:
    violation = documented()
    fatou = walk("fatou")
    every = [
        *pages(violation),
        *acts(violation),
        "/incidents/",
        "/verification/",
        "/reporting/notes/",
        "/alerts/",
    ]
    for address in every:
        assert (address, fatou.go(address)) == (address, 403)
        assert not fatou.sees(violation.ref)
    fatou.go("/")
    fatou.look()
