"""The visit to a place of detention from a phone: the visit, its children by code, and what is left to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sutura.intake.models import Submission
from sutura.intake.services.phones import Handed
from sutura.partners.models import Organisation
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.response.models import Docket, SeenChild, ToDo, Visit
from sutura.response.services.dockets import open_docket
from sutura.response.services.limits import load_register
from sutura.response.services.sites import add_site
from sutura.response.services.visits import plan_visit
from sutura.vault.revealing import may_open
from tests.intake.phones import Handset, record
from tests.intake.test_shipped import given, group, made, waiting
from tests.people import KAYES, MOPTI, cast

FORM = "sutura_detention"


def today() -> str:
    """As a phone writes it."""
    return timezone.localdate().isoformat()


@pytest.fixture
def visit(handed: Handed, machine: Account, salimata: Account, ong: Organisation) -> Visit:
    """A visit that is planned, to an invented prison of Mopti."""
    load_register(by=machine)
    site = add_site(name="Prison inventée", kind="prison", place=Unit.objects.get(code="ML0504"), by=salimata)
    return plan_visit(site=site, planned_on=timezone.localdate(), lead=ong, by=salimata)


@pytest.fixture
def docket(visit: Visit, salimata: Account) -> Docket:
    """A boy who is followed there."""
    return followed(salimata, MOPTI)


def followed(by: Account, region: str) -> Docket:
    """A boy met ten days ago."""
    return open_docket(
        region=region, sex="boy", age=15, age_basis="child", association="alleged", answer="arrested",
        precision="day", day=timezone.localdate() - timedelta(days=10), by=by,
    )  # fmt: skip


def held(made: Visit, /, *children: str, **said: str) -> bytes:
    """The record of a visit that was made today."""
    told = {"visit": made.ref.lower(), "became": "made", "made_on": today(), **said}
    return record(told, form=FORM, more="".join(children))


def seen(docket: Docket, **said: str) -> str:
    """A child who is followed, and was seen."""
    return group("child", followed="yes", docket=docket.ref, answer="seen", **said)


def test_a_visit_with_its_children_becomes_lines_of_their_dockets(
    visit: Visit, docket: Docket, machine: Account, salimata: Account, awa: Account, binta: Account
):
    xml = held(
        visit, seen(docket, separated="no", lawyer="yes", ill_treatment="beating", health="sick", family="no",
                    action="lawyer", action_on="2027-01-01"),
        group("child", followed="no", sex="girl", age="14", age_basis="child", association="unknown",
              mode="arrested", health="well"),
        places="40", children="12", crowding="over", mixed="yes", food="short", tasks="separate care",
        due_on="2027-02-01",
    )  # fmt: skip
    assert given(salimata, machine).send(xml).status_code == 201
    assert (waiting(), made()) == ([], [("response.visit", visit.ref)])
    visit.refresh_from_db()
    assert (visit.standing, visit.made_on, visit.children, visit.crowding, visit.care) == (
        "done", timezone.localdate(), 12, "over", ""
    )  # fmt: skip
    first, second = SeenChild.objects.order_by("pk")
    assert (first.docket, first.health, first.family, second.docket.sex) == (docket, "sick", "no", "girl")
    lines = docket.steps.order_by("pk").values_list("kind", "answer")
    assert list(lines)[1:] == [
        ("detention", "prison"), ("visit", "seen"), ("separated", "no"), ("lawyer", "yes"),
        ("ill_treatment", "beating"), ("next_action", "lawyer"),
    ]  # fmt: skip
    assert list(ToDo.objects.order_by("pk").values_list("task", "organisation")) == [
        ("separate", visit.lead_id), ("care", visit.lead_id)
    ]  # fmt: skip
    kept = Submission.objects.get()
    # Who reads alerts alone does not open what is told of a child who is followed.
    assert (kept.region, may_open(awa, kept), may_open(binta, kept)) == (MOPTI, False, True)


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ({"became": "refused", "answered_by": "prison", "no_entry": "gate"}, "refused"),
        ({"became": "postponed", "planned_on": "2099-01-01", "later": "road"}, "planned"),
    ],
)
def test_a_door_that_stayed_shut_and_a_visit_put_off(
    visit: Visit, machine: Account, salimata: Account, said: dict[str, str], standing: str
):
    assert given(salimata, machine).send(held(visit, **said)).status_code == 201
    visit.refresh_from_db()
    assert (waiting(), visit.standing) == ([], standing)


def test_what_cannot_be_waits_with_its_reason_and_leaves_nothing_half_done(
    visit: Visit, docket: Docket, machine: Account, salimata: Account
):
    handset = given(salimata, machine)
    elsewhere = followed(cast("kante", "response_officer", regions=(KAYES,)), KAYES)
    wrong: dict[str, Any] = {
        "visit": held(visit, visit="V-2222-2222"),
        "became": held(visit, became="autre"),
        "made_on": held(visit, made_on="2099-01-01"),
        "crowding": held(visit, crowding="beaucoup"),
        "docket": held(visit, seen(elsewhere)),
        "action_on": held(visit, seen(docket, action="lawyer")),
        "age": held(
            visit, group("child", followed="no", sex="boy", age="dix", association="not", mode="arrested")
        ),
        "sex": held(visit, group("child", followed="no", sex="boy")),
        "due_on": held(visit, seen(docket), tasks="care"),
        "answer": held(visit, seen(docket), group("child", followed="yes", docket=docket.ref)),
    }
    for xml in wrong.values():
        assert handset.send(xml).status_code == 201
    assert [field for field, _reason in waiting()] == list(wrong)
    assert waiting()[0] == ("visit", "Nothing that you may read has this reference. Check it.")
    visit.refresh_from_db()
    assert (visit.standing, SeenChild.objects.count(), docket.steps.count()) == ("planned", 0, 1)
    assert handset.send(held(visit)).status_code == 201
    assert handset.send(held(visit)).status_code == 201
    assert waiting()[-1] == ("", "This visit has gone on in the meantime. Look at it again.")


def test_who_follows_no_child_cannot_send_it_and_another_region_is_unknown(
    visit: Visit, handset: Handset, machine: Account, awa: Account
):
    assert given(awa, machine).send(held(visit)).status_code == 404
    kante = cast("kante", "response_officer", regions=(KAYES,))
    assert given(kante, machine, KAYES).send(held(visit)).status_code == 201
    assert (waiting()[0][0], Submission.objects.get().region) == ("visit", KAYES)
    visit.refresh_from_db()
    assert visit.standing == "planned"
