from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import timezone

from sutura.coordination.models import Body, Meeting
from sutura.coordination.services import bodies, meetings
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from tests.people import KAYES, MOPTI, cast


@dataclass
class Room:
    """A national framework and a group of Mopti, with three invented organisations and a member of each body."""

    framework: Body
    group: Body
    state: Organisation
    ngo: Organisation
    other: Organisation
    member: Account  # sits in both for the NGO
    stranger: Account  # the same role, in Kayes, in no body


@pytest.fixture
def room(machine: Account) -> Room:
    """Two bodies that work, the coordinator leading neither."""
    state = add_organisation(by=machine, name="Direction inventée", acronym="DIV", kind="state")
    ngo = add_organisation(by=machine, name="ONG Sahel fictive", acronym="OSF", kind="nngo")
    other = add_organisation(by=machine, name="Association fictive", kind="association")
    framework = bodies.open_body(
        by=machine, kind="consultation", name_fr="Cadre de concertation", name_en="Framework", acronym="CCT"
    )
    group = bodies.open_body(
        by=machine, kind="working_group", name_fr="Groupe de Mopti", acronym="GT-MOPTI", level="regional",
        region=MOPTI, parent=framework,
    )  # fmt: skip
    member = cast("mariam", "body_member")
    for body in (framework, group):
        since = date(2026, 1, 1)
        bodies.add_member(body=body, organisation=state, seat="lead", starts_on=since, by=machine)
        bodies.add_member(body=body, organisation=ngo, starts_on=since, by=machine, account=member)
        bodies.add_member(body=body, organisation=other, starts_on=since, by=machine)
    stranger = cast("souleymane", "body_member", "coordinator", regions=(KAYES,))
    return Room(framework, group, state, ngo, other, member, stranger)


@pytest.fixture
def verifier(room: Room, machine: Account) -> Account:
    """Sits in the framework for the State service."""
    found = cast("seydou", "body_member")
    seat = room.framework.memberships.get(organisation=room.state)
    bodies.change_member(member=seat, account=found, by=machine)
    return found


@pytest.fixture
def meeting(room: Room, fatou: Account) -> Meeting:
    """A meeting of the group of Mopti, today."""
    return meetings.plan_meeting(body=room.group, planned_on=timezone.localdate(), venue="Mopti", by=fatou)


@pytest.fixture
def held(meeting: Meeting, fatou: Account) -> Meeting:
    """The same, held."""
    return meetings.open_minutes(meeting=meeting, held_on=timezone.localdate(), by=fatou)
