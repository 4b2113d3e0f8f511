"""Any sequence of acts: the ledger equals the records, and every past moment still tells what it told."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sutura.access.errors import Invalid
from sutura.incidents import services
from sutura.incidents.models import Incident, PerpetratorLink, Victim, VictimLink, Violation
from sutura.incidents.parts import PerpetratorPart, VictimPart, ViolationPart
from sutura.ledger.models import Line
from sutura.ledger.rules import CHILD_COUNTED_TYPES, GRAVE_TYPES, SEXES
from sutura.ledger.services import last_moment
from sutura.parties.models import Party
from sutura.people.models import Account
from tests.incidents.booked import ledger_equals_records
from tests.incidents.conftest import DAY, Places, bundle

EXAMPLES = int(os.environ.get("SUTURA_STORY_EXAMPLES", "60"))
STEPS = 40  # with 60 stories: some two thousand acts
WHICH = st.integers(0, 50)
NUMBER = st.integers(0, 3)
STATUS = st.sampled_from(["pending", "could_not_verify", "verified", "not_mrm", "did_not_occur"])
TYPE = st.sampled_from([*GRAVE_TYPES, "military_use", "deprivation_liberty"])
CODES = st.lists(st.sampled_from(["JNIM", "FAMA", "DNA", "NOBODY"]), max_size=3)
SEX = st.sampled_from(SEXES)
KEY = st.sampled_from(["", "K1", "K2", "K3"])


class Story(RuleBasedStateMachine):
    """Acts chosen at random on records chosen at random; a refusal must leave everything as it was."""

    machine: Account
    places: Places

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.told: list[tuple[datetime, list[tuple[Any, ...]]]] = []

    def teardown(self) -> None:
        for moment, lines in self.told:
            assert self.lines(Line.objects.as_at(moment)) == lines
        transaction.savepoint_rollback(self.point)

    @staticmethod
    def lines(rows: Any) -> list[tuple[Any, ...]]:
        return sorted(
            rows.values_list("id", "violation_ref", "type", "status", "sex", "count", "party_label")
        )

    def attempt(self, act: Callable[[], object]) -> None:
        """Do it, or see it refused without a trace."""
        before = self.lines(Line.objects.open())
        try:
            act()
        except Invalid:
            assert self.lines(Line.objects.open()) == before

    def one(self, model: Any, which: int) -> Any:
        """A record of the kind, by number; None when there is none."""
        rows = list(model.objects.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    @initialize()
    def begin(self) -> None:
        services.open_incident(bundle=bundle(self.places), by=self.machine)

    @rule(kayes=st.booleans(), days=st.integers(0, 300), open_ended=st.booleans())
    def open_incident(self, kayes: bool, days: int, open_ended: bool) -> None:
        place = self.places.kayes if kayes else self.places.mopti
        given = bundle(self.places, place=place, occurred_on=DAY + timedelta(days), open_ended=open_ended)
        self.attempt(lambda: services.open_incident(bundle=given, by=self.machine))

    @rule(which=WHICH, type_=TYPE, boys=NUMBER, unknown=NUMBER, codes=CODES)
    def add_violation(self, which: int, type_: str, boys: int, unknown: int, codes: list[str]) -> None:
        incident = self.one(Incident, which)
        part = ViolationPart(type=type_, boys=boys, unknown=unknown, parties=tuple(codes))
        self.attempt(lambda: services.add_violation(incident=incident, part=part, by=self.machine))

    @rule(which=WHICH, boys=NUMBER, girls=NUMBER, unknown=NUMBER, type_=TYPE)
    def change_violation(self, which: int, boys: int, girls: int, unknown: int, type_: str) -> None:
        self.attempt(
            lambda: services.change_violation(
                violation=self.one(Violation, which),
                by=self.machine,
                boys=boys,
                girls=girls,
                unknown=unknown,
                type=type_,
            )
        )

    @rule(which=WHICH, kind=st.sampled_from(["facility", "threat", "other_interference"]))
    def change_detail(self, which: int, kind: str) -> None:
        violation = self.one(Violation, which)
        if violation.type.startswith("attack_"):
            self.attempt(
                lambda: services.change_detail(violation=violation, by=self.machine, attack_kind=kind)
            )

    @rule(which=WHICH, codes=CODES, attribution=st.sampled_from(["", "joint", "crossfire"]))
    def set_parties(self, which: int, codes: list[str], attribution: str) -> None:
        given: dict[str, Any] = {"violation": self.one(Violation, which), "parties": codes}
        self.attempt(lambda: services.set_parties(**given, attribution=attribution, by=self.machine))

    @rule(which=WHICH, code=st.sampled_from(["JNIM", "DNA", ""]))
    def add_perpetrator(self, which: int, code: str) -> None:
        violation = self.one(Violation, which)
        part = PerpetratorPart(violations=(violation.ref,), party=code)
        self.attempt(
            lambda: services.add_perpetrator(incident=violation.incident, part=part, by=self.machine)
        )

    @rule(which=WHICH)
    def unlink_perpetrator(self, which: int) -> None:
        link = self.one(PerpetratorLink, which)
        if link:
            self.attempt(lambda: services.unlink_perpetrator(link=link, by=self.machine, why="x"))

    @rule(which=WHICH, sex=SEX, key=KEY, age=st.none() | st.integers(0, 18), group=st.booleans())
    def add_victim(self, which: int, sex: str, key: str, age: int | None, group: bool) -> None:
        violation = self.one(Violation, which)
        part = VictimPart(violations=(violation.ref,), child_key=key, sex=sex, age=age)
        if group:
            part = VictimPart(violations=(violation.ref,), kind="group", unknown=1)
        self.attempt(lambda: services.add_victim(incident=violation.incident, part=part, by=self.machine))

    @rule(which=WHICH, sex=SEX, key=KEY)
    def change_victim(self, which: int, sex: str, key: str) -> None:
        victim = self.one(Victim, which)
        self.attempt(lambda: services.change_victim(victim=victim, by=self.machine, sex=sex, child_key=key))

    @rule(which=WHICH, other=WHICH)
    def link_victim(self, which: int, other: int) -> None:
        victim = self.one(Victim, which)
        violations = list(victim.incident.violations.order_by("pk"))
        violation = violations[other % len(violations)]
        self.attempt(lambda: services.link_victim(victim=victim, violation=violation, by=self.machine))

    @rule(which=WHICH)
    def unlink_victim(self, which: int) -> None:
        link = self.one(VictimLink, which)
        if link:
            self.attempt(lambda: services.unlink_victim(link=link, by=self.machine, why="x"))

    @rule(which=WHICH, status=STATUS, days=st.integers(-5, 400))
    def set_status(self, which: int, status: str, days: int) -> None:
        violation = self.one(Violation, which)
        decided_on = min(DAY + timedelta(days), timezone.localdate())
        self.attempt(
            lambda: services.set_status(
                violation=violation, status=status, decided_on=decided_on, by=self.machine
            )
        )

    @rule(which=WHICH, days=st.integers(-30, 30), kayes=st.booleans())
    def change_incident(self, which: int, days: int, kayes: bool) -> None:
        values: dict[str, Any] = {"occurred_on": date(2025, 2, 15) + timedelta(days)}
        values["place"] = self.places.kayes if kayes else self.places.mopti
        incident = self.one(Incident, which)
        self.attempt(lambda: services.change_incident(incident=incident, by=self.machine, **values))

    @rule(which=WHICH, verb=st.sampled_from(["close", "reopen", "void"]))
    def change_state(self, which: int, verb: str) -> None:
        incident = self.one(Incident, which)
        act = getattr(services, f"{verb}_incident")
        self.attempt(lambda: act(incident=incident, by=self.machine, why="x"))

    @rule(which=WHICH, other=WHICH)
    def mark_duplicate(self, which: int, other: int) -> None:
        one, two = self.one(Incident, which), self.one(Incident, other)
        self.attempt(lambda: services.mark_duplicate(incident=one, of=two, by=self.machine, why="x"))

    @rule(which=WHICH, noun=st.sampled_from(["violation", "victim"]))
    def void(self, which: int, noun: str) -> None:
        record = self.one({"violation": Violation, "victim": Victim}[noun], which)
        act = getattr(services, f"void_{noun}")
        self.attempt(lambda: act(**{noun: record}, by=self.machine, why="x"))

    @invariant()
    def ledger_equals_records(self) -> None:
        assert ledger_equals_records()
        moment = last_moment()
        if moment and (not self.told or self.told[-1][0] != moment):
            self.told.append((moment, self.lines(Line.objects.open())))

    @invariant()
    def tallies_are_booked_in_full(self) -> None:
        for violation in Violation.objects.counting().select_related("incident"):
            if violation.type in CHILD_COUNTED_TYPES:
                lines = Line.objects.open().filter(violation_ref=violation.public_id)
                assert sum(lines.values_list("count", flat=True)) == violation.total


@pytest.mark.slow
def test_any_story_keeps_the_books(places: Places, parties: dict[str, Party], machine: Account) -> None:
    Story.machine, Story.places = machine, places
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Story,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
