"""Every list of coordination, library and directory: whoever coordinates in another region finds nothing in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from sutura.coordination.models import Body
from sutura.coordination.pages import paging
from sutura.coordination.services import bodies, cards, instruments, mandates, meetings, needs, plans, work
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from tests.coordination.test_work import rows_of
from tests.people import KAYES, MOPTI, cast
from tests.security.followed import follow
from tests.security.planned import plan
from tests.security.published import publish
from tests.security.shelved import shelve
from tests.security.worked import work_there

pytestmark = pytest.mark.django_db
BODY = f"GT-{MOPTI}"
# List → words of its rows that only a record of Mopti bears.
LISTS = {
    **dict.fromkeys(
        (
            "coordination:bodies", "coordination:board", "coordination:implementation", "coordination:needs",
            "coordination:events", "coordination:calendar", "coordination:plans",
            "coordination:funding", "coordination:instruments",
        ),
        BODY,
    ),
    "coordination:cards": f"Fiche inventée {BODY}",
    "coordination:targets": f"Groupe {MOPTI}",
    "coordination:conferences": f"Groupe {MOPTI}",
    "coordination:mandates": "Consultante fictive",
    "coordination:axes": f"Outil inventé {MOPTI}",
    "library:list": f"Outil inventé {MOPTI}",
    "partners:projects": f"Projet inventé {MOPTI}",
    "partners:visits": f"ONG fictive de {MOPTI}",
}  # fmt: skip
OF_BODY = ("body", "dashboard", "attendance_matrix", "publications", "hand_over")
FORMS = {
    "coordination:body_new", "coordination:recommendation_new", "coordination:need_new", "coordination:theme_new",
    "coordination:target_set", "coordination:mandate_new", "coordination:event_new", "coordination:card_new",
    "coordination:plan_new", "coordination:axis_new", "coordination:instrument_new", "library:new", "partners:new",
    "partners:project_new", "partners:visit_new",
}  # fmt: skip
ELSEWHERE = {
    "coordination:themes": "one list for the whole country; what regions lack is counted of one's own, below",
    "coordination:event_book": "a workbook, below",
    "coordination:reminders": "one's own (test_reminders)",
    "coordination:feed_make": "the same",
    "coordination:feed_revoke": "the same",
    "partners:list": "one directory for the whole country: convening asks for it",
}


@pytest.fixture
def there(machine: Account, settings: Any, tmp_path: Path) -> Body:
    """A body of Mopti with one of everything."""
    settings.MEDIA_ROOT = tmp_path
    organisation = add_organisation(by=machine, name=f"ONG fictive de {MOPTI}", kind="nngo")
    body = bodies.open_body(
        by=machine,
        kind="working_group",
        name_fr=f"Groupe {MOPTI}",
        acronym=BODY,
        level="regional",
        region=MOPTI,
    )
    member = cast("mariam", "body_member", regions=(MOPTI,))
    today = timezone.localdate()
    bodies.add_member(body=body, organisation=organisation, starts_on=today, account=member, by=machine)
    meetings.plan_meeting(body=body, planned_on=today, by=machine)
    mandates.set_programme(
        body=body, starts_on=today, ends_on=today, thematic=3, regions=[MOPTI], national=1, conferences=2, by=machine
    )  # fmt: skip
    follow(body, organisation, member, by=machine)
    shelve(MOPTI, organisation, by=machine)
    work_there(body, organisation, by=machine)
    publish(body, organisation, member, by=machine)
    plan(body, organisation, by=machine)
    return body


@pytest.fixture
def inside(db: None) -> Account:
    """Coordinates in Mopti."""
    return cast("regionale", "coordinator", "body_member", regions=(MOPTI,))


@pytest.fixture
def outside(db: None) -> Account:
    """The same rights, in Kayes."""
    return cast("souleymane", "coordinator", "body_member", regions=(KAYES,))


def shown(client: Client, account: Account) -> dict[str, bool]:
    """Whether each list shows somebody the rows of Mopti."""
    client.force_login(account)
    pages = {name: client.get(reverse(name)) for name in LISTS}
    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(LISTS, 200)
    return {name: LISTS[name] in page.content.decode() for name, page in pages.items()}


def test_no_list_shows_another_region(
    client: Client, there: Body, inside: Account, outside: Account, oumar: Account
) -> None:
    assert shown(client, outside) == dict.fromkeys(LISTS, False)
    assert shown(client, inside) == dict.fromkeys(LISTS, True)
    client.force_login(oumar)
    assert {client.get(reverse(name)).status_code for name in LISTS} == {403}


def test_no_list_of_a_body_opens_elsewhere(
    client: Client, there: Body, inside: Account, outside: Account, oumar: Account
) -> None:
    urls = [reverse(f"coordination:{name}", args=[there.public_id]) for name in OF_BODY]
    urls.append(reverse("coordination:figure", args=[there.public_id, "regularity"]))
    for account, status in ((outside, 404), (oumar, 403), (inside, 200)):
        client.force_login(account)
        assert [client.get(url).status_code for url in urls] == [status] * len(urls)


def test_what_a_list_counts_is_of_one_s_own(
    client: Client, there: Body, inside: Account, outside: Account
) -> None:
    found = {}
    for account in (inside, outside):
        client.force_login(account)
        (theme,) = client.get(reverse("coordination:themes")).context["rows"]
        found[account.username] = (
            theme["waiting"],
            len(rows_of(client.get("/coordination/events/book/").content)),
        )
    assert found == {"regionale": (1, 2), "souleymane": (0, 1)}


def test_every_list_is_tried() -> None:
    plain = {
        f"{app}:{name}"
        for app in ("coordination", "library", "partners")
        for name, ways in get_resolver().namespace_dict[app][1].reverse_dict.lists()
        if isinstance(name, str) and any(not names for forms, *_rest in ways for _text, names in forms)
    }
    assert plain == set(LISTS) | FORMS | set(ELSEWHERE)


def test_a_long_list_is_cut_and_keeps_its_filters(
    client: Client, there: Body, inside: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "SIZE", 1)
    body, organisation, day = there, there.memberships.get().organisation, there.events.get().starts_on
    work.plan_event(body=body, kind="mission", title="x", region=MOPTI, starts_on=day, ends_on=day, by=inside)
    plans.open_plan(body=body, title="Autre", starts_on=day, ends_on=day, by=inside)
    instruments.add_instrument(body=body, kind="council", reference="x", title="x", dated_on=day, by=inside)
    needs.raise_need(body=body, region=MOPTI, text="Un autre besoin.", evidence="x", by=inside)
    cards.write_card(
        body=body, kind="lesson", title="x", context="x", action="x", evidence="x", organisation=organisation,
        by=inside,
    )  # fmt: skip
    client.force_login(inside)
    for name in ("events", "plans", "instruments", "needs", "cards"):
        url = reverse(f"coordination:{name}")
        first = client.get(url, {"body": str(body.public_id)}).context
        second = client.get(url + first["older_url"]).context
        assert (len(first["rows"]), len(second["rows"]), second["older_url"]) == (1, 1, ""), name
        assert first["rows"] != second["rows"]
        assert all(str(body.public_id) in address for address in (first["older_url"], second["newer_url"]))
