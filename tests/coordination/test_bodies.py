"""Who sees a body, and who sits in it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.coordination.models import Body, Membership
from sutura.coordination.services import bodies
from sutura.people.models import Account
from tests.coordination.conftest import Room
from tests.people import MOPTI, cast

pytestmark = pytest.mark.django_db


def seen(user: object) -> set[str]:
    """The acronyms of the bodies which somebody sees."""
    return set(Body.objects.visible_to(user).values_list("acronym", flat=True))


def test_a_partner_of_another_region_sees_no_body_and_no_seat(room: Room, oumar: Account) -> None:
    for outsider in (room.stranger, oumar, AnonymousUser()):
        assert seen(outsider) == set()
        assert not Membership.objects.visible_to(outsider).exists()
    assert Membership.objects.count() == 6


def test_a_body_is_seen_by_its_members_of_today_and_by_who_keeps_bodies_there(
    room: Room, fatou: Account
) -> None:
    regional = cast("regional", "coordinator", regions=(MOPTI,))
    assert seen(fatou) == {"CCT", "GT-MOPTI"}
    assert seen(regional) == {"GT-MOPTI"}
    assert seen(room.member) == {"CCT", "GT-MOPTI"}
    seat = room.framework.memberships.get(account=room.member)
    bodies.change_member(member=seat, ends_on=timezone.localdate() - timedelta(days=1), by=fatou)
    assert seen(room.member) == {"GT-MOPTI"}


def test_a_seat_without_the_role_opens_nothing(room: Room, machine: Account) -> None:
    bare = cast("bare", "alert_partner")
    seat = room.group.memberships.get(account=room.member)
    bodies.change_member(member=seat, account=bare, by=machine)
    assert seen(bare) == set()


def test_members_and_strangers_keep_no_body(room: Room) -> None:
    for person in (room.member, room.stranger):
        with pytest.raises(NotAllowed):
            bodies.change_body(body=room.group, by=person, venue="Ailleurs")
        with pytest.raises(NotAllowed):
            bodies.add_member(body=room.group, organisation=room.other, starts_on=date(2026, 5, 1), by=person)


def test_a_member_twice_at_the_same_time_is_refused_by_one_sentence(room: Room, fatou: Account) -> None:
    with pytest.raises(Invalid) as refused:
        bodies.add_member(body=room.group, organisation=room.ngo, starts_on=date(2026, 5, 1), by=fatou)
    assert (refused.value.field, str(refused.value)) == (
        "organisation",
        "Cette organisation siège déjà ici depuis le 1er\xa0janv.\xa02026. "
        "Mettez d’abord fin à ce siège, ou modifiez-le.",
    )
    past = bodies.add_member(
        body=room.group,
        organisation=room.ngo,
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        by=fatou,
    )
    assert past.pk
    twin = Membership(body=room.group, organisation=room.ngo, starts_on=date(2026, 5, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"acronym": "CCT"}, "acronym"),
        ({"acronym": "X1", "kind": "club"}, "kind"),
        ({"acronym": "X1", "level": "regional"}, "region"),
        ({"acronym": "X1", "region": MOPTI}, "region"),
    ],
)
def test_what_a_body_cannot_be(room: Room, fatou: Account, said: dict[str, str], field: str) -> None:
    facts = {"kind": "thematic", "name_fr": "Plaidoyer", **said}
    with pytest.raises(Invalid) as refused:
        bodies.open_body(by=fatou, **facts)
    assert refused.value.field == field


def test_dates_reversed_and_a_body_within_itself_are_refused(room: Room, fatou: Account) -> None:
    seat = room.group.memberships.get(organisation=room.ngo)
    with pytest.raises(Invalid, match="précède le début"):
        bodies.change_member(member=seat, ends_on=date(2025, 1, 1), by=fatou)
    with pytest.raises(Invalid, match="partie d’elle-même"):
        bodies.change_body(body=room.framework, parent=room.group, by=fatou)


def test_each_act_keeps_a_version_and_a_line_of_the_log(room: Room, fatou: Account) -> None:
    bodies.change_body(body=room.group, by=fatou, venue="Mopti", why="déménagement")
    version = room.group.history.first()
    assert (version.venue, version.history_change_reason, room.group.history.count()) == (
        "Mopti",
        "déménagement",
        2,
    )
    line = Entry.objects.latest("pk")
    assert (line.actor, line.act, line.fields) == ("fatou", "coordination.change_body", "venue")
