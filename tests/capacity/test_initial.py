"""Modules in the courses of institutes, initiatives of sectors, themes for several of them: refused, then shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.capacity.models import Course, CourseUnit, Initiative, JointTheme
from sutura.capacity.rules import absent, is_academic_year
from sutura.capacity.services import initial, initiatives
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from tests.capacity.conftest import DAY, Schoolroom, browser
from tests.people import KAYES, MOPTI

TABLE, REGISTER = reverse("capacity:initial"), reverse("capacity:initiatives")


@pytest.fixture
def institute(machine: Account) -> Organisation:
    """An invented institute."""
    return add_organisation(by=machine, name="Institut fictif", acronym="IFX", kind="training")


def unit_of(room: Schoolroom, institute: Organisation) -> CourseUnit:
    """The module proposed to a course of the institute."""
    course = initial.add_course(institute=institute, name="Travail social", level="diploma", by=room.rokia)
    return initial.propose_unit(course=course, module=room.module, hours=12, since=DAY, by=room.rokia)


def initiative_of(room: Schoolroom, by: Any, **facts: Any) -> Initiative:
    """An invented initiative of health in Mopti."""
    given: dict[str, Any] = {
        "title": "Premier recours (inventé)", "sector": "health", "carried": "outside", "organisation": room.organiser,
        "region": MOPTI, "themes": ["suicide", "grief"], "starts_on": DAY,
    }  # fmt: skip
    return initiatives.add_initiative(by=by, **(given | facts))


def asked_of(by: Any, **facts: Any) -> JointTheme:
    """Health and education are asked about suicide in Mopti."""
    given: dict[str, Any] = {
        "theme": "suicide", "region": MOPTI, "sectors": ["education", "health"], "why": "Nul ne sait à qui passer.",
        "raised_on": DAY,
    }  # fmt: skip
    return initiatives.raise_theme(by=by, **(given | facts))


def test_years_and_absent_sectors():
    years = {text: is_academic_year(text) for text in ("2026-2027", "2026-2028", "2026", "2026-27")}
    assert years == {"2026-2027": True, "2026-2028": False, "2026": False, "2026-27": False}
    assert absent(["education", "health", "nutrition"], {"health"}) == ["education", "nutrition"]


def test_whoever_keeps_another_region_changes_nothing(schoolroom: Schoolroom, institute: Organisation):
    room = schoolroom
    unit, initiative, theme = unit_of(room, institute), initiative_of(room, room.rokia), asked_of(room.rokia)
    acts: list[Callable[[Account], object]] = [
        lambda by: initial.add_course(institute=institute, name="Autre", level="master", by=by),
        lambda by: initial.propose_unit(course=unit.course, module=room.module, hours=1, since=DAY, by=by),
        lambda by: initial.note_step(unit=unit, state="studied", since=DAY, by=by),
        lambda by: initiative_of(room, by),
        lambda by: initiatives.change_initiative(initiative=initiative, title="X", by=by),
        lambda by: asked_of(by, theme="grief"),
        lambda by: initiatives.answer_theme(theme=theme, answered_on=DAY, answer="X", by=by),
    ]
    for by in (room.kante, room.reader):
        for act in acts:
            with pytest.raises(NotAllowed):
                act(by)
    url, answer = initiative.get_absolute_url(), reverse("capacity:theme_answer", args=[theme.public_id])
    seen = [[browser(by).get(page).status_code for page in (url, answer)] for by in (room.kante, room.reader)]
    assert seen == [[404, 404], [200, 403]]
    kante = browser(room.kante).get(REGISTER)
    assert (kante.context["rows"], kante.context["waiting"]) == ([], [])


def test_what_cannot_be_is_refused(schoolroom: Schoolroom, institute: Organisation):
    room, by = schoolroom, schoolroom.rokia
    unit, theme = unit_of(room, institute), asked_of(schoolroom.rokia)
    step, late = initial.note_step, timezone.localdate() + timedelta(days=1)
    early = DAY - timedelta(days=1)
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: initial.add_course(institute=room.organiser, name="X", level="master", by=by), "institute"),
        (lambda: initial.add_course(institute=institute, name="travail social", level="master", by=by), "name"),
        (lambda: initial.propose_unit(course=unit.course, module=room.module, hours=1, since=DAY, by=by), "module"),
        (lambda: step(unit=unit, state="taught", since=DAY, year="2026-2027", by=by), "state"),
        (lambda: step(unit=unit, state="studied", since=early, by=by), "since"),
        (lambda: step(unit=unit, state="studied", since=late, by=by), "since"),
        (lambda: step(unit=unit, state="studied", since=DAY, women=3, by=by), "year"),
        (lambda: initiative_of(room, by, ends_on=early), "ends_on"),
        (lambda: initiative_of(room, by, themes=[]), "themes"),
        (lambda: initiative_of(room, by, words="Appeler le 70 00 00 01"), "words"),
        (lambda: asked_of(by), "theme"),
        (lambda: asked_of(by, theme="grief", sectors=["health"]), "sectors"),
        (lambda: asked_of(by, theme="grief", why="Le cas de Moussa Keïta"), "why"),
        (lambda: initiatives.answer_theme(theme=theme, answered_on=early, answer="X", by=by), "answered_on"),
    ]  # fmt: skip
    for act, field in refused:
        with pytest.raises(Invalid) as told:
            act()
        assert told.value.field == field
    assert (Course.objects.count(), unit.steps.count(), Initiative.objects.count()) == (1, 1, 0)


def test_a_module_from_its_proposal_to_its_second_year(schoolroom: Schoolroom, institute: Organisation):
    room, client = schoolroom, browser(schoolroom.rokia)
    assert "Aucune filière" in client.get(TABLE).content.decode()
    unit = unit_of(room, institute)
    url = reverse("capacity:unit_step", args=[unit.public_id])
    for state in ("studied", "validated"):
        client.post(url, {"state": state, "since": DAY.isoformat(), "words": "Conseil pédagogique"})
    taught = {"state": "taught", "since": "2026-10-05", "year": "2026", "women": "20", "men": "12"}
    wrong = client.post(url, taught)
    assert (wrong.status_code, "2026-2027" in wrong.content.decode(), 'value="20"' in wrong.content.decode()) == (
        422, True, True,
    )  # fmt: skip
    client.post(url, taught | {"year": "2026-2027"})
    assert client.post(url, taught | {"year": "2026-2027"}).status_code == 422
    client.post(url, taught | {"year": "2027-2028", "since": "2026-11-02", "women": "25", "men": ""})
    page = browser(room.reader).get(TABLE)
    assert [figure["value"] for figure in page.context["figures"]] == [1, 1, 25]
    (row,) = page.context["rows"]
    assert row["cells"] == [
        {"url": unit.get_absolute_url(), "label": "enseigné", "level": 2, "since": "2027-2028"}
    ]
    steps = browser(room.reader).get(unit.get_absolute_url()).content.decode()
    assert [word in steps for word in ("20 femmes et 12 hommes", "Conseil pédagogique", "2\xa0mars\xa02026")] == [
        True, True, True,
    ]  # fmt: skip
    assert "hx-get" in page.content.decode()


def test_a_theme_waits_until_every_sector_asked_does_something(
    schoolroom: Schoolroom, django_assert_max_num_queries: Any
):
    room, client = schoolroom, browser(schoolroom.rokia)
    asked_of(room.rokia)
    initiative_of(room, room.rokia)
    initiative_of(room, room.rokia, sector="education", region=KAYES)
    initiative_of(room, room.rokia, sector="education", ends_on=DAY, themes=["suicide"])
    (row,) = client.get(REGISTER).context["waiting"]
    assert (row["present"], row["missing"]) == (["santé"], ["éducation"])
    typed = {
        "title": "Écoles (inventé)", "sector": "education", "carried": "inside", "region": "", "themes": ["suicide"],
        "organisation": room.organiser.public_id, "starts_on": DAY.isoformat(),
    }  # fmt: skip
    lost = client.post(reverse("capacity:initiative_new"), typed | {"ends_on": "2026-01-01"})
    assert (lost.status_code, "Écoles (inventé)" in lost.content.decode()) == (422, True)
    client.post(reverse("capacity:initiative_new"), typed)
    with django_assert_max_num_queries(12):
        page = client.get(REGISTER)
    assert page.context["waiting"][0]["missing"] == []
    numbers = {
        (line["label"], page.context["columns"][at]): cell
        for line in page.context["lines"]
        for at, cell in enumerate(line["cells"])
    }
    assert {pair: cell["value"] for pair, cell in numbers.items()} == {
        ("deuil", "santé"): 1, ("deuil", "éducation"): 1, ("suicide", "santé"): 1, ("suicide", "éducation"): 2,
    }  # fmt: skip
    opened = client.get(numbers["suicide", "éducation"]["url"].split("#")[0])
    assert len(opened.context["rows"]) == 2
    theme = JointTheme.objects.get()
    client.post(
        reverse("capacity:theme_answer", args=[theme.public_id]),
        {"answered_on": timezone.localdate().isoformat(), "answer": "Une fiche de passage commune."},
    )
    page = client.get(REGISTER)
    assert (page.context["waiting"], "Une fiche de passage commune." in page.content.decode()) == ([], True)
    assert (
        browser(room.reader).get(REGISTER + "?region=%00&sector=x&theme=y&when=z&page=99").status_code == 200
    )
