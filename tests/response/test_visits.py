"""Visits to places: refusals first, then a door that stays shut, one that opens, and what the dockets are told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.alerts.services import note_access
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.response.choices import Office as Bureau
from sutura.response.models import Docket, SeenChild, Site, ToDo, Visit
from sutura.response.pages.visits import still_seen
from sutura.response.rules.reach import Asked, Wait, may_be_seen, visit_waits
from sutura.response.services import visits as services
from sutura.response.services.dockets import correct_step, take_back_step
from sutura.response.services.seen import note_child, open_child
from sutura.response.services.sites import add_site
from tests.people import cast
from tests.response.conftest import Office, on
from tests.response.test_pages import browser, text

LIST, ACCESS, REACH = (reverse(f"response:{name}") for name in ("visits", "access", "reach"))
TODAY = date(2026, 6, 20)


@pytest.fixture
def prison(office: Office) -> Site:
    """An invented prison of Mopti."""
    return add_site(name="Prison inventée", kind="prison", place=office.place, by=office.salimata)


@pytest.fixture
def ong(machine: Account) -> Organisation:
    """An organisation that does not exist."""
    return add_organisation(by=machine, name="ONG inventée", acronym="OI", kind="nngo")


@pytest.fixture
def visit(office: Office, prison: Site, ong: Organisation) -> Visit:
    """A visit planned three days ahead."""
    return planned(office, prison, ong)


def planned(office: Office, site: Site, lead: Organisation, days: int = 3) -> Visit:
    """A visit so many days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return services.plan_visit(site=site, planned_on=day, lead=lead, by=office.salimata)


def made(office: Office, visit: Visit, **found: Any) -> Visit:
    """The visit as made today."""
    return services.hold_visit(visit=visit, made_on=timezone.localdate(), by=office.salimata, **found)


def addresses(visit: Visit) -> list[str]:
    """Every page that names a visit."""
    names = ("visit", "visit_child", "visit_first", "to_do_new")
    return [
        *(reverse(f"response:{name}", args=[visit.public_id]) for name in names),
        reverse("response:visit_act", args=[visit.public_id, "ask"]),
    ]


def ask(office: Office, visit: Visit, days_ago: int = 0) -> Visit:
    """The prosecutor was asked so many days ago."""
    day = timezone.localdate() - timedelta(days=days_ago)
    return services.ask_visit(visit=visit, asked_on=day, asked_of="prosecutor", by=office.salimata)


def refuse(office: Office, visit: Visit) -> Visit:
    """The prosecutor refused today, for an inquiry."""
    return services.refuse_visit(
        visit=visit, answered_on=timezone.localdate(), answered_by="prosecutor", no_entry="inquiry", by=office.salimata
    )  # fmt: skip


def test_another_region_sees_nothing_a_coordinator_counts_and_others_are_refused(
    office: Office, prison: Site, ong: Organisation, visit: Visit, fatou: Account
):
    for _number in range(5):
        refuse(office, ask(office, planned(office, prison, ong)))
    to_do = services.leave_to_do(
        visit=visit, task="care", organisation=ong, due_on=timezone.localdate(), by=office.salimata
    )
    urls = [*addresses(visit), reverse("response:to_do_end", args=[to_do.public_id])]
    kante = browser(office.kante)
    for page in (LIST, f"{LIST}?standing=planned", ACCESS):
        answer = text(kante.get(page))
        assert [word for word in (visit.ref, prison.name, str(to_do.public_id)) if word in answer] == []
    assert [kante.get(url).status_code for url in urls] == [404] * 6
    reader = browser(fatou)
    assert [reader.get(url).status_code for url in (LIST, ACCESS, *urls)] == [403] * 8
    counted = text(reader.get(REACH))
    assert "au moins 5" in counted
    assert "moins de 5" in counted
    assert [word for word in (visit.ref, prison.name) if word in counted] == []
    tables = dict(reader.get(REACH).context["tables"])
    # Every office stands there, in one order: a row that comes or moves would tell one door from none.
    shut_by = tables["Portes restées fermées, par service"]
    assert [label for label, n in shut_by if n != "moins de 5"] == ["procureur"]
    assert [label for label, _n in shut_by] == list(Bureau.labels)
    assert len(reader.get(REACH).context["months"]) == 12
    for role in ("body_member", "monitor"):
        other = browser(cast(f"a_{role}", role))
        assert [other.get(url).status_code for url in (LIST, ACCESS, REACH, *urls)] == [403] * 9
    with pytest.raises(NotAllowed):
        services.ask_visit(visit=visit, asked_on=timezone.localdate(), asked_of="judge", by=office.kante)
    with pytest.raises(NotAllowed):
        services.plan_visit(site=prison, planned_on=timezone.localdate(), lead=ong, by=office.kante)
    assert visit.ref in text(browser(office.salimata).get(LIST))


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        (Asked("planned", TODAY), (Wait.TO_ASK, date(2026, 6, 13))),
        (Asked("asked", TODAY, date(2026, 6, 1)), (Wait.ANSWER, date(2026, 6, 8))),
        (Asked("authorised", TODAY, date(2026, 6, 1)), (Wait.TO_MAKE, TODAY)),
        (Asked("refused", TODAY, date(2026, 6, 1)), ("", None)),
        (Asked("done", TODAY), ("", None)),
    ],
)
def test_a_visit_waits_by_what_is_noted(asked: Asked, waits: tuple[str, date | None]):
    assert visit_waits(asked) == waits


def test_where_a_child_may_be_seen_without_a_new_encounter():
    stages = ("needs", "met", "held", "handed_over", "in_care", "reunified", "followed", "closed")
    assert [one for one in stages if may_be_seen(one, "prison")] == ["met", "held"]
    assert [one for one in stages if may_be_seen(one, "centre")] == ["met", "held", "handed_over", "in_care"]


def test_a_refusal_is_kept_once_with_office_and_reason_and_is_told_beside_the_cercle(
    office: Office, prison: Site, ong: Organisation, visit: Visit
):
    asked = ask(office, visit, days_ago=12)
    page = text(browser(office.salimata).get(LIST))
    assert "pas de réponse depuis 12 jours" in page
    shut = refuse(office, asked)
    assert (shut.standing, shut.wait, shut.wait_from) == ("refused", "", None)
    with pytest.raises(Invalid):
        refuse(office, shut)
    silent = services.leave_unanswered(visit=ask(office, planned(office, prison, ong)), by=office.salimata)
    held = office.met(48)
    office.note(held, "detention", answer="prison", site=prison)
    docket = text(browser(office.salimata).get(held.get_absolute_url()))
    assert "Dernière visite de ce lieu" in docket
    assert silent.get_absolute_url() in docket
    both = cast("binta", "regional_coordinator", regions=("ML05",))
    cercle = Unit.objects.get(code=office.place.cercle)
    note_access(
        unit=cercle, level="green", observed_on=timezone.localdate(), visited=True, source="OI (inventé)", note="",
        by=both,
    )  # fmt: skip
    shown = browser(both).get(ACCESS)
    row = shown.context["places"][0]
    assert (row["site"].asked, row["site"].made, row["site"].shut, row["site"].last) == (2, 0, 2, None)
    assert row["note"].level == "green"
    assert [str(label) for label, _n in shown.context["by_office"]] == ["procureur"]
    assert shown.context["by_office"][0][1] == 2
    assert {one["visit"].pk for one in shown.context["refusals"]} == {shut.pk, silent.pk}
    assert "une enquête est en cours" in text(shown)
    # Whoever reads no alert is told nothing of the cercle.
    assert browser(office.salimata).get(ACCESS).context["places"][0]["note"] is None


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("ask", {"asked_on": timedelta(days=1), "asked_of": "judge"}),
        ("refuse", {"answered_on": timedelta(0), "answered_by": "judge", "no_entry": ""}),
        ("postpone", {"planned_on": timedelta(days=3), "later": "road"}),
        ("hold", {"made_on": timedelta(days=1)}),
        ("authorise", {"answered_on": timedelta(0), "answered_by": "judge"}),
        ("unanswered", {}),
    ],
)
def test_what_cannot_follow_is_refused(office: Office, visit: Visit, act: str, said: dict[str, Any]):
    given = {
        name: timezone.localdate() + value if isinstance(value, timedelta) else value for name, value in said.items()
    }  # fmt: skip
    services_of = {
        "ask": services.ask_visit, "refuse": services.refuse_visit, "postpone": services.postpone_visit,
        "hold": services.hold_visit, "authorise": services.authorise_visit, "unanswered": services.leave_unanswered,
    }  # fmt: skip
    with pytest.raises(Invalid):
        services_of[act](visit=visit, by=office.salimata, **given)
    visit.refresh_from_db()
    assert (visit.standing, visit.put_off) == ("planned", 0)


def test_a_visit_confirms_the_detention_of_each_child_it_saw(office: Office, prison: Site, visit: Visit):
    held, free = office.met(24 * 100), office.met(24 * 50)
    office.note(held, "detention", 24 * 99, answer="prison", site=prison)
    office.note(free, "reunification", 24 * 40, answer="parents")
    with pytest.raises(Invalid, match="visite a été faite"):
        note_child(visit=visit, docket=held, answer="seen", by=office.salimata)
    done, salimata, today = made(office, visit, mixed="yes"), browser(office.salimata), timezone.localdate()
    assert "personne n’a confirmé récemment" in text(salimata.get(held.get_absolute_url()))
    assert salimata.get(done.get_absolute_url()).context["expected"] == [held]
    later = today + timedelta(days=5)
    sent = {
        "docket": held.ref.lower(), "answer": "seen", "separated": "no", "lawyer": "no", "ill_treatment": "beating",
        "health": "sick", "action": "lawyer",
    }  # fmt: skip
    url = reverse("response:visit_child", args=[done.public_id])
    wrong = salimata.post(url, sent | {"docket": "R-XXXX-XXXX"})
    assert wrong.status_code == 422
    assert "Vérifiez le code" in text(wrong)
    assert 'value="sick" selected' in text(wrong)
    assert salimata.post(url, sent).status_code == 422
    assert salimata.post(url, sent | {"action_on": later.isoformat()}).status_code == 302
    assert list(held.steps.order_by("id").values_list("kind", "answer", "site", "day")[2:]) == [
        ("visit", "seen", prison.pk, today), ("separated", "no", prison.pk, today),
        ("lawyer", "no", prison.pk, today), ("ill_treatment", "beating", prison.pk, today),
        ("next_action", "lawyer", prison.pk, later),
    ]  # fmt: skip
    page = text(salimata.get(held.get_absolute_url()))
    assert "personne n’a confirmé récemment" not in page
    assert done.get_absolute_url() in page
    assert salimata.get(done.get_absolute_url()).context["expected"] == []
    for docket, match in ((held, "déjà"), (free, "nouvelle rencontre")):
        with pytest.raises(Invalid, match=match):
            note_child(visit=done, docket=docket, answer="seen", by=office.salimata)


def test_a_child_found_elsewhere_or_for_the_first_time_is_where_it_was_seen(
    office: Office, prison: Site, visit: Visit
):
    moved, done = office.met(24 * 20), made(office, visit)
    office.note(moved, "detention", 24 * 19, answer="gendarmerie")
    note_child(visit=done, docket=moved, answer="seen", by=office.salimata)
    assert list(moved.steps.order_by("id").values_list("kind", "answer", "site")[2:]) == [
        ("detention", "prison", prison.pk), ("visit", "seen", prison.pk),
    ]  # fmt: skip
    seen = open_child(
        visit=done, sex="girl", association="unknown", mode="arrested", age_disputed="yes", by=office.salimata
    )
    first = Docket.objects.get(pk=seen.docket.pk)
    assert list(first.steps.order_by("id").values_list("kind", "precision", "site")) == [
        ("encounter", "unknown", None), ("detention", "day", prison.pk), ("visit", "day", prison.pk),
    ]  # fmt: skip
    # Nobody knows yet when she was arrested: the worklist asks for it, and the detention is confirmed.
    assert (first.stage, first.next_due, seen.age_disputed) == ("held", "encounter_date", "yes")
    absent = office.met(24 * 20)
    gone = note_child(visit=done, docket=absent, answer="absent", health="sick", by=office.salimata)
    assert (gone.health, absent.steps.count()) == ("", 2)
    with pytest.raises(NotAllowed):
        note_child(visit=done, docket=absent, answer="seen", by=office.kante)


def test_a_line_taken_back_in_the_docket_leaves_the_visit_and_one_corrected_stays(
    office: Office, prison: Site, visit: Visit
):
    done = made(office, visit)
    both = [
        note_child(visit=done, docket=office.met(48), answer="seen", by=office.salimata)
        for _number in range(2)
    ]
    corrected = correct_step(
        step=both[0].line, why="fact", answer="absent", by=office.salimata, **on(timezone.localdate())
    )
    take_back_step(step=both[1].line, why="docket", by=office.salimata)
    assert still_seen([done]) == {done.pk: [both[0]]}
    take_back_step(step=corrected, why="docket", by=office.salimata)
    assert still_seen([done]) == {}
    with pytest.raises(DatabaseError), transaction.atomic():
        SeenChild.objects.update(health="well")


def test_a_mistake_is_undone_step_by_step_until_a_child_is_noted(office: Office, visit: Visit):
    asked = ask(office, visit)
    today = timezone.localdate()
    let_in = services.authorise_visit(visit=asked, answered_on=today, answered_by="judge", by=office.salimata)
    done = made(office, let_in, mixed="yes", children=4)
    seen, at = [], done
    for _number in range(3):
        at = services.undo_visit(visit=at, why="fact", by=office.salimata)
        seen.append((at.standing, at.made_on, at.mixed, at.children, at.answered_by, at.asked_of))
    assert seen == [
        ("authorised", None, "", None, "judge", "prosecutor"),
        ("asked", None, "", None, "", "prosecutor"),
        ("planned", None, "", None, "", ""),
    ]
    with pytest.raises(Invalid):
        services.undo_visit(visit=at, why="fact", by=office.salimata)
    shut = refuse(office, at)
    assert services.undo_visit(visit=shut, why="twice", by=office.salimata).no_entry == ""
    again = made(office, at)
    note_child(visit=again, docket=office.met(48), answer="absent", by=office.salimata)
    undo = reverse("response:visit_act", args=[again.public_id, "undo"])
    answer = browser(office.salimata).post(undo, {"why": "fact"})
    assert answer.status_code == 422
    assert "Corrigez leurs lignes" in text(answer)
    assert again.history.filter(history_change_reason="twice").count() == 1


def test_what_a_visit_leaves_to_do_is_listed_until_its_end_is_noted(
    office: Office, ong: Organisation, visit: Visit
):
    today, salimata = timezone.localdate(), browser(office.salimata)
    new = reverse("response:to_do_new", args=[visit.public_id])
    sent = {"task": "separate", "organisation": str(ong.public_id), "office": "prison"}
    assert salimata.post(new, sent).status_code == 422
    assert salimata.post(new, sent | {"due_on": (today - timedelta(days=4)).isoformat()}).status_code == 302
    page = salimata.get(LIST)
    assert page.context["figures"][3]["value"] == 1
    assert "faire séparer les enfants des adultes" in text(page).lower()
    to_do = ToDo.objects.get()
    end = reverse("response:to_do_end", args=[to_do.public_id])
    assert salimata.post(end, {"ending": "refused", "ended_on": today.isoformat()}).status_code == 302
    assert salimata.get(LIST).context["to_do"] == []
    assert salimata.get(end).status_code == 404
    to_do.refresh_from_db()
    assert (to_do.ending, to_do.ended_on) == ("refused", today)


def test_a_visit_through_its_forms(office: Office, prison: Site, ong: Organisation, machine: Account):
    salimata, today = browser(office.salimata), timezone.localdate()
    other = add_organisation(by=machine, name="Autre inventée", kind="un")
    sent = {
        "site": str(prison.public_id), "planned_on": today.isoformat(), "lead": str(ong.public_id),
        "companions": [str(other.public_id), str(ong.public_id)],
    }  # fmt: skip
    assert browser(office.kante).post(reverse("response:visit_new"), sent).status_code == 422
    salimata.post(reverse("response:visit_new"), sent)
    visit = Visit.objects.get()
    acts: list[tuple[str, dict[str, Any]]] = [
        ("ask", {"asked_of": "judge", "asked_on": today.isoformat()}),
        ("authorise", {"answered_by": "judge", "answered_on": today.isoformat()}),
        ("postpone", {"planned_on": (today + timedelta(days=2)).isoformat(), "later": "road"}),
        ("hold", {"made_on": today.isoformat(), "mixed": "yes", "children": "14", "places": "6"}),
        ("find", {"mixed": "day", "children": "14", "places": "6"}),
    ]
    for act, said in acts:
        answer = salimata.post(reverse("response:visit_act", args=[visit.public_id, act]), said)
        assert (act, answer.status_code) == (act, 302)
    visit.refresh_from_db()
    assert (visit.standing, visit.mixed, visit.children, visit.put_off) == ("done", "day", 14, 1)
    page = text(salimata.get(visit.get_absolute_url()))
    assert "ensemble le jour, séparés la nuit" in page
    assert "Autre inventée" in page
    assert salimata.get(reverse("response:visit_act", args=[visit.public_id, "fly"])).status_code == 404


def test_the_list_of_visits_asks_few_questions_however_long_it_is(
    office: Office, prison: Site, ong: Organisation, django_assert_max_num_queries: Any
):
    salimata = browser(office.salimata)
    salimata.get(LIST)
    for count in (1, 3):
        while Visit.objects.count() < count:
            done = made(office, planned(office, prison, ong))
            note_child(visit=done, docket=office.met(48), answer="seen", by=office.salimata)
        with django_assert_max_num_queries(10):
            assert salimata.get(f"{LIST}?standing=done").status_code == 200
