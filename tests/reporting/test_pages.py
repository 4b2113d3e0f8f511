"""Pages of the reports: refused first, then shown; every number opens its records, within the reader's regions."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sutura.incidents.services import void_perpetrator
from sutura.people.models import Account
from sutura.reporting import services
from sutura.reporting.models import Clearance, Edition
from tests.incidents.conftest import Opener
from tests.reporting.conftest import Visit, judge

pytestmark = pytest.mark.django_db
NOTE = "/reporting/notes/2025-Q1/"
PAGES = (
    "/reporting/notes/",
    NOTE,
    "/reporting/figures/",
    "/reporting/figures/?product=annual&period=2025",
    "/reporting/trends/",
    "/reporting/published/",
    "/reporting/compare/?product=ghn&period=2025-Q1",
    "/reporting/records/?product=ghn&period=2025-Q1&figure=verified/totals/violations",
)
LINK = re.compile(r'<a href="(/reporting/records/[^"]+)"[^>]*>([\d\u202f]+)</a>')


def frozen(secretary: Account, reason: str = "") -> Edition:
    return services.freeze(product="ghn", period="2025-Q1", by=secretary, reason=reason)


def test_fatou_opens_no_page(told: dict[str, Any], visit: Visit, fatou: Account, secretary: Account) -> None:
    edition = frozen(secretary)
    addresses = [*PAGES, f"/reporting/editions/{edition.public_id}/", "/reporting/freeze/ghn/2025-Q1/"]
    assert [visit(fatou).get(address).status_code for address in addresses] == [403] * len(addresses)


def test_oumar_sees_the_figures_of_kayes_and_none_of_mopti(
    told: dict[str, Any], visit: Visit, oumar: Account, moussa: Account
) -> None:
    whole = visit(moussa).get(NOTE).context
    assert whole["paper"].block("verified")["totals"]["violations"] == 18
    assert {code for code, _count in whole["paper"].located("verified")} == {"ML01", "ML05"}
    page = visit(oumar).get(NOTE)
    paper = page.context["paper"]
    assert paper.block("verified")["totals"]["violations"] == 9
    assert paper.located("verified") == [("ML01", 9)]
    assert paper.block("late")["totals"]["violations"] == 0
    assert paper.block("unverified")["totals"]["violations"] == 0
    assert "Vos régions seulement" in page.content.decode()
    behind = visit(oumar).get("/reporting/records/?product=ghn&period=2025-Q1&figure=verified/by_region/ML05")
    assert (behind.context["violations"], behind.context["hidden"]) == (0, 0)
    assert told["mopti"].ref not in behind.content.decode()


def test_an_edition_of_the_country_opens_to_nobody_of_one_region(
    told: dict[str, Any], visit: Visit, oumar: Account, awa: Account, moussa: Account, secretary: Account
) -> None:
    edition = frozen(secretary)
    address = f"/reporting/editions/{edition.public_id}/"
    assert [visit(one).get(address).status_code for one in (oumar, awa, moussa)] == [404, 404, 200]
    assert edition.sha256[:12] not in visit(awa).get("/reporting/notes/").content.decode()
    assert edition.sha256[:12] in visit(moussa).get("/reporting/notes/").content.decode()


def test_every_number_of_the_note_opens_records_that_sum_to_it(
    told: dict[str, Any], visit: Visit, moussa: Account
) -> None:
    browser = visit(moussa)
    links = LINK.findall(browser.get(NOTE).content.decode())
    opened = 0
    for href, shown in {(unescape(href), shown) for href, shown in links}:
        page = browser.get(href)
        assert page.status_code == 200
        if not page.context["children_once"] and not page.context["by_child"]:
            assert page.context["total"] == int(shown.replace("\u202f", "")), href
            opened += 1
    assert opened > 40


def test_the_records_name_their_incidents(told: dict[str, Any], visit: Visit, moussa: Account) -> None:
    page = visit(moussa).get(
        "/reporting/records/?product=ghn&period=2025-Q1&figure=verified/victims/killing/boys"
    )
    assert {row["ref"] for row in page.context["rows"]} == {told["mopti"].ref, told["kayes"].ref}
    assert page.context["total"] == 4
    late = visit(moussa).get(
        "/reporting/records/?product=ghn&period=2025-Q1&figure=late/events/attack_school"
    )
    assert [(row["ref"], row["late_for_quarter"], row["late_for_year"]) for row in late.context["rows"]] == [
        (told["late"].ref, True, True)
    ]


@pytest.mark.parametrize(
    "query",
    [
        "product=ghn&period=2025-Q1&figure=verified",
        "product=ghn&period=2025-Q9&figure=verified/totals/violations",
        "product=x&period=2025&figure=verified/totals/violations",
        "product=ghn&period=2025-Q1&figure=verified/totals/violations&as_at=soon",
        "product=ghn&period=2025-Q1&figure=verified/totals/violations&geography=1960",
    ],
)
def test_an_address_that_names_no_figure_does_not_exist(query: str, visit: Visit, moussa: Account) -> None:
    assert visit(moussa).get(f"/reporting/records/?{query}").status_code == 404


def test_the_secretary_freezes_and_two_people_clear(
    told: dict[str, Any], visit: Visit, secretary: Account, moussa: Account, chair: Account, awa: Account
) -> None:
    address = "/reporting/freeze/ghn/2025-Q1/"
    assert visit(moussa).post(address).status_code == 403
    assert "Personne ne peut modifier" in visit(secretary).get(address).content.decode()
    assert visit(secretary).post(address).status_code == 302
    assert visit(secretary).post(address, {"reason": ""}).status_code == 422
    edition = Edition.objects.get()
    clear = {one: reverse("reporting:clear", args=[edition.public_id, one]) for one in ("technical", "ctfmr")}
    assert visit(awa).post(clear["technical"]).status_code == 403
    assert visit(secretary).post(clear["technical"]).status_code == 403
    assert visit(moussa).post(clear["technical"]).status_code == 302
    assert visit(moussa).post(clear["ctfmr"]).status_code == 422
    assert visit(moussa).post(clear["technical"]).status_code == 422
    assert visit(chair).post(clear["ctfmr"]).status_code == 302
    assert list(Clearance.objects.values_list("level", "by__username")) == [
        ("technical", "moussa"),
        ("ctfmr", "chair"),
    ]
    page = visit(chair).get(f"/reporting/editions/{edition.public_id}/").content.decode()
    assert "Validée" in page
    assert "Le contenu a bien cette empreinte." in page


def test_an_edition_stays_and_the_comparison_says_who_and_why(
    told: dict[str, Any], visit: Visit, secretary: Account, moussa: Account, machine: Account
) -> None:
    edition = frozen(secretary)
    judge(told["pending"], machine)
    judge(told["kayes"], machine, "pending", None)
    browser = visit(moussa)
    assert (
        browser.get(f"/reporting/editions/{edition.public_id}/").context["paper"].count("verified", "killing")
        == 6
    )
    figure = "verified/totals/violations"
    page = browser.get(
        f"/reporting/compare/?product=ghn&period=2025-Q1&before={edition.public_id}&figure={figure}"
    )
    assert page.context["sum"] == {"before": 18, "entered": "±0", "moved": "±0", "left": "±0", "after": 18}
    assert len(page.context["changes"]) == 6
    assert {row["ref"] for row in page.context["changes"]} == {told["pending"].ref, told["kayes"].ref}
    text = page.content.decode()
    assert "séance" in text
    whole = browser.get(f"/reporting/compare/?product=ghn&period=2025-Q1&before={edition.public_id}")
    assert whole.context["total"] == 6


def test_a_change_of_party_alone_is_told_in_words(
    told: dict[str, Any], visit: Visit, secretary: Account, moussa: Account, binta: Account
) -> None:
    edition = frozen(secretary)
    for perpetrator in told["mopti"].perpetrators.all():
        void_perpetrator(perpetrator=perpetrator, by=binta, why="erreur de groupe")
    page = visit(moussa).get(f"/reporting/compare/?product=ghn&period=2025-Q1&before={edition.public_id}")
    labels = {str(delta["label"]) for row in page.context["changes"] for delta in row["deltas"]}
    assert any("Auteurs non identifiés" in label for label in labels)
    assert not any("unidentified" in label for label in labels)


def test_oumar_learns_of_a_change_in_mopti_nothing(
    told: dict[str, Any], visit: Visit, oumar: Account, machine: Account
) -> None:
    judge(told["pending"], machine)
    page = visit(oumar).get("/reporting/compare/?product=ghn&period=2025-Q1&before=now&before_day=2025-01-01")
    assert {row["ref"] for row in page.context["changes"]} == {told["kayes"].ref}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_costs_the_same_for_more_records(
    address: str, opened: Opener, visit: Visit, moussa: Account, machine: Account
) -> None:
    browser = visit(moussa)
    judge(opened(), machine)
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for _again in range(2):
        judge(opened(), machine)
    with CaptureQueriesContext(connection) as three:
        browser.get(address)
    assert len(three) == len(one)


def test_years_and_windows_stand_on_the_same_engine(
    told: dict[str, Any], visit: Visit, moussa: Account
) -> None:
    browser = visit(moussa)
    year = browser.get("/reporting/figures/?product=annual&period=2025").context["paper"]
    assert (year.block("verified")["totals"]["violations"], year.block("late")["totals"]["violations"]) == (
        18,
        9,
    )
    window = browser.get("/reporting/figures/?product=window&period=2024-11-01..2025-03-31").context["paper"]
    assert window.block("verified")["totals"]["violations"] == 27
    assert browser.get("/reporting/figures/?product=annual&period=2025-Q1").status_code == 422
    assert browser.get("/reporting/figures/?product=ghn&period=2025-Q1").headers["Location"] == NOTE
    assert browser.get("/reporting/figures/?period=2025-Q1").headers["Location"] == NOTE
    assert browser.get("/reporting/figures/?period=2025").context["paper"].period == year.period
    assert browser.get("/reporting/figures/?period=spring").status_code == 422


def test_a_silent_region_is_hatched_and_not_zero(told: dict[str, Any], visit: Visit, moussa: Account) -> None:
    page = visit(moussa).get("/reporting/trends/?years=5").content.decode()
    assert "url(#trends-unknown)" in page
    assert "Ce ne sont pas les chiffres d" in page
    for query in (
        "axis=party",
        "axis=sex",
        "axis=age&status=unverified",
        "axis=region&geography=2023&level=cercle",
    ):
        assert visit(moussa).get(f"/reporting/trends/?years=5&{query}").status_code == 200


def test_published_figures_keep_their_basis(visit: Visit, moussa: Account, oumar: Account) -> None:
    page = visit(moussa).get("/reporting/published/")
    rows = {row["label"]: row for group in page.context["groups"] for row in group["rows"]}
    assert rows["2023"]["cells"] == [1141, 1024, 691, 260, 15, 17, 91, 67]
    assert [label for label, row in rows.items() if row["closes"]] == [
        "2023",
        "avr. 2020 – mars 2022",
        "janv. – mars 2022",
        "juin – oct. 2022",
        "janv. – mars 2023",
    ]
    assert rows["2015"]["cells"][0] == 109
    assert visit(oumar).get("/reporting/published/").context["with_ours"] is False
