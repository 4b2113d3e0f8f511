"""Any sequence of postings: open lines are the last facts, every past moment is reproduced, roll-up = recount."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import astuple
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from sutura.ledger import services
from sutura.ledger.models import Cell, Line, Margin, Repeat
from sutura.ledger.rules import FACTS, PERSON_TYPES, LineFacts
from sutura.people.models import Account
from sutura.people.services import machine as machine_account
from tests.ledger.lines import line, ref

VIOLATIONS = [ref(f"v{number}") for number in range(5)]
DAYS = st.dates(date(2024, 10, 1), date(2025, 6, 30))


@st.composite
def facts(draw: st.DrawFn) -> LineFacts:
    """A line with what figures depend on drawn at random."""
    kind = draw(st.sampled_from([*PERSON_TYPES[:2], "attack_school", "deprivation_liberty"]))
    occurred_on = draw(DAYS)
    status = draw(st.sampled_from(["verified", "pending"]))
    given: dict[str, Any] = {
        "type": kind,
        "status": status,
        "occurred_on": occurred_on,
        "open_ended": draw(st.booleans()),
        "decided_on": draw(st.dates(occurred_on, date(2025, 12, 31))) if status == "verified" else None,
        "region": draw(st.sampled_from(["ML05", "ML01", ""])),
        "party_label": draw(st.sampled_from(["unidentified", "JNIM", "crossfire:FAMA+JNIM"])),
    }
    if kind != "attack_school":
        given["sex"] = draw(st.sampled_from(["boy", "girl", "unknown"]))
        given["child_key"] = draw(st.sampled_from(["", "child:A", "child:B", "victim:C", "group:G"]))
        if given["child_key"] == "group:G":
            given["count"] = draw(st.integers(1, 4))
        if given["child_key"] == "child:A" and given["sex"] == "unknown":
            given["known_sex"] = draw(st.sampled_from(["", "boy"]))
    return line(**given)


class Story(RuleBasedStateMachine):
    """What was posted, kept beside the ledger as plain lists."""

    def __init__(self) -> None:
        super().__init__()
        self.now: dict[UUID, list[LineFacts]] = {}
        self.past: list[tuple[datetime, Counter[tuple[Any, ...]]]] = []
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.by: Account = machine_account("tests")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def booked(self) -> Counter[tuple[Any, ...]]:
        return Counter((v, *astuple(one)) for v, lines in self.now.items() for one in lines)

    @rule(changes=st.dictionaries(st.sampled_from(VIOLATIONS), st.lists(facts(), max_size=3), max_size=3))
    def post(self, changes: dict[UUID, list[LineFacts]]) -> None:
        before = self.booked()
        self.now |= changes
        posting = services.post(changes=changes, by=self.by, act="tests.post")
        assert (posting is None) == (self.booked() == before)
        if posting:
            self.past.append((posting.moment, self.booked()))

    @rule()
    def mark(self) -> None:
        self.past.append((services.mark(by=self.by, act="tests.mark").moment, self.booked()))

    @invariant()
    def open_lines_are_the_last_facts(self) -> None:
        assert Counter(Line.objects.open().values_list("violation_ref", *FACTS)) == self.booked()

    @invariant()
    def every_past_moment_is_reproduced(self) -> None:
        for moment, booked in self.past:
            assert Counter(Line.objects.as_at(moment).values_list("violation_ref", *FACTS)) == booked
        assert [moment for moment, _ in self.past] == sorted({moment for moment, _ in self.past})

    @invariant()
    def rollup_is_the_recount(self) -> None:
        assert services.check_rollup() == []
        total = sum(one.count for lines in self.now.values() for one in lines)
        assert sum(Cell.objects.values_list("count", flat=True)) == total
        for axis in ("region", "region_2023", "cercle", "party", "sex", "age"):
            assert sum(Margin.objects.filter(axis=axis).values_list("count", flat=True)) == total

    @invariant()
    def repeats_are_the_children_met_twice(self) -> None:
        met: defaultdict[str, set[UUID]] = defaultdict(set)
        for violation, lines in self.now.items():
            for one in lines:
                if one.child_key and one.type in PERSON_TYPES:
                    met[one.child_key].add(violation)
        twice = {key for key, violations in met.items() if len(violations) > 1}
        known = {
            one.child_key
            for lines in self.now.values()
            for one in lines
            if one.type in PERSON_TYPES and one.known_sex
        }
        assert set(Repeat.objects.values_list("child_key", flat=True)) == twice | known


@pytest.mark.django_db
def test_any_story_of_postings() -> None:
    run_state_machine_as_test(
        Story, settings=settings(max_examples=40, stateful_step_count=15, deadline=None)
    )
