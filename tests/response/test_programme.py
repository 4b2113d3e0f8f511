"""The programme: refusals first, then numbers from the lines of dockets alone, and what a coordinator is told."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.response.models import Cost, Docket, Enrolment, Offer, Site, Step
from sutura.response.services import programme
from sutura.response.services.dockets import correct_step, take_back_step
from sutura.response.services.sites import add_site
from tests.people import MOPTI, cast
from tests.response.conftest import Office, ago
from tests.response.test_pages import browser, text

PROGRAMME, COUNTS = reverse("response:programme"), reverse("response:counts")


@pytest.fixture
def partner(machine: Account) -> Organisation:
    """An invented partner."""
    return add_organisation(name="Partenaire inventé", acronym="PAI", kind="nngo", by=machine)


@pytest.fixture
def centre(office: Office, partner: Organisation) -> Site:
    """Its centre in Mopti, of three places."""
    site = add_site(
        name="Centre inventé", kind="centre", place=office.place, run_by=partner, by=office.salimata
    )
    programme.set_beds(site=site, valid_from=timezone.localdate(), boys=2, girls=1, by=office.salimata)
    return site


@pytest.fixture
def school(office: Office, partner: Organisation) -> Offer:
    """Its package there, of two places."""
    return programme.add_offer(
        organisation=partner, kind="school", place=office.place, valid_from=timezone.localdate(), places=2,
        unit_cost=90_000, by=office.salimata,
    )  # fmt: skip


def cared(office: Office, centre: Site, number: int = 1) -> list[Docket]:
    """Children in care in a centre."""
    found = [office.met(90) for _each in range(number)]
    for docket in found:
        office.note(docket, "care", 80, answer="centre", site=centre)
    return found


def rows(page: Any) -> tuple[Any, Any, Any]:
    """The first centre, package and partner of the page."""
    return page.context["centres"][0], page.context["packages"][0], page.context["partners"][0]


def test_only_who_keeps_the_region_writes(office: Office, centre: Site, school: Offer):
    docket, today = office.met(), timezone.localdate()
    for act in (
        lambda by: programme.set_beds(site=centre, valid_from=today, boys=9, girls=9, by=by),
        lambda by: programme.set_terms(offer=school, valid_from=today, places=9, unit_cost=1, by=by),
        lambda by: programme.enrol(docket=docket, offer=school, by=by, **ago(1)),
        lambda by: programme.set_cost(
            organisation=school.organisation, region=MOPTI, year=2026, item="care", planned=1, by=by
        ),
    ):
        with pytest.raises(NotAllowed):
            act(office.kante)
    prison = add_site(name="Prison inventée", kind="prison", place=office.place, by=office.salimata)
    with pytest.raises(Invalid):
        programme.set_beds(site=prison, valid_from=today, boys=1, girls=0, by=office.salimata)
    assert not Enrolment.objects.exists()


def test_places_taken_and_free_come_from_the_lines_that_stand(office: Office, centre: Site, school: Offer):
    salimata = browser(office.salimata)
    one, other = cared(office, centre, 2)
    found, _package, partner = rows(salimata.get(PROGRAMME))
    assert (found["care"], found["places"], found["free"], partner["children"]) == (2, 3, 1, 2)
    page = text(salimata.get(found["url"]))
    assert one.ref in page
    assert other.ref in page
    office.note(one, "reunification", 5, answer="parents")
    line = office.note(other, "outcome", 4, answer="moved")
    assert rows(salimata.get(PROGRAMME))[0]["free"] == 3
    take_back_step(step=line, why="docket", by=office.salimata)
    care = other.steps.get(kind="care")
    correct_step(step=care, why="date", answer="centre", site=centre, by=office.salimata, **ago(70))
    assert rows(salimata.get(PROGRAMME))[0]["care"] == 1


def test_a_child_enters_a_package_once_and_leaves_it_for_a_reason(
    office: Office, centre: Site, school: Offer
):
    salimata, (docket,) = browser(office.salimata), cared(office, centre)
    url, day = reverse("response:enrol", args=[docket.public_id]), timezone.localdate().isoformat()
    asked = {"offer": str(school.public_id), "day": day, "zone": "Africa/Bamako"}
    assert salimata.post(url, asked).status_code == 302
    assert "déjà dans cet appui" in text(salimata.post(url, asked))
    line = Step.objects.get(kind="package")
    assert (line.answer, line.organisation, line.place) == ("school", school.organisation, school.place)
    _centre, package, partner = rows(salimata.get(PROGRAMME))
    assert (package["children"], package["left"], partner["children"]) == (1, 1, 1)
    assert docket.ref in text(salimata.get(school.get_absolute_url()))
    end = reverse("response:enrolment_end", args=[Enrolment.objects.get().public_id])
    said = {"answer": "left", "day": day, "zone": "Africa/Bamako"}
    assert "pourquoi l’enfant est parti" in text(salimata.post(end, said))
    assert salimata.post(end, said | {"left_for": "work"}).status_code == 302
    assert rows(salimata.get(PROGRAMME))[1]["children"] == 0
    assert "devait gagner de l’argent" in text(salimata.get(school.get_absolute_url()))
    assert salimata.post(end, said | {"left_for": "work"}).status_code == 422
    ended = Step.objects.get(answer="left")
    take_back_step(step=ended, why="docket", by=office.salimata)
    assert rows(salimata.get(PROGRAMME))[1]["children"] == 1
    take_back_step(step=line, why="docket", by=office.salimata)
    assert rows(salimata.get(PROGRAMME))[1]["children"] == 0


def test_costs_are_told_for_each_child_and_nothing_is_not_zero(office: Office, centre: Site, school: Offer):
    docket = cared(office, centre, 4)[0]
    office.note(docket, "follow_up", answer="stable", month=6, organisation=school.organisation)
    salimata, year = browser(office.salimata), timezone.localdate().year
    said = {
        "organisation": str(school.organisation.public_id), "region": MOPTI, "year": year, "item": "care",
        "planned": 900_000,
    }  # fmt: skip
    url = reverse("response:cost_set")
    assert salimata.post(url, said | {"region": "ML01"}).status_code == 422
    salimata.post(url, said)
    assert rows(salimata.get(PROGRAMME))[2]["each"] is None
    salimata.post(url, said | {"spent": 400_000})
    salimata.post(url, said | {"item": "prevention", "spent": 50_000})
    partner = rows(salimata.get(PROGRAMME))[2]
    assert (partner["planned"], partner["spent"], partner["each"]) == (1_800_000, 450_000, 100_000)
    assert partner["visited"] == [(6, 1)]
    assert Cost.objects.count() == 2
    assert Cost.history.filter(item="care").count() == 2


def test_a_coordinator_is_told_steps_that_cannot_be_subtracted(
    office: Office, centre: Site, school: Offer, fatou: Account
):
    dockets = cared(office, centre, 6)
    programme.enrol(docket=dockets[0], offer=school, by=office.salimata, **ago(1))
    coordinator = browser(fatou)
    answer = coordinator.get(PROGRAMME)
    found, package, partner = rows(answer)
    assert (found["care"], found["free"], package["children"], package["left"]) == (
        "au moins 5",
        None,
        "moins de 5, ou non dit",
        None,
    )
    assert partner["visited"] == []
    pages = [
        text(coordinator.get(url))
        for url in (found["url"], school.get_absolute_url(), partner["url"], COUNTS)
    ]
    for page in (text(answer), *pages):
        assert not any(docket.ref in page or str(docket.public_id) in page for docket in dockets)
    assert coordinator.get(reverse("response:enrol", args=[dockets[0].public_id])).status_code == 403
    names = dict(coordinator.get(COUNTS).context["regions"])
    assert (names["Mopti"], names["Kayes"]) == ("au moins 5", "moins de 5, ou non dit")


def test_the_workbook_goes_in_steps_of_five_whoever_takes_it(office: Office, centre: Site, school: Offer):
    cared(office, centre, 6)
    answer = browser(office.salimata).get(reverse("response:programme_book"))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    told = {row[0]: row[5] for row in sheet.iter_rows(min_row=2, values_only=True)}
    year = timezone.localdate().year
    assert told == {
        "Centre": "au moins 5",
        "Appui": "moins de 5, ou non dit",
        f"Partenaire en {year}": "au moins 5",
    }


def test_prevention_counts_people_and_holds_no_name(office: Office, partner: Organisation):
    salimata, url = browser(office.salimata), reverse("response:activity_new")
    said = {
        "kind": "talk", "theme": "recruitment", "place": "Mopti / Djenné", "organisation": str(partner.public_id),
        "held_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    assert "au moins un nombre" in text(salimata.post(url, said))
    assert salimata.post(url, said | {"girls": "12", "women": "3"}).status_code == 302
    page = salimata.get(reverse("response:activities"), {"theme": "recruitment"})
    assert [figure["value"] for figure in page.context["figures"]] == [1, 12, 3]
    assert not salimata.get(reverse("response:activities"), {"theme": "mines"}).context["rows"]


def test_training_stands_beside_cases_and_gaps_come_first(office: Office, client: Client, fatou: Account):
    for _each in range(5):
        office.met()
    page = browser(fatou).get(reverse("response:coverage"))
    first, *others = page.context["rows"]
    assert (first["cercle"], first["children"], first["people"], first["gap"]) == (
        "ML0504",
        "au moins 5",
        0,
        True,
    )
    assert not any(row["gap"] for row in others)
    reform = browser(fatou).get(reverse("response:coverage"), {"regions": "2023"}).context["rows"][0]
    assert reform["cercle"] == "ML0504"
    alone = browser(cast("officer", "response_officer", regions=(MOPTI,))).get(reverse("response:coverage"))
    assert alone.context["rows"][0]["people"] is None
    assert "ne font pas partie de votre rôle" in text(alone)
