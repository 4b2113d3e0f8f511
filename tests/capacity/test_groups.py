"""Practice groups: what the note refuses, what functional means, and what a board may show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.capacity.models import NeedRaised, Sitting
from sutura.capacity.pages.groups import board
from sutura.capacity.rules import (
    FIRST_RULE,
    Standing,
    faults_of_note,
    months_until,
    silent_days,
    state_of_group,
    themes_may_show,
)
from sutura.capacity.services import groups, load_register
from sutura.people.models import Account
from tests.capacity.conftest import Schoolroom, browser, cohort_of, group_of, met

ON = date(2026, 6, 30)
BOARD = reverse("capacity:groups")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Bonne participation, règles rappelées.", []),
        ("Deux situations de Mopti, une de Gao ; la DNPEF viendra en avril.", []),
        ("Appeler le 70 00 00 01.", ["phone"]),
        ("Joindre +223 76543210", ["phone"]),
        ("Né le 3 mai, vit à Sévaré", ["date"]),
        ("Vu le 03/05/2014", ["date"]),
        ("un enfant prénommé Issa", ["name"]),
        ("Situation de Moussa Keïta", ["name"]),
        ("vu avec Mme Diarra", ["name"]),
        ("x" * 281, ["long"]),
    ],
)
def test_a_note_tells_of_nobody(text: str, faults: list[str]):
    assert faults_of_note(text) == faults


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, "functional"),
        ({"facilitated": False}, "irregular"),
        ({"chartered": False}, "irregular"),
        ({"sittings": [(ON, 5)]}, "irregular"),
        ({"sittings": [(ON, 4), (date(2026, 6, 1), 4)]}, "irregular"),
        ({"sittings": [(date(2026, 1, 1), 9), (date(2026, 4, 1), 9)]}, "irregular"),
        ({"sittings": [], "opened_on": date(2026, 6, 1)}, "starting"),
        ({"suspended_on": ON}, "suspended"),
        ({"suspended_on": ON, "closed_on": ON}, "closed"),
        ({"closed_on": date(2026, 7, 1)}, "functional"),
    ],
)
def test_functional_is_a_rule(changed: dict[str, Any], state: str):
    standing = Standing(True, True, date(2025, 1, 1), None, None, [(ON, 5), (date(2026, 6, 1), 6)])
    assert state_of_group(FIRST_RULE, standing._replace(**changed), ON) == state


def test_silence_themes_and_months_are_counted():
    standing = Standing(
        True, True, date(2026, 1, 1), None, None, [(date(2026, 3, 1), 5), (date(2026, 7, 1), 5)]
    )
    assert (silent_days(standing, ON), silent_days(standing._replace(sittings=[]), ON)) == (121, 180)
    assert [themes_may_show(*counts) for counts in ((2, 9), (3, 3), (1, 10))] == [False, True, True]
    assert months_until(date(2026, 1, 31), 3) == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]


def test_whoever_keeps_another_region_changes_no_group(schoolroom: Schoolroom):
    room = schoolroom
    group = group_of(room, room.rokia)
    need = met(group, room.rokia, needs=["training"]).needs.get()
    cohort = cohort_of(room, room.rokia)
    acts: list[Callable[[Account], object]] = [
        lambda by: group_of(room, by, "X"),
        lambda by: groups.change_group(group=group, name="X", by=by),
        lambda by: met(group, by, 5),
        lambda by: groups.plan_need(need=need, cohort=cohort, by=by),
        lambda by: groups.set_rule(window_days=30, sittings=1, attendance=1, by=by),
        lambda by: groups.keep_reading(by=by),
    ]
    for by in (room.kante, room.reader):
        for act in acts:
            with pytest.raises(NotAllowed):
                act(by)
    seen = {by.username: len(browser(by).get(BOARD).context["rows"]) for by in (room.kante, room.reader)}
    assert seen == {"kante": 0, "reader": 1}
    pages = [group.get_absolute_url(), reverse("capacity:sitting_new", args=[group.public_id])]
    assert [browser(room.kante).get(url).status_code for url in pages] == [404, 404]
    assert [browser(room.reader).get(url).status_code for url in pages] == [200, 403]


def test_themes_need_three_groups_or_ten_sittings(schoolroom: Schoolroom, machine: Account):
    room = schoolroom
    load_register(by=machine)
    for number, code in enumerate(("A", "B", "C")):
        assert board(room.rokia, {})["themes"] is None
        met(group_of(room, room.rokia, code), room.rokia, number, themes=["grief"])
    assert board(room.rokia, {})["themes"] == [("deuil", 3)]


def test_what_is_typed_of_a_sitting_is_not_lost(schoolroom: Schoolroom):
    room = schoolroom
    group, client = group_of(room, room.rokia), browser(room.rokia)
    url = reverse("capacity:sitting_new", args=[group.public_id])
    today = timezone.localdate().isoformat()
    typed = {"held_on": today, "women": 6, "men": 0, "situations": 2, "mode": "in_person", "themes": ["grief"],
             "needs": ["training"], "note": "Rappeler le 70 00 00 01"}  # fmt: skip
    wrong = client.post(url, typed)
    text = wrong.content.decode()
    assert (wrong.status_code, "numéro de téléphone" in text, "70 00 00 01" in text) == (422, True, True)
    assert client.post(url, typed | {"note": "", "women": 0}).status_code == 422
    assert client.post(url, typed | {"note": ""}).status_code == 302
    twice = client.post(url, typed | {"note": ""})
    assert (twice.status_code, Sitting.objects.count()) == (422, 1)
    need = NeedRaised.objects.get()
    cohort = cohort_of(room, room.rokia, ends_on=timezone.localdate())
    client.post(reverse("capacity:plan", args=[need.public_id]), {"cohort": cohort.public_id})
    assert cohort.code in client.get(reverse("capacity:raised")).content.decode()
    with pytest.raises(Invalid, match="achevée"):
        groups.plan_need(need=need, cohort=cohort_of(room, room.rokia, "VIEILLE"), by=room.rokia)
