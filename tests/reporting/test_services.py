"""Collecting, opening the records, freezing, clearing, explaining, trends: on a real ledger."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.ledger import services as ledger
from sutura.ledger.models import Line
from sutura.ledger.rules import GRAVE_TYPES, PERSON_TYPES, LineFacts
from sutura.people.models import Account
from sutura.reporting import services
from sutura.reporting.models import Clearance, Edition
from sutura.reporting.rules import addresses
from sutura.reporting.rules.figures import as_json
from tests.ledger.lines import line, ref

pytestmark = pytest.mark.django_db

PRODUCTS = [
    ("ghn", "2025-Q1"),
    ("ghn", "2025-Q2"),
    ("annual", "2025"),
    ("annual", "2024"),
    ("window", "2024-10-01..2025-03-31"),
    ("window", "2024-11-15..2025-05-10"),
]


def invented(seed: int, violations: int = 120) -> dict[UUID, list[LineFacts]]:
    """Lines of invented violations with every trap: lateness, repeats, groups, unknown sexes, no region."""
    dice = random.Random(seed)
    changes: dict[UUID, list[LineFacts]] = {}
    for number in range(violations):
        kind = dice.choice([*GRAVE_TYPES, *PERSON_TYPES, "military_use", "deprivation_liberty"])
        occurred_on = date(2024, 9, 1) + timedelta(days=dice.randrange(300))
        status = dice.choice(["verified", "verified", "verified", "pending", "could_not_verify", "not_mrm"])
        given: dict[str, Any] = {
            "incident_ref": ref(f"incident {number // 2}"),
            "type": kind,
            "status": status,
            "occurred_on": occurred_on,
            "occurred_to": occurred_on + timedelta(days=dice.randrange(60)) if dice.random() < 0.2 else None,
            "decided_on": occurred_on + timedelta(days=dice.randrange(150)) if status == "verified" else None,
            "region": dice.choice(["ML05", "ML05", "ML01", ""]),
            "region_2023": dice.choice(["ML-R05", "ML-R13"]),
            "party_label": dice.choice(["unidentified", "JNIM", "FAMA+JNIM", "crossfire:FAMA+JNIM"]),
        }
        given["open_ended"] = given["occurred_to"] is None and dice.random() < 0.2
        if kind not in (*PERSON_TYPES, "deprivation_liberty"):
            changes[ref(f"v{number}")] = [line(**given)]
            continue
        lines = [line(**given, sex=dice.choice(["boy", "girl", "unknown"]), count=dice.randrange(1, 4))]
        for child in dice.sample(range(20), dice.randrange(3)):
            sex = dice.choice(["boy" if child % 2 else "girl", "unknown"])
            known = "" if sex != "unknown" else dice.choice(["", "boy" if child % 2 else "girl"])
            lines.append(line(**given, child_key=f"child:{child}", sex=sex, known_sex=known))
        if dice.random() < 0.2:
            group = dice.randrange(4)
            lines += [
                line(**given, child_key=f"group:G{group}", sex=sex, count=group + count)
                for sex, count in (("boy", 1), ("girl", 2))
            ]
        changes[ref(f"v{number}")] = lines
    return changes


@pytest.fixture
def story(machine: Account) -> dict[UUID, list[LineFacts]]:
    """Three postings of invented violations; returns what is open in the end."""
    first, second, third = invented(1), invented(2, 90), invented(3, 60)
    gone = {ref(f"v{number}"): [] for number in range(100, 110)}
    ledger.post(changes=first, by=machine, act="tests.first")
    ledger.post(changes=second, by=machine, act="tests.second", why="corrected")
    ledger.post(changes=third | gone, by=machine, act="tests.third")
    return first | second | third | gone


@pytest.mark.parametrize(("product", "period"), PRODUCTS)
@pytest.mark.parametrize("geography", ["2021", "2023"])
def test_the_rollup_and_the_lines_give_the_same_figures(
    story: dict[UUID, list[LineFacts]], product: str, period: str, geography: str
) -> None:
    now = services.collect(product, period, geography=geography)
    again = services.collect(product, period, as_at=now.as_at, geography=geography)
    assert now == again
    assert all(now.checks.values())
    assert now.blocks["verified"].totals.violations > 0


def test_a_person_collects_her_regions_only(
    story: dict[UUID, list[LineFacts]], fatou: Account, awa: Account, moussa: Account
) -> None:
    with pytest.raises(NotAllowed):
        services.collect("ghn", "2025-Q1", user=fatou)
    for as_at in (None, timezone.now()):
        mopti = services.collect("annual", "2025", user=awa, as_at=as_at)
        assert {row.label for row in mopti.blocks["verified"].by_region} == {"ML05"}
        whole = services.collect("annual", "2025", user=moussa, as_at=as_at)
        assert {row.label for row in whole.blocks["verified"].by_region} == {"ML", "ML01", "ML05"}


def test_oumar_collects_nothing_of_mopti(machine: Account, oumar: Account) -> None:
    ledger.post(changes={ref("v1"): [line()]}, by=machine, act="one")
    assert services.collect("ghn", "2025-Q1").blocks["verified"].totals.violations == 1
    assert services.collect("ghn", "2025-Q1", user=oumar).blocks["verified"].totals.violations == 0
    assert services.records_behind("ghn", "2025-Q1", "verified/totals/violations", user=oumar) == []
    assert services.trend("region", user=oumar) == []
    assert services.map_values("cercle", user=oumar) == {}


@pytest.mark.parametrize(
    ("product", "period", "geography"),
    [("ghn", "2025-Q9", "2021"), ("annual", "2025-Q1", "2021"), ("ghn", "2025-Q1", "2019")],
)
def test_what_is_not_a_report_is_refused(product: str, period: str, geography: str) -> None:
    with pytest.raises(Invalid):
        services.collect(product, period, geography=geography)


def test_the_future_is_refused() -> None:
    with pytest.raises(Invalid):
        services.collect("ghn", "2025-Q1", as_at=timezone.now() + timedelta(minutes=5))


def test_queries_do_not_grow_with_the_ledger(machine: Account, django_assert_num_queries: Any) -> None:
    for size in (1, 3):
        ledger.post(changes=invented(size, size), by=machine, act="tests.some")
        with django_assert_num_queries(6):
            services.collect("ghn", "2025-Q1")
        with django_assert_num_queries(4):
            services.collect("window", "2024-11-15..2025-05-10", as_at=ledger.last_moment())


@pytest.mark.parametrize(("product", "period"), PRODUCTS)
def test_every_number_opens_its_records(
    story: dict[UUID, list[LineFacts]], product: str, period: str
) -> None:
    found = services.collect(product, period)
    for path, number in addresses.flat(found).items():
        records = services.records_behind(product, period, path)
        assert len({(one.block, one.violation_ref) for one in records}) == len(records)
        if addresses.address(path).children_once:
            assert sum(one.count for one in records) >= number
        else:
            assert sum(one.count for one in records) == number


def test_the_multiple_list_opens_the_incidents_of_a_child(machine: Account) -> None:
    lines = {
        ref("v1"): [line(child_key="child:X", incident_ref=ref("i1"))],
        ref("v2"): [line(child_key="child:X", incident_ref=ref("i2"), type="abduction")],
        ref("v3"): [line(child_key="child:Y")],
    }
    ledger.post(changes=lines, by=machine, act="one")
    for figure in ("multiple/X", "verified/totals/children_multiple"):
        records = services.records_behind("ghn", "2025-Q1", figure)
        assert {(one.violation_ref, one.incident_ref, one.children) for one in records} == {
            (ref("v1"), ref("i1"), ("X",)),
            (ref("v2"), ref("i2"), ("X",)),
        }


def test_records_carry_two_late_flags(machine: Account) -> None:
    ledger.post(
        changes={
            ref("v1"): [line(decided_on=date(2025, 4, 5))],
            ref("v2"): [line(occurred_on=date(2024, 12, 15), decided_on=date(2025, 4, 6))],
        },
        by=machine,
        act="one",
    )
    records = services.records_behind("ghn", "2025-Q2", "late/victims/killing/total")
    assert [(one.late_for_quarter, one.late_for_year) for one in records] == [(True, False), (True, True)]
    assert services.collect("ghn", "2025-Q2").late_earlier_years["killing"] == 1


def test_an_unknown_address_is_refused() -> None:
    with pytest.raises(Invalid):
        services.records_behind("ghn", "2025-Q1", "verified/nothing")


# Editions.


def test_who_may_freeze_and_clear(machine: Account, awa: Account, fatou: Account, secretary: Account) -> None:
    for who in (awa, fatou):
        with pytest.raises(NotAllowed):
            services.freeze(product="ghn", period="2025-Q1", by=who)
    edition = services.freeze(product="ghn", period="2025-Q1", by=secretary)
    for who in (awa, fatou, secretary):
        with pytest.raises(NotAllowed):
            services.clear(edition=edition, level="ctfmr", by=who)
    assert Edition.objects.visible_to(awa).count() == 0
    assert Edition.objects.visible_to(fatou).count() == 0
    assert Edition.objects.visible_to(secretary).count() == 1


def test_an_edition_is_frozen_for_good(
    story: dict[UUID, list[LineFacts]], machine: Account, secretary: Account
) -> None:
    edition = services.freeze(product="ghn", period="2025-Q1", by=secretary)
    before = as_json(services.collect("ghn", "2025-Q1", as_at=edition.as_at))
    ledger.post(changes={ref(f"v{n}"): [] for n in range(60)}, by=machine, act="tests.void", why="void")
    assert edition.figures == before
    assert services.is_intact(edition)
    assert services.recompute(edition) == edition.sha256
    assert as_json(services.collect("ghn", "2025-Q1"))["blocks"] != before["blocks"]
    assert [one["period"] for one in edition.report["compared"]] == ["2024-Q4", "2024-Q1"]
    behind = {(row["block"], row["violation"]) for row in edition.report["records"]}
    assert {violation for block, violation in behind if block == "verified"} == {
        str(one.violation_ref)
        for one in services.records_behind(
            "ghn", "2025-Q1", "verified/totals/violations", as_at=edition.as_at
        )
    }


def test_a_correction_is_a_new_edition_with_a_reason(machine: Account, secretary: Account) -> None:
    first = services.freeze(product="annual", period="2025", by=secretary)
    with pytest.raises(Invalid):
        services.freeze(product="annual", period="2025", by=secretary, reason="  ")
    second = services.freeze(product="annual", period="2025", by=secretary, reason="late decision of Mopti")
    other = services.freeze(product="annual", period="2025", by=secretary, geography="2023")
    assert [(one.number, one.reason) for one in (first, second, other)] == [
        (1, ""),
        (2, "late decision of Mopti"),
        (1, ""),
    ]
    assert first.as_at < second.as_at < other.as_at


@pytest.mark.usefixtures("as_owner")  # whom no missing right stops
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_edition SET content = '{}'",
        "DELETE FROM reporting_edition",
        "UPDATE reporting_clearance SET level = 'ctfmr'",
        "DELETE FROM reporting_clearance",
    ],
)
def test_the_database_refuses_to_change_an_edition(
    secretary: Account, moussa: Account, statement: str
) -> None:
    edition = services.freeze(product="annual", period="2025", by=secretary)
    services.clear(edition=edition, level="technical", by=moussa)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_two_people_clear_an_edition(secretary: Account, moussa: Account, chair: Account) -> None:
    edition = services.freeze(product="ghn", period="2025-Q1", by=secretary)
    services.clear(edition=edition, level="technical", by=moussa)
    assert not Edition.objects.get().is_cleared
    with pytest.raises(Invalid):
        services.clear(edition=edition, level="technical", by=moussa)
    services.clear(edition=edition, level="ctfmr", by=chair)
    assert Edition.objects.get().is_cleared
    assert Clearance.objects.visible_to(chair).count() == 2


def test_one_person_with_both_roles_clears_once(secretary: Account, chair: Account, machine: Account) -> None:
    from sutura.people.services import give_grant

    today = timezone.localdate()
    give_grant(
        by=machine,
        account=chair,
        role="verification_panel",
        everywhere=True,
        purpose="both",
        starts_on=today,
        ends_on=today,
    )
    both = Account.objects.get(pk=chair.pk)
    edition = services.freeze(product="ghn", period="2025-Q1", by=secretary)
    services.clear(edition=edition, level="technical", by=both)
    with pytest.raises(NotAllowed):
        services.clear(edition=edition, level="ctfmr", by=both)
    with pytest.raises(Invalid):
        services.clear(edition=edition, level="somebody", by=both)


# Why did this number change?


@pytest.mark.parametrize(("product", "period"), PRODUCTS)
def test_an_explanation_sums_exactly_to_the_difference(
    story: dict[UUID, list[LineFacts]], product: str, period: str
) -> None:
    moments = list(Line.objects.order_by("recorded_at").values_list("recorded_at", flat=True).distinct())
    found = services.explain(product, period, before=moments[0], after=moments[-1])
    assert found.deltas == addresses_difference(found)
    summed: dict[str, int] = {}
    for because in found.changes:
        for path, delta in because.change.deltas.items():
            summed[path] = summed.get(path, 0) + delta
    assert {path: delta for path, delta in sorted(summed.items()) if delta} == found.deltas
    assert found.changes
    assert all(because.postings for because in found.changes)


def addresses_difference(found: services.Explanation) -> dict[str, int]:
    before, after = addresses.flat(found.before), addresses.flat(found.after)
    paths = sorted(before.keys() | after.keys())
    deltas = {path: after.get(path, 0) - before.get(path, 0) for path in paths}
    return {path: delta for path, delta in deltas.items() if delta}


def test_the_note_said_47_and_the_screen_says_51(
    machine: Account, secretary: Account, fatou: Account
) -> None:
    ledger.post(
        changes={ref("v1"): [line(count=47)], ref("v2"): [line(sex="girl")]}, by=machine, act="import"
    )
    first = services.freeze(product="ghn", period="2025-Q1", by=secretary)
    ledger.post(
        changes={ref("v3"): [line(count=5)]}, by=machine, act="verification.decide", why="sitting of May"
    )
    ledger.post(changes={ref("v2"): []}, by=machine, act="incidents.void", why="told twice")
    second = services.freeze(product="ghn", period="2025-Q1", by=secretary, reason="two changes")
    with pytest.raises(NotAllowed):
        services.explain_editions(first, second, user=fatou)
    found = services.explain_editions(first, second, user=secretary)
    assert found.deltas["verified/totals/violations"] == 4
    told = [
        (
            one.change.violation,
            one.change.kind,
            one.change.deltas["verified/totals/violations"],
            one.postings[0].why,
        )
        for one in found.of("verified/totals/violations")
    ]
    assert told == [(ref("v3"), "entered", 5, "sitting of May"), (ref("v2"), "left", -1, "told twice")]
    other = services.freeze(product="ghn", period="2025-Q2", by=secretary)
    with pytest.raises(Invalid):
        services.explain_editions(first, other, user=secretary)
    with pytest.raises(Invalid):
        services.explain_editions(second, first, user=secretary)


# Trends.


@pytest.mark.parametrize("axis", ["region", "region_2023", "cercle", "party", "sex", "age", "type"])
def test_trends_are_the_recount(story: dict[UUID, list[LineFacts]], axis: str) -> None:
    found = {
        (one.value, one.type, quarter): count
        for one in services.trend(axis)
        for quarter, count in one.counts.items()
    }
    column = {"party": "party_label", "age": "age_band"}.get(axis, axis)
    wanted: dict[tuple[str, str, int], int] = {}
    for lines in story.values():
        for facts in lines:
            if facts.status == "verified" and facts.type in GRAVE_TYPES:
                quarter = facts.occurred_on.year * 10 + (facts.occurred_on.month + 2) // 3
                key = ("" if axis == "type" else getattr(facts, column), facts.type, quarter)
                wanted[key] = wanted.get(key, 0) + facts.count
    assert found == wanted


def test_a_map_sums_to_its_trend(story: dict[UUID, list[LineFacts]], awa: Account) -> None:
    for user in (None, awa):
        total = sum(one.total for one in services.trend("type", user=user, quarters=(20244, 20251)))
        assert sum(services.map_values("region", user=user, quarters=(20244, 20251)).values()) == total
    assert set(services.map_values("region", user=awa)) == {"ML05"}
