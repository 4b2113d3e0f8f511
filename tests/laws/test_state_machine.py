"""Law: whatever happens to records, the ledger equals them, editions keep their hash, past figures are reproduced."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import SearchStrategy

from sutura.access.errors import DomainError
from sutura.incidents import services as incidents
from sutura.incidents.booking import all_lines
from sutura.incidents.models import (
    Incident,
    Perpetrator,
    PerpetratorLink,
    Victim,
    VictimLink,
    Violation,
)
from sutura.incidents.parts import PerpetratorPart
from sutura.ledger import services as ledger
from sutura.ledger.models import Line
from sutura.ledger.rules import CHILD_COUNTED_TYPES
from sutura.parties.models import Party
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.reporting import services as reporting
from sutura.reporting.models import Edition
from sutura.reporting.rules.addresses import flat
from sutura.reporting.rules.explaining import total
from sutura.reporting.rules.figures import as_json
from sutura.verification import services as verification
from sutura.verification.models import SittingItem
from tests.laws import life
from tests.people import cast
from tests.registers import load_places as load_register

WHY = "règle de la maison"
LIVES, LENGTH, STEPS = 45, 70, 2000
ACTS = (
    "open_incident", "apply_changes", "change_incident", "add_violation", "change_violation", "change_detail",
    "void_violation", "close_incident", "reopen_incident", "void_incident", "mark_duplicate", "add_victim",
    "change_victim", "void_victim", "link_victim", "unlink_victim", "set_parties", "add_perpetrator",
    "change_perpetrator", "void_perpetrator", "link_perpetrator", "unlink_perpetrator", "set_statuses",
    "give_opinion", "decide_in_sitting", "freeze", "clear", "remember", "explained",
)  # fmt: skip
DONE: Counter[str] = Counter()
"""How often each act was done, over all lives; acts which the rules refuse are counted apart."""


CHOICES: dict[str, SearchStrategy[dict[str, Any]]] = {}
"""What a life chooses from: each act with what may be drawn for it."""


def act(**drawn: SearchStrategy[Any]) -> Callable[[Any], Any]:
    """One act of a life. Hypothesis' own rules leave half of themselves out of each life; here all have a chance."""

    def choose(method: Any) -> Any:
        CHOICES[method.__name__] = st.fixed_dictionaries(drawn)
        return method

    return choose


class Life(RuleBasedStateMachine):
    """The life of a few incidents, from the first word to the edition, in any order that anybody may choose."""

    people: ClassVar[dict[str, Account]] = {}
    units: ClassVar[dict[str, Unit]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.step = 0
        self.remembered: list[tuple[str, str, str, datetime, dict[str, Any]]] = []
        self.frozen: dict[int, tuple[str, str]] = {}

    def teardown(self) -> None:
        """Look back at everything once more, then forget this life."""
        try:
            self.look_back()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def do(self, service: Callable[..., Any], **given: Any) -> Any:
        """One act of a person; a refusal changes nothing, which the invariants then see."""
        try:
            done = service(why=WHY, **given) if "why" in service.__annotations__ else service(**given)
        except DomainError:
            DONE["refused"] += 1
            return None
        DONE[service.__name__] += 1
        return done

    @staticmethod
    def one(rows: Any, number: int) -> Any:
        """One of the records there are; None when there is none."""
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.get(pk=keys[number % len(keys)]) if keys else None

    def touch(self, service: Callable[..., Any], name: str, rows: Any, number: int, **given: Any) -> None:
        """An act on one of the records there are."""
        record = self.one(rows, number)
        if record is not None:
            self.do(service, **{name: record}, by=self.people["monitor"], **given)

    # What was told.

    @initialize(data=st.data())
    def begin(self, data: Any) -> None:
        """Three incidents told by people and one by a file, so that acts find something to act on."""
        for _number in range(3):
            self.open_incident(data)
        self.import_a_file_again(data, [1])

    @rule(data=st.data())
    def live(self, data: Any) -> None:
        name = data.draw(st.sampled_from(list(CHOICES)))
        getattr(self, name)(**data.draw(CHOICES[name]))

    @act(data=st.data())
    def open_incident(self, data: Any) -> None:
        bundle = data.draw(life.bundles(self.units))
        self.do(incidents.open_incident, bundle=bundle, by=self.people["monitor"])

    @act(data=st.data(), numbers=st.lists(st.integers(1, 3), min_size=1, max_size=2, unique=True))
    def import_a_file_again(self, data: Any, numbers: list[int]) -> None:
        bundles = [data.draw(life.bundles(self.units, f"I{number}")) for number in numbers]
        self.do(incidents.apply_changes, bundles=bundles, by=self.people["machine"])

    @act(number=life.which, when=life.whens())
    def change_the_days(self, number: int, when: dict[str, Any]) -> None:
        self.touch(incidents.change_incident, "incident", Incident.objects, number, **when)

    @act(number=life.which, place=life.place)
    def change_the_place(self, number: int, place: str) -> None:
        self.touch(incidents.change_incident, "incident", Incident.objects, number, place=self.units[place])

    @act(number=life.which, part=life.violations())
    def add_violation(self, number: int, part: Any) -> None:
        self.touch(incidents.add_violation, "incident", Incident.objects, number, part=part)

    @act(number=life.which, tally=life.tally)
    def count_again(self, number: int, tally: dict[str, int]) -> None:
        self.touch(incidents.change_violation, "violation", Violation.objects, number, **tally)

    @act(number=life.which, kind=life.kind, told=life.attribution)
    def call_it_otherwise(self, number: int, kind: str, told: str) -> None:
        facts = {"type": kind} | ({"attribution": told} if told else {})
        self.touch(incidents.change_violation, "violation", Violation.objects, number, **facts)

    @act(number=life.which, kind=st.sampled_from(("facility", "threat", "other_interference")))
    def detail_the_attack(self, number: int, kind: str) -> None:
        schools = Violation.objects.filter(type="attack_school")
        self.touch(incidents.change_detail, "violation", schools, number, attack_kind=kind)

    @act(number=life.which)
    def void_violation(self, number: int) -> None:
        self.touch(incidents.void_violation, "violation", Violation.objects.standing(), number)

    @act(
        number=life.which,
        act=st.sampled_from(("close", "reopen", "reopen", "void", "duplicate")),
        of=life.which,
    )
    def change_the_state(self, number: int, act: str, of: int) -> None:
        if act == "duplicate":
            other = self.one(Incident.objects, of)
            self.touch(incidents.mark_duplicate, "incident", Incident.objects, number, of=other)
        else:
            self.touch(getattr(incidents, f"{act}_incident"), "incident", Incident.objects, number)

    # Whom it harmed.

    @act(number=life.which, data=st.data())
    def add_victim(self, number: int, data: Any) -> None:
        incident = self.one(Incident.objects.filter(violations__voided_reason="").distinct(), number)
        if incident is not None:
            refs = tuple(incident.violations.standing().values_list("ref", flat=True))
            part = data.draw(life.victims(refs))
            self.do(incidents.add_victim, incident=incident, part=part, by=self.people["monitor"])

    @act(number=life.which, key=st.none() | life.key, sex=life.sex, age=life.age)
    def know_the_child_better(self, number: int, key: str | None, sex: str, age: int | None) -> None:
        children = Victim.objects.filter(kind="individual")
        facts = {"child_key": key, "sex": sex, "age": age}
        self.touch(incidents.change_victim, "victim", children, number, **facts)

    @act(number=life.which, tally=life.tally)
    def count_the_group_again(self, number: int, tally: dict[str, int]) -> None:
        self.touch(incidents.change_victim, "victim", Victim.objects.filter(kind="group"), number, **tally)

    @act(number=life.which)
    def void_victim(self, number: int) -> None:
        self.touch(incidents.void_victim, "victim", Victim.objects.standing(), number)

    @act(number=life.which, other=life.which)
    def link_victim(self, number: int, other: int) -> None:
        victim = self.one(Victim.objects.standing(), number)
        if victim is not None:
            violation = self.one(Violation.objects.filter(incident=victim.incident_id), other)
            by = self.people["monitor"]
            self.do(incidents.link_victim, victim=victim, violation=violation, by=by)

    @act(number=life.which)
    def unlink_victim(self, number: int) -> None:
        self.touch(incidents.unlink_victim, "link", VictimLink.objects, number)

    # Who did it.

    @act(number=life.which, codes=life.codes, told=life.attribution)
    def set_parties(self, number: int, codes: tuple[str, ...], told: str) -> None:
        facts = {"parties": codes, "attribution": told}
        self.touch(incidents.set_parties, "violation", Violation.objects, number, **facts)

    @act(number=life.which, code=st.sampled_from(("", *life.PARTIES)))
    def add_perpetrator(self, number: int, code: str) -> None:
        violation = self.one(Violation.objects.standing(), number)
        if violation is not None:
            part = PerpetratorPart(violations=(violation.ref,), party=code)
            by = self.people["monitor"]
            self.do(incidents.add_perpetrator, incident=violation.incident, part=part, by=by)

    @act(number=life.which, code=st.sampled_from(life.PARTIES))
    def name_the_perpetrator(self, number: int, code: str) -> None:
        party = Party.objects.get(code=code)
        rows = Perpetrator.objects
        self.touch(incidents.change_perpetrator, "perpetrator", rows, number, party=party)

    @act(number=life.which)
    def void_perpetrator(self, number: int) -> None:
        self.touch(incidents.void_perpetrator, "perpetrator", Perpetrator.objects.standing(), number)

    @act(number=life.which, other=life.which)
    def link_perpetrator(self, number: int, other: int) -> None:
        one = self.one(Perpetrator.objects.standing(), number)
        if one is not None:
            violation = self.one(Violation.objects.filter(incident=one.incident_id), other)
            by = self.people["monitor"]
            self.do(incidents.link_perpetrator, perpetrator=one, violation=violation, by=by)

    @act(number=life.which)
    def unlink_perpetrator(self, number: int) -> None:
        self.touch(incidents.unlink_perpetrator, "link", PerpetratorLink.objects, number)

    # What was judged.

    @act(number=life.which, how_many=st.integers(1, 4), status=life.status, day=life.day)
    def set_statuses(self, number: int, how_many: int, status: str, day: Any) -> None:
        found = list(Violation.objects.standing().order_by("pk"))
        chosen = [found[(number + more) % len(found)] for more in range(min(how_many, len(found)))]
        decisions = [incidents.Decision(one, status, None if status == "pending" else day) for one in chosen]
        self.do(incidents.set_statuses, decisions=decisions, by=self.people["principal"])

    @act(number=life.which, status=life.status, day=life.day)
    def judge(self, number: int, status: str, day: Any) -> None:
        violation = self.one(Violation.objects.standing(), number)
        self.say(violation, status, day, "focal_point", "technical", "ctfmr")

    def say(self, violation: Violation | None, status: str, day: Any, *levels: str) -> None:
        """Opinions of some levels, one after the other."""
        for level in levels if violation else ():
            facts = {"status": status, "given_on": day, "reason": WHY, "exception": WHY}
            by = self.people[level]
            self.do(verification.give_opinion, violation=violation, level=level, by=by, **facts)

    @act(number=life.which, status=life.status, day=life.day)
    def decide_in_a_sitting(self, number: int, status: str, day: Any) -> None:
        violation = self.one(Violation.objects.counting().pending(), number)
        self.say(violation, "could_not_verify", day, "focal_point", "technical")
        by = self.people["secretary"]
        sitting = self.do(verification.convene_sitting, held_on=day, by=by) if violation else None
        if sitting is not None:
            self.do(verification.put_on_agenda, sitting=sitting, violations=[violation], by=by)
            for item in SittingItem.objects.filter(sitting=sitting):
                facts = {"status": status, "reason": WHY, "exception": WHY}
                self.do(verification.decide_in_sitting, item=item, by=self.people["ctfmr"], **facts)

    # What was reported.

    @act(report=life.report, geography=life.geography)
    def remember(self, report: tuple[str, str], geography: str) -> None:
        found = reporting.collect(*report, geography=geography)
        assert all(found.checks.values()), found.checks
        self.remembered.append((*report, geography, found.as_at, as_json(found)))
        DONE["remember"] += 1

    @act(report=life.report, geography=life.geography, reason=st.sampled_from(("", WHY, WHY)))
    def freeze(self, report: tuple[str, str], geography: str, reason: str) -> None:
        facts = {"product": report[0], "period": report[1], "geography": geography, "reason": reason}
        edition = self.do(reporting.freeze, by=self.people["secretary"], **facts)
        if edition is not None:
            self.frozen[edition.pk] = (edition.content, edition.sha256)

    @act(number=life.which, level=st.sampled_from(("technical", "ctfmr")))
    def clear(self, number: int, level: str) -> None:
        edition = self.one(Edition.objects, number)
        if edition is not None:
            self.do(reporting.clear, edition=edition, level=level, by=self.people[level])

    # What must be true.

    @invariant()
    def the_ledger_equals_the_records(self) -> None:
        """Open lines are those recomputed from the records, and the roll-up is their recount."""
        assert ledger.verify(all_lines()).faults == []

    @invariant()
    def what_is_counted_is_what_is_told(self) -> None:
        """Each violation counts its tally, or one, told by reading the records plainly."""
        counted = Violation.objects.standing().filter(incident__state__in=("open", "closed"))
        told: Counter[Any] = Counter()
        for one in counted.select_related("attack_detail"):
            attack = getattr(one, "attack_detail", None)
            if one.type in CHILD_COUNTED_TYPES:
                told[one.public_id] += one.total
            elif not (one.type == "attack_school" and attack and attack.attack_kind == "other_interference"):
                told[one.public_id] += 1
        booked: Counter[Any] = Counter()
        for ref, count in Line.objects.open().order_by().values_list("violation_ref", "count"):
            booked[ref] += count
        assert booked == +told

    @invariant()
    def now_and_then_one_looks_back(self) -> None:
        self.step += 1
        if self.step % 16 == 0:
            self.look_back()

    def look_back(self) -> None:
        """Editions keep content and hash and recompute to it; any past figure is reproduced and explained."""
        for edition in Edition.objects.order_by("pk"):
            assert (edition.content, edition.sha256) == self.frozen[edition.pk]
            assert reporting.is_intact(edition)
            assert reporting.recompute(edition) == edition.sha256
        for product, period, geography, moment, figures in self.remembered:
            again = reporting.collect(product, period, as_at=moment, geography=geography)
            assert as_json(again) == figures
        for product, period, geography, moment, _figures in self.remembered[:3]:
            self.explain(product, period, geography, moment)

    def explain(self, product: str, period: str, geography: str, moment: datetime) -> None:
        """From a remembered moment to now: every difference is told by a violation, to the unit."""
        now = ledger.last_moment() or moment
        told = reporting.explain(product, period, before=moment, after=max(now, moment), geography=geography)
        assert total(because.change for because in told.changes) == told.deltas
        assert all(because.postings for because in told.changes)
        current = reporting.collect(product, period, geography=geography)
        assert flat(current) == flat(told.after)
        DONE["explained"] += 1


@pytest.fixture
def country(machine: Account) -> None:
    """The register of places, three parties and the label for nobody, and one person for each post."""
    load_register(by=machine)
    units = Unit.objects.filter(edition="cod-ab-2021", code__in=life.PLACES)
    Life.units = {unit.code: unit for unit in units}
    kinds = {"JNIM": "armed_group", "DNA": "armed_group", "FAMA": "armed_force", "NOBODY": "unidentified"}
    Party.objects.bulk_create(
        Party(code=code, type=kind, name_fr=code, name_en=code) for code, kind in kinds.items()
    )
    posts = {
        "monitor": "regional_coordinator", "focal_point": "regional_coordinator",
        "technical": "verification_panel", "ctfmr": "ctfmr_principal", "principal": "ctfmr_principal",
        "secretary": "secretariat",
    }  # fmt: skip
    Life.people = {post: cast(post, role) for post, role in posts.items()} | {"machine": machine}


@pytest.mark.slow
def test_the_ledger_tells_the_truth_whatever_happens(country: None) -> None:
    """At least two thousand acts; the same ones each time, others with SUTURA_EXPLORE=1."""
    DONE.clear()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=LENGTH,
            derandomize=not os.environ.get("SUTURA_EXPLORE"),
            deadline=None,
            database=None,
            phases=(Phase.generate, *([Phase.shrink] if os.environ.get("SUTURA_EXPLORE") else [])),
            suppress_health_check=list(HealthCheck),
        ),
    )
    done = sum(count for name, count in DONE.items() if name not in ("refused", "explained"))
    assert done >= STEPS, DONE
    assert {name for name in ACTS if not DONE[name]} == set(), DONE
