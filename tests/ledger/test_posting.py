"""Posting: what counts, since when, by whom; and what the database refuses."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from sutura.ledger import services
from sutura.ledger.models import Cell, Line, Margin, Posting, Repeat
from sutura.people.models import Account
from tests.ledger.lines import line, ref

pytestmark = pytest.mark.django_db


def test_a_first_posting_books_the_lines(machine: Account) -> None:
    posting = services.post(
        changes={ref("v1"): [line(), line(sex="girl", count=2)]}, by=machine, act="incidents.open", why="new"
    )
    assert posting is not None
    booked = Line.objects.open().values_list("violation_ref", "sex", "count", "recorded_at", "posting_id")
    assert list(booked) == [
        (ref("v1"), "boy", 1, posting.moment, posting.pk),
        (ref("v1"), "girl", 2, posting.moment, posting.pk),
    ]
    assert (posting.by, posting.by_name, posting.act, posting.why) == (
        machine,
        str(machine),
        "incidents.open",
        "new",
    )


def test_posting_the_same_again_books_nothing(machine: Account) -> None:
    changes = {ref("v1"): [line(), line()]}
    services.post(changes=changes, by=machine, act="one")
    assert services.post(changes=changes, by=machine, act="two") is None
    assert services.post(changes={}, by=machine, act="three") is None
    assert Posting.objects.count() == 1


def test_a_change_supersedes_and_the_past_stays(machine: Account) -> None:
    first = services.post(changes={ref("v1"): [line(), line(sex="girl")]}, by=machine, act="one")
    second = services.post(changes={ref("v1"): [line(), line(sex="girl", count=2)]}, by=machine, act="two")
    third = services.post(changes={ref("v1"): []}, by=machine, act="void")
    assert first
    assert second
    assert third
    counts = [
        sorted(Line.objects.as_at(moment).values_list("sex", "count"))
        for moment in (first.moment, second.moment, third.moment)
    ]
    assert counts == [[("boy", 1), ("girl", 1)], [("boy", 1), ("girl", 2)], []]
    assert list(Line.objects.order_by("id").values_list("posting_id", "superseded_by_id")) == [
        (first.pk, third.pk),
        (first.pk, second.pk),
        (second.pk, third.pk),
    ]


def test_moments_increase_even_when_the_clock_is_set_back(machine: Account) -> None:
    first = services.post(changes={ref("v1"): [line()]}, by=machine, act="one")
    assert first
    with patch("sutura.ledger.services.timezone.now", return_value=first.moment - timedelta(hours=1)):
        second = services.mark(by=machine, act="two")
    assert second.moment == first.moment + timedelta(microseconds=1)
    assert services.last_moment() == second.moment


def test_queries_of_a_post_do_not_grow_with_violations(machine: Account, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    number = 11 if connection.vendor == "postgresql" else 10  # the advisory lock is a statement
    with django_assert_num_queries(number):
        services.post(changes={ref("v1"): [line(child_key="child:1")]}, by=machine, act="one")
    many = {ref(f"w{n}"): [line(child_key=f"child:w{n}")] for n in range(300)}
    with django_assert_num_queries(number):
        services.post(changes=many, by=machine, act="many")


REFUSED = [
    "UPDATE ledger_line SET count = 9",
    "UPDATE ledger_line SET region = 'ML01'",
    "UPDATE ledger_line SET superseded_at = NULL, superseded_by_id = NULL",
    "UPDATE ledger_line SET superseded_at = recorded_at, superseded_by_id = posting_id, count = 4",
    "DELETE FROM ledger_line",
    "UPDATE ledger_posting SET why = 'other'",
    "DELETE FROM ledger_posting",
]


@pytest.mark.usefixtures("as_owner")  # whom no missing right stops
@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses_to_rewrite(machine: Account, statement: str) -> None:
    services.post(changes={ref("v1"): [line()]}, by=machine, act="one")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.usefixtures("as_owner")  # whom no missing right stops
def test_a_line_is_superseded_only_once(machine: Account) -> None:
    services.post(changes={ref("v1"): [line()]}, by=machine, act="one")
    services.post(changes={ref("v1"): []}, by=machine, act="two")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE ledger_line SET superseded_at = %s", [timezone.now().isoformat(" ")])


def test_the_rollup_moves_with_the_posting(machine: Account) -> None:
    services.post(changes={ref("v1"): [line(count=3)]}, by=machine, act="one")
    assert list(Cell.objects.values_list("decided_quarter", "event_quarter", "late", "type", "count")) == [
        (20251, 20251, False, "killing", 3)
    ]
    assert list(Margin.objects.order_by("axis").values_list("axis", "value", "count")) == [
        ("age", "unknown", 3),
        ("cercle", "ML0504", 3),
        ("party", "unidentified", 3),
        ("region", "ML05", 3),
        ("region_2023", "ML05", 3),
        ("sex", "boy", 3),
    ]
    services.post(changes={ref("v1"): []}, by=machine, act="two")
    assert (Cell.objects.count(), Margin.objects.count()) == (0, 0)


def test_repeated_children_are_kept_while_they_repeat(machine: Account) -> None:
    child = "child:X"
    services.post(changes={ref("v1"): [line(child_key=child)]}, by=machine, act="one")
    assert Repeat.objects.count() == 0
    services.post(
        changes={
            ref("v2"): [line(child_key=child, type="abduction")],
            ref("v3"): [line(child_key=child, type="deprivation_liberty")],
            ref("v4"): [line(child_key="group:G", sex=sex, count=2) for sex in ("boy", "girl")],
        },
        by=machine,
        act="two",
    )
    kept = Repeat.objects.order_by("line").values_list("violation_ref", "type")
    assert list(kept) == [(ref("v1"), "killing"), (ref("v2"), "abduction")]
    services.post(changes={ref("v1"): []}, by=machine, act="three")
    assert Repeat.objects.count() == 0


def test_a_spoiled_rollup_is_found_and_rebuilt(machine: Account) -> None:
    child = "child:X"
    changes = {ref(name): [line(child_key=child)] for name in ("v1", "v2")}
    services.post(changes=changes, by=machine, act="one")
    assert services.check_rollup() == []
    Cell.objects.update(count=7)
    Margin.objects.filter(axis="sex").delete()
    Repeat.objects.filter(violation_ref=ref("v1")).delete()
    assert len(services.check_rollup()) == 3
    services.rebuild_rollup(by=machine)
    assert services.check_rollup() == []


def test_verify_compares_with_the_records(machine: Account) -> None:
    services.post(changes={ref("v1"): [line()], ref("v2"): [line()]}, by=machine, act="one")
    good = services.verify(iter([(ref("v1"), [line()]), (ref("v2"), [line()]), (ref("v3"), [])]))
    assert (good.violations, good.lines, good.faults) == (3, 2, [])
    bad = services.verify(iter([(ref("v1"), [line(count=2)])]))
    assert len(bad.faults) == 3


def test_who_sees_which_lines(
    machine: Account, fatou: Account, oumar: Account, awa: Account, moussa: Account
) -> None:
    services.post(changes={ref("v1"): [line()], ref("v2"): [line(region="")]}, by=machine, act="one")
    assert Line.objects.visible_to(fatou).count() == 0
    assert Line.objects.visible_to(oumar).count() == 0
    assert Cell.objects.visible_to(oumar).count() == 0
    assert Posting.objects.visible_to(fatou).count() == 0
    assert [row.violation_ref for row in Line.objects.visible_to(awa)] == [ref("v1")]
    assert Line.objects.visible_to(moussa).count() == 2
    assert Posting.objects.visible_to(awa).count() == 1
