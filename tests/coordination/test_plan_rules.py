from __future__ import annotations

from datetime import date

import pytest

from sutura.coordination.rules import instruments
from sutura.coordination.rules.instruments import Read, Told, Unread, standing
from sutura.coordination.rules.plans import SHOWN, Standing, Sums, changes, months, share, sums

TODAY = date(2026, 7, 1)
DONE = Standing("done", date(2026, 3, 1), 100, 100)
LATE = Standing("under_way", date(2026, 6, 30), 300, 100)
DUE = Standing("planned", TODAY, None, 0)
GIVEN_UP = Standing("dropped", date(2026, 1, 1), 900, 50)
HELD = (DONE, LATE, DUE, GIVEN_UP)


def test_an_activity_given_up_counts_for_nothing_but_itself():
    assert sums(HELD, TODAY) == Sums(
        planned=3, done=1, late=1, dropped=1, uncosted=1, budget=400, funded=200, gap=200
    )
    assert sums((), TODAY) == Sums(0, 0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_each_number_opens_as_many_activities(name: str):
    wanted = {
        "all": 4,
        "planned": 3,
        "done": 1,
        "late": 1,
        "open": 2,
        "gap": 1,
        "funded": 2,
        "uncosted": 1,
        "dropped": 1,
    }
    assert sum(SHOWN[name](each, TODAY) for each in HELD) == wanted[name]


def test_the_last_day_is_not_late():
    assert [LATE.is_late(date(2026, 6, 30)), LATE.is_late(TODAY), DONE.is_late(TODAY)] == [False, True, False]


def test_a_timeline_goes_by_months():
    along = months(date(2026, 11, 15), date(2027, 1, 1))
    assert along.firsts == (date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1))
    assert along.after == date(2027, 2, 1)
    assert [share(day, along) for day in (date(2026, 1, 1), date(2026, 11, 1), date(2027, 2, 1), date(2030, 1, 1))] == [
        0, 0, 100, 100,
    ]  # fmt: skip
    assert share(date(2026, 12, 1), along) == pytest.approx(100 * 30 / 92)


def test_two_versions_differ_by_activity_and_field():
    old = {1: {"title": "a", "budget": "5"}, 2: {"title": "b", "budget": ""}, 3: {"title": "c", "budget": ""}}
    new = {1: {"title": "a", "budget": "6"}, 3: {"title": "c", "budget": ""}, 4: {"title": "d", "budget": ""}}
    assert [(each.number, each.how, each.fields) for each in changes(old, new)] == [
        (1, "changed", (("budget", "5", "6"),)),
        (2, "gone", (("title", "b", None), ("budget", "", None))),
        (4, "new", (("title", None, "d"), ("budget", None, ""))),
    ]
    assert changes(old, old) == []


@pytest.mark.parametrize(
    ("line", "number", "text"),
    [
        ("12. Demande que…", "12", "Demande que…"),
        ("§ 12 (a): Prie", "12 (a)", "Prie"),
        ("Article 4 – Libère", "4", "Libère"),
        ("art. 4 bis : Forme", "4 bis", "Forme"),
        ("  7.2) Rend compte", "7.2", "Rend compte"),
        ("12B. Urges", "12 (b)", "Urges"),
    ],
)
def test_a_pasted_line_begins_with_its_number(line: str, number: str, text: str):
    assert instruments.read(line) == ([Read(number, text)], [])


def test_what_cannot_be_read_is_told_with_its_line():
    found, unread = instruments.read("1. Un\n\nsans numéro\n2. Deux\n3.")
    assert [each.number for each in found] == ["1", "2"]
    assert unread == [Unread(3, "sans numéro"), Unread(5, "3.")]
    assert instruments.twice(["1", "2", "1", "3 (a)", "3 (a)"]) == ["1", "3 (a)"]
    assert [instruments.plain(each) for each in ("12 a", "12(a)", "12 (A)", "4 TER", "préambule  1")] == [
        "12 (a)", "12 (a)", "12 (a)", "4 ter", "préambule 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "aside", "wanted"),
    [
        ([], False, "nothing"),
        ([], True, "set_aside"),
        ([("lapsed", False), ("replaced", False)], False, "nothing"),
        ([("verified", False), ("lapsed", False)], False, "done"),
        ([("verified", False), ("under_way", False)], False, "open"),
        ([("verified", False), ("under_way", True)], False, "late"),
        ([("adopted", False)], True, "open"),
    ],
)
def test_where_a_paragraph_stands(told: list[tuple[str, bool]], aside: bool, wanted: str):
    assert standing([Told(*each) for each in told], set_aside=aside) == wanted
