"""What the registers compute, what is never summed, and what later changes leave alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from sutura.access.errors import Invalid
from sutura.capacity.models import Group
from sutura.capacity.services import following, groups, results
from sutura.capacity.services import load_register as load_capacity
from sutura.capacity.services.training import note_attendance
from sutura.coordination.services import meetings, needs, recommendations, reports
from sutura.coordination.services.bodies import open_body
from sutura.indicators.figures import Told, told
from sutura.indicators.models import Aim, Bulletin, Definition, Figure
from sutura.indicators.pages.definitions import said_of
from sutura.indicators.services.bulletins import freeze
from sutura.indicators.services.definitions import redefine, retire
from sutura.indicators.services.reports import send_report
from sutura.mhpss.services.campaigns import invite, open_campaign
from sutura.mhpss.services.map import confirm_services, keep_service
from sutura.mhpss.services.register import load_register as load_map
from sutura.people.models import Account
from sutura.places.models import Unit
from tests.capacity.conftest import (
    Schoolroom,
    cohort_of,
    enrolled,
    group_of,
    schoolroom,
    somebody,
    taught,
)
from tests.indicators.conftest import (
    FIRST,
    LAST,
    Office,
    accepted,
    browser,
    definition,
    numbers,
    of,
    round_of,
)
from tests.people import KAYES, MOPTI

__all__ = ["schoolroom"]
TODAY = timezone.localdate
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def now(code: str, region: str = "") -> Told:
    """A figure over the last month."""
    return told(definition(code), TODAY() - timedelta(days=30), TODAY(), region)


def test_services_meetings_and_needs_are_computed_with_their_rows(office: Office, machine: Account):
    load_map(by=machine)
    djenne, bankass = Unit.objects.filter(edition="cod-ab-2021", level=2, region=MOPTI).order_by("code")[:2]
    said: tuple[dict[str, Any], ...] = (
        {"trained_in": "Premiers secours psychologiques", "supervised": True, "layers": ["L2"]},
        {"supervised": False, "layers": ["L2"]},
        {"layers": ["L3"]},
    )
    services = [
        keep_service(
            organisation=office.help, place=djenne, description="Écoute", site=f"Site {number}", by=machine, **facts
        )
        for number, facts in enumerate(said)
    ]  # fmt: skip
    first, second, third = (each.pk for each in services)
    assert (now("O5.1").value, now("O5.1").part, now("O5.1").whole) == (
        Decimal("33.3"),
        (first,),
        (first, second, third),
    )
    assert (now("O5.2").value, now("O5.2").whole, now("O5.2").unknown) == (50, (first, second), (third,))
    assert now("O5.1", "ML01").value is None
    # Layer 2: one cercle with a verified service, one whose organisations all answered and none works there.
    confirm_services(services=services[:1], verified_by="Mariam", verified_on=TODAY(), by=machine)
    campaign = open_campaign(
        title="Tournée", region=MOPTI, method="visit", starts_on=TODAY(), ends_on=TODAY(), by=machine,
        cercles=[djenne.code, bankass.code],
    )  # fmt: skip
    covered = now("CCT8")
    assert (covered.value, covered.part, set(covered.whole or ())) == (
        50,
        (djenne.pk,),
        {djenne.pk, bankass.pk},
    )
    invite(campaign=campaign, organisations=[office.listen], by=machine)
    awaited = now("CCT8")
    assert (awaited.value, awaited.whole, bankass.pk in awaited.unknown) == (100, (djenne.pk,), True)
    held = meetings.plan_meeting(body=office.body, planned_on=TODAY(), by=machine)
    meetings.open_minutes(meeting=held, held_on=TODAY(), by=machine)
    missed = meetings.plan_meeting(body=office.body, planned_on=TODAY() - timedelta(days=3), by=machine)
    assert (now("CCT1").value, now("CCT1").part, set(now("CCT1").whole or ())) == (
        50,
        (held.pk,),
        {held.pk, missed.pk},
    )
    need = needs.raise_need(
        body=office.body,
        region=MOPTI,
        text="Un psychologue",
        severity="serious",
        evidence="Visite",
        by=machine,
    )
    assert (now("CCT3").value, now("CCT3").whole) == (0, (need.pk,))
    needs.answer_need(need=need, answer="Un poste est ouvert", by=machine)
    assert (now("CCT3").value, now("CCT3").part) == (100, (need.pk,))
    page = browser(office.fatou).get(
        reverse("indicators:records", args=[definition("CCT3").indicator.public_id])
    )
    assert [(row["row"], row["counts"]) for row in page.context["rows"]] == [(need, True)]


def records(code: str, by: Account) -> list[tuple[Any, bool, bool]]:
    """The rows that a figure over the last month opens to somebody: whether each counts, whether it is unknown."""
    span = urlencode({"first": TODAY() - timedelta(days=30), "last": TODAY()})
    url = reverse("indicators:records", args=[definition(code).indicator.public_id])
    page = browser(by).get(f"{url}?{span}")
    return [(row["row"], row["counts"], row["unknown"]) for row in page.context["rows"]]


def test_ways_to_refer_are_known_in_so_many_visits_of_those_where_this_applies(
    schoolroom: Schoolroom, office: Office, machine: Account
):
    here = group_of(schoolroom, machine)
    there = group_of(schoolroom, machine, "GAPP-2", region=KAYES)
    known, partly, elsewhere, apart, _before = (
        following.note_quality_visit(
            group=group, visited_on=TODAY() - timedelta(days=ago), visitors="Un service (inventé)",
            marks={"space": 2, "referral": mark}, by=machine,
        )
        for group, ago, mark in ((here, 20, 2), (here, 10, 1), (there, 5, 2), (here, 3, None), (here, 31, 2))
    )  # fmt: skip
    figure = now("O5.3")
    assert (figure.value, figure.basis) == (Decimal("66.7"), "2 sur 3 · 1 non connu, laissé de côté")
    assert (figure.part, figure.whole, figure.unknown) == (
        (known.pk, elsewhere.pk),
        (known.pk, partly.pk, elsewhere.pk),
        (apart.pk,),
    )
    assert (now("O5.3", MOPTI).value, now("O5.3", KAYES).value) == (50, 100)
    opened = [
        (known, True, False),
        (elsewhere, True, False),
        (partly, False, False),
        (apart, False, True),
    ]
    assert records("O5.3", schoolroom.rokia) == opened
    # Who keeps the trainings of Kayes alone opens what was visited there.
    assert records("O5.3", schoolroom.kante) == [(elsewhere, True, False)]


def test_recommendations_count_once_another_organisation_has_verified_them(office: Office, machine: Account):
    force = open_body(
        by=machine, kind="task_force", name_fr="Équipe inventée", name_en="Invented force", acronym="EQ-INV"
    )  # fmt: skip
    verified, declared, late, _to_come, _before, _apart = (
        recommendations.adopt(
            recommendation=recommendations.propose_recommendation(
                body=body, text="Cartographier (inventé)", responsible=office.help, by=machine,
                raised_on=TODAY() - timedelta(days=60),
            ),
            due_on=TODAY() + timedelta(days=due), adopted_on=TODAY() - timedelta(days=60), by=machine,
        )
        for body, due in (
            (office.body, -10), (office.body, -9), (office.body, -8), (office.body, 5), (office.body, -31), (force, -7),
        )
    )  # fmt: skip
    for each in (verified, declared):
        reports.report(
            recommendation=each, words="C’est fait.", progress=100, done=True, evidence="Une liste.", by=office.mariam
        )  # fmt: skip
    recommendations.verify_recommendation(recommendation=verified, closing="Vu.", by=office.other)
    figure = now("CCT2")
    assert (figure.value, figure.basis) == (Decimal("33.3"), "1 sur 3")
    assert (figure.part, set(figure.whole or ())) == ((verified.pk,), {verified.pk, declared.pk, late.pk})
    assert now("CCT2", MOPTI).value is None  # the body is national
    first, *others = records("CCT2", office.mariam)
    assert (first, {row[0] for row in others}) == ((verified, True, False), {declared, late})


def test_scenario_5_a_trainee_of_two_cohorts_is_one_person(
    schoolroom: Schoolroom, office: Office, machine: Account
):
    room, person = schoolroom, somebody(schoolroom.rokia)
    for code in ("MOPTI-1", "MOPTI-2"):
        cohort = cohort_of(room, machine, code)
        enrolment, session = enrolled(cohort, person, machine), taught(room, cohort, machine)
        note_attendance(session=session, present=[(enrolment, half) for half in range(1, 5)], by=machine)
        for kind, percent in (("pre", 40), ("post", 80)):
            results.note_test(
                enrolment=enrolment, kind=kind, taken_on=cohort.ends_on, percent=percent, by=machine
            )
        results.certify(enrolment=enrolment, issued_on=cohort.ends_on, signatories="Consortium", by=machine)
    figure = told(definition("CCT4"), *YEAR)
    assert (figure.value, figure.part) == (1, (person.pk,))
    assert told(definition("CCT4"), date(2025, 1, 1), date(2025, 12, 31)).value == 0
    # Her name opens only to whoever keeps the trainings of the region.
    url = (
        reverse("indicators:records", args=[definition("CCT4").indicator.public_id])
        + "?first=2026-01-01&last=2026-12-31"
    )
    shown = [browser(who).get(url).context for who in (office.mariam, room.rokia)]
    assert [(len(page["rows"]), page["hidden"]) for page in shown] == [(0, 1), (1, 0)]


def test_people_reached_are_never_summed_and_sessions_are(office: Office):
    for month in (9, 10):
        asked = round_of(office, "CCT11", "CCT12", first=date(2026, month, 1), last=date(2026, month, 30))
        for organisation, by, many in ((office.help, office.mariam, 12), (office.listen, office.other, 30)):
            given = numbers("CCT11", many) | numbers("CCT12", 10 * many)
            accepted(office, of(asked, organisation), by, given=given)
    assert told(definition("CCT11"), *YEAR).value == 84
    assert told(definition("CCT11"), *YEAR, region="ML01").value is None
    people = told(definition("CCT12"), *YEAR)
    assert (people.value, people.words, len(people.part)) == (None, "–", 4)
    page = browser(office.mariam).get(
        definition("CCT12").indicator.get_absolute_url() + "?first=2026-01-01&last=2026-12-31"
    )
    assert (page.context["told"].refusal, page.content.decode().count("n’est pas additionnable")) == (
        people.refusal,
        1,
    )
    only = browser(office.mariam).get(
        definition("CCT11").indicator.get_absolute_url() + "?first=2026-01-01&last=2026-12-31"
    )
    assert [part.value for part in chart_of(only)] == [None] * 3 + [42.0, 42.0, None]


def chart_of(page: Any) -> list[Any]:
    """The bars of a chart, read again."""
    from sutura.indicators.pages.definitions import Asked, _periods

    request = page.wsgi_request
    return _periods(page.context["definition"], Asked(request.user, request.GET))


def test_a_new_version_is_not_mixed_with_the_old_one(office: Office):
    old = definition("CCT11")
    accepted(office, of(round_of(office, "CCT11"), office.help), office.mariam, given=numbers("CCT11", 5))
    said = {name: value for name, value in said_of(old.indicator).items() if name != "body"}
    with pytest.raises(Invalid, match="Rien ne diffère"):
        redefine(indicator=old.indicator, by=office.fatou, **said)
    with pytest.raises(Invalid, match="ne s’additionnent jamais"):
        redefine(
            indicator=old.indicator,
            by=office.fatou,
            **(said | {"unit": "percent", "denominator_fr": "villages"}),
        )
    redefine(
        indicator=old.indicator, by=office.fatou, **(said | {"numerator_fr": "séances de plus d’une heure"})
    )
    assert [each.version for each in old.indicator.definitions.all()] == [1, 2]
    later = round_of(office, "CCT11", first=date(2026, 11, 1), last=date(2026, 11, 30))
    accepted(office, of(later, office.help), office.mariam, given=numbers("CCT11", 7))
    assert told(definition("CCT11"), date(2026, 11, 1), date(2026, 11, 30)).value == 7
    mixed = told(definition("CCT11"), *YEAR)
    assert (mixed.value, "deux versions" in mixed.refusal) == (None, True)
    retire(indicator=old.indicator, by=office.fatou)
    assert "CCT11" not in browser(office.mariam).get(reverse("indicators:list")).content.decode()


def test_scenario_9_a_past_bulletin_keeps_its_figure_and_its_rule(office: Office, machine: Account):
    load_capacity(by=machine)
    group = groups.open_group(
        code="GAPP-1", name="Groupe inventé", region=MOPTI, host=office.help, opened_on=TODAY() - timedelta(days=80),
        facilitator=somebody(machine), charter_on=TODAY(), by=machine,
    )  # fmt: skip
    for ago in (40, 10):
        groups.note_sitting(group=group, held_on=TODAY() - timedelta(days=ago), women=5, by=machine)
    bulletin = freeze(title="Avant", first=TODAY() - timedelta(days=30), last=TODAY(), by=office.fatou)
    figure = bulletin.figures.get(definition__indicator__code="CCT6")
    before = (figure.value, figure.basis, figure.records, bulletin.sha256)
    assert (figure.value, "Règle 1" in figure.basis, f'"part":[{group.pk}]' in figure.records) == (
        1,
        True,
        True,
    )
    groups.set_rule(window_days=90, sittings=6, attendance=5, by=machine)
    last = definition("CCT6").indicator
    redefine(
        indicator=last,
        by=office.fatou,
        **(said_of(last) | {"body": None, "text_fr": "Groupes qui se réunissent"}),
    )
    assert (now("CCT6").value, "Règle 2" in now("CCT6").basis) == (0, True)
    page = browser(office.mariam).get(bulletin.get_absolute_url()).content.decode()
    assert ("Groupes d’analyse fonctionnels" in page, "Règle 1" in page, "Règle 2" in page) == (
        True,
        True,
        False,
    )
    opened = browser(office.mariam).get(reverse("indicators:figure", args=[bulletin.public_id, figure.pk]))
    assert ([row["row"] for row in opened.context["rows"]], opened.context["value"]) == (
        [Group.objects.get()],
        "1",
    )
    figure.refresh_from_db()
    assert (figure.value, figure.basis, figure.records, Bulletin.objects.get().sha256) == before
    with pytest.raises(DatabaseError), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).update(value=9)


def test_scenario_10_french_first_english_complete_and_parts_that_make_their_total(office: Office):
    loaded = Definition.objects.all()
    assert (loaded.count(), Aim.objects.count(), loaded.filter(official=True).count()) == (53, 7, 0)
    names = ("text", "numerator", "denominator", "means")
    halves = [
        each.indicator.code for each in loaded for name in names
        if bool(getattr(each, f"{name}_fr")) is not bool(getattr(each, f"{name}_en"))
    ]  # fmt: skip
    assert (halves, [each for each in loaded if not each.credit]) == ([], [])
    one = definition("CCT11")
    with override("en"):
        assert str(one) == "Awareness sessions held"
    assert str(one) == "Séances de sensibilisation tenues"
    report = of(round_of(office, "CCT12"), office.help)
    for parts, words in (
        ({"women": 5, "men": 5, "girls": 5}, "toutes les parties"),
        ({"women": 5, "men": 5, "girls": 5, "boys": 4}, "ne font pas le total"),
    ):
        with pytest.raises(Invalid, match=words):
            send_report(report=report, given=numbers("CCT12", 20, **parts), by=office.mariam)
    told_apart = numbers("CCT12", 20, women=5, men=5, girls=5, boys=5)
    assert send_report(report=report, given=told_apart, by=office.mariam).values.count() == 5
    assert told(definition("CCT12"), FIRST, LAST).value is None  # not accepted yet
