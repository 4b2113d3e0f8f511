"""The acceptance scenarios of the field notes that belong to capacity, each under its number."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sutura.access.errors import Invalid
from sutura.capacity.models import Attendance, Sitting
from sutura.capacity.pages.figures import counted
from sutura.capacity.pages.people import pairs
from sutura.capacity.services import following, groups, load_register, people, results, training
from sutura.people.models import Account
from tests.capacity.conftest import (
    DAY,
    Schoolroom,
    browser,
    cohort_of,
    enrolled,
    group_of,
    met,
    somebody,
    taught,
)

BOARD, HOME = reverse("capacity:groups"), reverse("capacity:home")


def test_scenario_5_one_trainee_in_two_cohorts_under_two_spellings(schoolroom: Schoolroom):
    """One person once somebody says so: unique persons +1, enrolments +2; attendances are a third figure."""
    room = schoolroom
    first, second = cohort_of(room, room.rokia), cohort_of(room, room.rokia, "MOPTI-2")
    other = somebody(room.rokia, "Moussa Keïta (fictif)", sex="man")
    one = somebody(room.rokia, "Aïssata Diarra", phone="70 00 00 01")
    enrolled(first, other, room.rokia)
    before = counted(room.rokia, {}).persons(), counted(room.rokia, {}).count()
    again = somebody(room.rokia, "AISATA DIARRA", phone="+223 70000001")
    enrolled(first, one, room.rokia)
    enrolment = enrolled(second, again, room.rokia)
    trainer = somebody(room.rokia, "Une formatrice", cadre="trainer")
    followed = following.begin_supervision(
        professional=again, supervisor=trainer, kind="group", every_days=30, starts_on=DAY, by=room.rokia
    )
    group = group_of(room, room.rokia, facilitator=one, second=again)
    assert (counted(room.rokia, {}).persons(), pairs(room.rokia)) == (before[0] + 2, [(one, again)])
    people.join_cards(kept=one, other=again, by=room.rokia)
    assert (counted(room.rokia, {}).persons(), counted(room.rokia, {}).count()) == (
        before[0] + 1,
        before[1] + 2,
    )
    assert pairs(room.rokia) == []
    training.note_attendance(
        session=taught(room, second, room.rokia), present=[(enrolment, 1), (enrolment, 2)], by=room.rokia
    )
    assert Attendance.objects.count() == 2
    for row in (again, followed, group):
        row.refresh_from_db()
    assert (followed.professional, group.facilitator, group.second) == (one, one, None)
    assert (again.same_as, again.history.count(), again.enrolments.count()) == (one, 2, 0)


@pytest.mark.parametrize("note", ["x" * 281, "Rappeler le 70 00 00 01", "Né le 3 mai 2014"])
def test_scenario_6_a_sitting_stores_no_narrative_no_telephone_no_day_of_birth(
    schoolroom: Schoolroom, note: str
):
    room = schoolroom
    group = group_of(room, room.rokia)
    with pytest.raises(Invalid) as told:
        met(group, room.rokia, note=note)
    assert (told.value.field, Sitting.objects.count()) == ("note", 0)
    words = {
        field.name: field.max_length
        for field in Sitting._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField") and not field.choices
    }
    assert words == {"themes": 120, "note": 280}


def test_scenario_6_a_board_flags_a_group_silent_for_90_days(schoolroom: Schoolroom, machine: Account):
    """No sitting for 90 days is said; five or more people, twice, is functional by the rule printed there."""
    room = schoolroom
    load_register(by=machine)
    facilitator = somebody(room.rokia, "Une formatrice", cadre="trainer")
    meets, silent = (group_of(room, room.rokia, code, facilitator=facilitator) for code in ("A", "B"))
    for ago in (70, 10):
        met(meets, room.rokia, ago)
    met(silent, room.rokia, 90)
    page = browser(room.reader).get(BOARD)
    rows = {row["group"].code: (row["state"], row["silent"]) for row in page.context["rows"]}
    assert rows == {"A": ("functional", None), "B": ("irregular", 90)}
    text = page.content.decode()
    assert ("aucune rencontre depuis 90 jours" in text, "Une formatrice" in text) == (True, False)
    assert [figure["value"] for figure in page.context["figures"]] == [1, 11]
    assert "présence médiane d’au moins 5" in page.context["figures"][0]["basis"]
    opened = browser(room.reader).get(BOARD, {"state": "functional"}).context["rows"]
    assert [row["group"] for row in opened] == [meets]


def test_scenario_9_a_past_bulletin_keeps_its_figure_and_its_rule(schoolroom: Schoolroom, machine: Account):
    """The rule of functional changes; figures kept before do not, and say by which rule they were read."""
    room = schoolroom
    load_register(by=machine)
    group = group_of(room, room.rokia, facilitator=somebody(room.rokia))
    met(group, room.rokia, 10)
    before = groups.keep_reading(by=room.rokia)
    groups.set_rule(window_days=60, sittings=1, attendance=5, by=room.rokia)
    after = groups.keep_reading(by=room.rokia)
    before.refresh_from_db()
    assert (before.functional, before.groups, before.rule.version) == (0, 1, 1)
    assert (after.functional, after.rule.version) == (1, 2)
    text = browser(room.reader).get(BOARD).content.decode()
    assert [
        words in text for words in ("1\u202f: 2 rencontres en 90 jours", "2\u202f: 1 rencontres en 60 jours")
    ] == [
        True,
        True,
    ]


def test_scenario_10_every_label_in_french_then_in_english_and_sums_that_hold(schoolroom: Schoolroom):
    """By age and sex the sums are the persons certified; without anybody there is no table at all."""
    room = schoolroom
    client = browser(room.rokia)
    assert [rows for _title, _head, rows in client.get(HOME).context["tables"]] == [[], []]
    cohort = cohort_of(room, room.rokia)
    session = taught(room, cohort, room.rokia)
    people_known = [("Une femme", "woman", 1990), ("Un homme", "man", 1970), ("Sans âge", "unstated", None)]
    joined = [
        enrolled(cohort, somebody(room.rokia, name, sex=sex, birth_year=year), room.rokia)
        for name, sex, year in people_known
    ]
    present = [(each, half) for each in joined for half in range(1, 5)]
    training.note_attendance(session=session, present=present, by=room.rokia)
    for each in joined:
        for kind in ("pre", "post"):
            results.note_test(enrolment=each, kind=kind, taken_on=DAY, percent=80, by=room.rokia)
        results.certify(enrolment=each, issued_on=DAY, signatories="X", by=room.rokia)
    french = client.get(HOME)
    _groups, ages = french.context["tables"]
    cells = [row["cells"] for row in ages[2]]
    assert cells[-1] == [1, 1, 1, 3] == [sum(column) for column in zip(*cells[:-1], strict=True)]
    assert all(row[3] == sum(row[:3]) for row in cells)
    said = (
        ("Formations", "Trainings"), ("Personnes", "Persons"), ("Inscriptions", "Enrolments"),
        ("Présences", "Attendances"), ("Séances", "Sessions"), ("Recyclages", "Refreshers"),
    )  # fmt: skip
    client.post(reverse("ui:set_language"), {"language": "en", "next": HOME})
    english = client.get(HOME).content.decode()
    texts = french.content.decode(), english
    for one, other in said:
        assert (one in texts[0], f">{one}<" in texts[1], other in texts[1]) == (True, False, True), one
