"""Projects, support visits and consortia: who sees nothing, what is refused, what the pages show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.partners import services
from sutura.partners.models import Organisation, Project, Visit
from sutura.people.models import Account
from tests.coordination.conftest import Room, room
from tests.people import KAYES, MOPTI
from tests.registers import load_places as load_register

__all__ = ["room"]
PROJECTS, VISITS = "/partners/projects/", "/partners/visits/"
DAY = date(2026, 3, 2)


def begun(room: Room, by: Any, **facts: Any) -> Project:
    """An invented project of Mopti, led by the NGO with the association."""
    given: dict[str, Any] = {
        "title": "Espaces amis des enfants (inventé)", "lead": room.ngo, "partners": [room.other, room.ngo],
        "funder": room.state, "regions": [MOPTI], "sectors": ["mhpss"], "starts_on": DAY,
    }  # fmt: skip
    return services.add_project(by=by, **(given | facts))


def visited(room: Room, by: Any, **facts: Any) -> Visit:
    """An invented visit in Mopti, to be followed up within a month."""
    given: dict[str, Any] = {
        "organisation": room.ngo, "region": MOPTI, "visited_on": DAY, "visitors": "Direction inventée",
        "findings": "Deux espaces manquent d’animateurs.", "follow_up_on": DAY + timedelta(days=30),
    }  # fmt: skip
    return services.note_visit(by=by, **(given | facts))


def browser(account: Account) -> Client:
    """The browser of somebody."""
    found = Client()
    found.force_login(account)
    return found


def test_a_stranger_finds_nothing(room: Room, fatou: Account):
    project, visit = begun(room, fatou), visited(room, fatou)
    national = begun(room, fatou, title="Appui national (inventé)", regions=())
    change = reverse("partners:project_change", args=[project.public_id])
    stranger, member = browser(room.stranger), browser(room.member)
    pages = [project.get_absolute_url(), change, visit.get_absolute_url()]
    assert [stranger.get(url).status_code for url in pages] == [404] * 3
    assert [browser(fatou).get(url).status_code for url in pages] == [200] * 3
    assert [member.get(url).status_code for url in (*pages, VISITS)] == [200, 403, 403, 403]
    assert [row["project"] for row in stranger.get(PROJECTS).context["rows"]] == [national]
    assert stranger.get(VISITS, {"tab": "all"}).context["rows"] == []
    own = stranger.get(room.ngo.get_absolute_url()).context
    assert (list(own["projects"]), list(own["visits"])) == ([national], [])
    assert stranger.get(reverse("partners:project_change", args=[national.public_id])).status_code == 200
    assert stranger.post(visit.get_absolute_url(), {}).status_code == 404


def test_who_has_no_part_in_coordination_is_refused(oumar: Account):
    for url in (PROJECTS, VISITS, f"{PROJECTS}new/", f"{VISITS}new/"):
        assert browser(oumar).get(url).status_code == 403


def test_a_project_is_kept_by_whoever_keeps_all_its_regions(room: Room, fatou: Account):
    both = begun(room, fatou, regions=[MOPTI, KAYES])
    assert list(Project.objects.visible_to(room.stranger)) == [both]
    acts: list[Callable[[], object]] = [
        lambda: begun(room, room.stranger),
        lambda: begun(room, room.stranger, regions=()),
        lambda: begun(room, room.member),
        lambda: services.change_project(project=both, title="Autre", by=room.stranger),
        lambda: services.change_project(project=begun(room, fatou, regions=[KAYES]), regions=[], by=room.stranger),
        lambda: visited(room, room.stranger),
        lambda: services.follow_up(
            visit=visited(room, fatou), followed_up_on=DAY, outcome="x", by=room.stranger
        ),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_the_lead_is_no_partner_and_a_part_may_end(room: Room, fatou: Account):
    project = begun(room, fatou)
    assert [part.organisation for part in project.parts.all()] == [room.other]
    assert list(Project.objects.of(room.other)) == [project]
    services.change_project(project=project, partners=[room.state], sectors=["health", "mhpss"], by=fatou)
    project.refresh_from_db()
    assert [part.organisation for part in project.parts.all()] == [room.state]
    assert (project.sectors, list(Project.objects.of(room.other))) == ("mhpss health", [])
    with pytest.raises(Invalid, match="avant le début"):
        services.change_project(project=project, ends_on=DAY - timedelta(days=1), by=fatou)


def test_a_follow_up_is_owed_until_it_is_done(room: Room, fatou: Account):
    visit, none = visited(room, fatou), visited(room, fatou, follow_up_on=None)
    late = timezone.localdate() + timedelta(days=1)
    refused: list[Callable[[], object]] = [
        lambda: visited(room, fatou, visited_on=late),
        lambda: visited(room, fatou, follow_up_on=DAY - timedelta(days=1)),
        lambda: services.follow_up(visit=none, followed_up_on=DAY, outcome="x", by=fatou),
        lambda: services.follow_up(visit=visit, followed_up_on=DAY - timedelta(days=1), outcome="x", by=fatou),
        lambda: services.follow_up(visit=visit, followed_up_on=late, outcome="x", by=fatou),
    ]  # fmt: skip
    for act in refused:
        with pytest.raises(Invalid):
            act()
    assert list(Visit.objects.late(DAY + timedelta(days=30))) == []
    assert list(Visit.objects.late(DAY + timedelta(days=31))) == [visit]
    client = browser(fatou)
    assert [row["visit"] for row in client.get(VISITS).context["rows"]] == [visit]
    typed = {"followed_up_on": "2026-04-01", "outcome": ""}
    assert client.post(visit.get_absolute_url(), typed).status_code == 422
    client.post(visit.get_absolute_url(), typed | {"outcome": "Six animateurs formés."})
    assert "Six animateurs formés." in client.get(visit.get_absolute_url()).content.decode()
    assert [client.get(VISITS, {"tab": tab}).context["rows"] == [] for tab in ("open", "all")] == [
        True,
        False,
    ]


def test_projects_and_visits_through_the_pages(room: Room, machine: Account, fatou: Account):
    load_register(by=machine)
    client = browser(fatou)
    typed: dict[str, Any] = {
        "title": "Appui psychosocial (inventé)", "lead": room.ngo.public_id, "partners": [room.other.public_id],
        "regions": [MOPTI], "sectors": ["mhpss"], "starts_on": "2026-03-02", "ends_on": "2026-03-01",
        "budget": "25000000", "state": "under_way",
    }  # fmt: skip
    wrong = client.post(f"{PROJECTS}new/", typed)
    assert (wrong.status_code, "Appui psychosocial" in wrong.content.decode()) == (422, True)
    client.post(f"{PROJECTS}new/", typed | {"ends_on": "2027-03-01"})
    project = Project.objects.get()
    page = client.get(project.get_absolute_url()).content.decode()
    assert ("25\u202f000\u202f000" in page, room.other.name in page, "Mopti" in page) == (True, True, True)
    again = client.get(reverse("partners:project_change", args=[project.public_id])).context["form"]
    assert (again["partners"].value(), again["regions"].value()) == ([str(room.other.public_id)], [MOPTI])
    change = reverse("partners:project_change", args=[project.public_id])
    assert client.post(change, typed | {"ends_on": "", "state": "ended"}).status_code == 302
    shown = {
        query: len(client.get(PROJECTS + query).context["rows"])
        for query in (
            f"?region={MOPTI}",
            f"?region={KAYES}",
            "?sector=mhpss",
            "?sector=health",
            "?state=ended",
        )
    }
    assert list(shown.values()) == [1, 0, 1, 0, 1]
    visit = {
        "organisation": room.ngo.public_id,
        "region": MOPTI,
        "visited_on": "2026-03-02",
        "visitors": "DNI",
    }
    assert client.post(f"{VISITS}new/", visit).status_code == 422
    assert client.post(f"{VISITS}new/", visit | {"findings": "Rien à signaler."}).status_code == 302
    assert client.get(f"{VISITS}?tab=all").context["tabs"][1]["count"] == 1


@pytest.mark.parametrize("query", ["?region=x&sector=y&state=z", "?region=%00"])
def test_a_strange_address_is_answered(room: Room, fatou: Account, query: str):
    assert browser(fatou).get(PROJECTS + query).status_code == 200


def test_a_consortium_says_who_makes_it_up(room: Room, fatou: Account):
    consortium = services.add_organisation(by=fatou, name="Consortium fictif", kind="consortium")
    url = reverse("partners:consortium", args=[consortium.public_id])
    assert browser(room.member).get(url).status_code == 403
    elsewhere = browser(room.stranger).post(url, {"organisations": [room.ngo.public_id]})
    assert (elsewhere.status_code, consortium.places.count()) == (422, 0)
    client = browser(fatou)
    client.post(url, {"organisations": [room.ngo.public_id, room.other.public_id]})
    made_of = client.get(consortium.get_absolute_url()).context["made_of"]
    assert {one.pk for one in made_of} == {room.ngo.pk, room.other.pk}
    client.post(url, {"organisations": [room.ngo.public_id]})
    assert client.get(url).context["form"]["organisations"].value() == [str(room.ngo.public_id)]
    of_no_consortium = reverse("partners:consortium", args=[room.ngo.public_id])
    refused = client.post(of_no_consortium, {"organisations": [room.other.public_id]})
    assert (refused.status_code, Organisation.objects.filter(consortia__consortium=room.ngo).count()) == (
        422,
        0,
    )


def test_lists_ask_as_much_at_any_length(room: Room, fatou: Account, django_assert_num_queries: Any):
    client = browser(fatou)
    client.get(PROJECTS)
    for more in range(2):
        with django_assert_num_queries(5):
            client.get(PROJECTS)
        with django_assert_num_queries(7):
            client.get(VISITS)
        begun(room, fatou, title=f"Projet {more}")
        visited(room, fatou)
