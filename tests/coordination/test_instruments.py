"""Conclusions of the Council and action plans of parties: who sees nothing, what is refused, what the board shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sutura.access.errors import Invalid, NotAllowed
from sutura.coordination.models import Instrument, Paragraph, Recommendation
from sutura.coordination.services import instruments as services
from sutura.coordination.services import recommendations
from sutura.people.models import Account
from tests.coordination.asked import day
from tests.coordination.conftest import Room
from tests.coordination.planned import START, conclusions
from tests.coordination.test_plans import browser, to

LIST = "/coordination/instruments/"


def recommended(paragraph: Paragraph, room: Room, by: Any, *, due: int = 30) -> Recommendation:
    """A recommendation born of a paragraph, adopted, due so many days from today."""
    return services.recommend(
        paragraph=paragraph, text="Former (inventé).", responsible=room.ngo, raised_on=day(-60), due_on=day(due),
        adopted=True, by=by,
    )  # fmt: skip


def stands(client: Client, found: Instrument, query: str = "") -> dict[str, str]:
    """Where each paragraph shown stands."""
    rows = client.get(found.get_absolute_url() + query).context["rows"]
    return {row["paragraph"].number: row["look"].label for row in rows}


def test_a_stranger_finds_nothing(room: Room, fatou: Account):
    found = conclusions(room, fatou)
    paragraph = found.paragraphs.all()[0]
    kept = [to("instrument_change", found), to("paragraphs_new", found), to("paragraph_change", paragraph),
            to("paragraph_recommend", paragraph)]  # fmt: skip
    stranger, member, keeper = browser(room.stranger), browser(room.member), browser(fatou)
    assert [stranger.get(url).status_code for url in (found.get_absolute_url(), *kept)] == [404] * 5
    assert [stranger.post(url).status_code for url in kept] == [404] * 4
    assert [member.get(url).status_code for url in (found.get_absolute_url(), *kept)] == [200] + [403] * 4
    assert [keeper.get(url).status_code for url in (found.get_absolute_url(), *kept)] == [200] * 5
    assert [len(each.get(LIST).context["rows"]) for each in (stranger, member, keeper)] == [0, 1, 1]


def test_who_has_no_part_in_coordination_is_refused(oumar: Account):
    for url in (LIST, f"{LIST}new/"):
        assert browser(oumar).get(url).status_code == 403


def test_only_who_keeps_the_body_follows_a_text(room: Room, fatou: Account):
    found = conclusions(room, fatou)
    paragraph = found.paragraphs.all()[0]
    acts: list[Callable[[Any], object]] = [
        lambda by: conclusions(room, by, reference="x"),
        lambda by: services.change_instrument(instrument=found, title="x", by=by),
        lambda by: services.add_paragraphs(instrument=found, pasted="9. x", by=by),
        lambda by: services.change_paragraph(paragraph=paragraph, number="1", text="x", by=by),
        lambda by: recommended(paragraph, room, by),
    ]
    for act in acts:
        for by in (room.member, room.stranger):
            with pytest.raises(NotAllowed):
                act(by)


def test_what_a_text_refuses(room: Room, fatou: Account):
    found = conclusions(room, fatou)
    plan = {"kind": "party_plan", "reference": "Plan", "party_code": "PARTIE_FICTIVE"}
    refused: list[tuple[str, Callable[[], object]]] = [
        ("reference", lambda: conclusions(room, fatou)),
        ("party_code", lambda: conclusions(room, fatou, reference="x", party_code="CMA")),
        ("party_code", lambda: conclusions(room, fatou, **(plan | {"party_code": "un nom"}))),
        ("review_on", lambda: conclusions(room, fatou, **plan, review_on=START - timedelta(days=1))),
        ("pasted", lambda: services.add_paragraphs(instrument=found, pasted="1. Encore", by=fatou)),
        ("pasted", lambda: services.add_paragraphs(instrument=found, pasted="8. Un\n8. Deux", by=fatou)),
        ("pasted", lambda: services.add_paragraphs(instrument=found, pasted="8. Un\nDeux", by=fatou)),
        ("pasted", lambda: services.add_paragraphs(instrument=found, pasted=" \n", by=fatou)),
        ("number", lambda: services.change_paragraph(
            paragraph=found.paragraphs.all()[0], number="2a", text="x", by=fatou)),
    ]  # fmt: skip
    for field, act in refused:
        with pytest.raises(Invalid) as said:
            act()
        assert said.value.field == field
    assert (Instrument.objects.count(), Paragraph.objects.count()) == (1, 2)


def test_a_recommendation_says_by_itself_where_it_comes_from(room: Room, fatou: Account):
    found = conclusions(
        room, fatou, kind="party_plan", reference="Plan de 2026 (inventé)", party_code="partie_fictive"
    )
    born = recommended(found.paragraphs.get(number="2 (a)"), room, fatou)
    assert (born.origin, born.source, born.party_code, born.state) == (
        "action_plan", "Plan de 2026 (inventé), art. 2 (a)", "PARTIE_FICTIVE", "adopted",
    )  # fmt: skip
    page = browser(room.member).get(born.get_absolute_url())
    assert f"{found.get_absolute_url()}#p{born.paragraph.public_id.hex}" in page.content.decode()


def test_the_board_tells_paragraph_by_paragraph(room: Room, fatou: Account):
    found, client = conclusions(room, fatou), browser(room.member)
    services.add_paragraphs(instrument=found, pasted="3. Rapatrier (inventé).", by=fatou)
    first, second, third = found.paragraphs.all()
    assert set(stands(client, found).values()) == {"Rien encore"}
    late, verified = recommended(first, room, fatou, due=-10), recommended(second, room, fatou)
    recommended(first, room, fatou)
    services.change_paragraph(
        paragraph=third, number="3", text=third.text, aside="Hors de la région.", by=fatou
    )
    assert stands(client, found) == {"1": "En retard", "2 (a)": "En cours", "3": "N’appelle rien ici"}
    assert stands(client, found, "?show=late") == {"1": "En retard"}
    recommendations.lapse(recommendation=verified, reason="Sans objet.", by=fatou)
    page = client.get(found.get_absolute_url())
    assert [each["value"] for each in page.context["figures"]] == [1, 1, "0\u00a0%"]
    assert [row["recommendation"].ref for row in page.context["rows"][0]["born"]] == sorted(
        each.ref for each in first.recommendations.all()
    )
    assert late.get_absolute_url() in page.content.decode()
    listed = client.get(LIST).context["rows"][0]
    assert ([cell["value"] for cell in listed["cells"]], listed["total"]) == ([1, 1, 0, 0, 1], 3)
    assert [
        len(client.get(f"{LIST}?kind={kind}").context["rows"]) for kind in ("council", "party_plan", "x")
    ] == [1, 0, 1]


def test_texts_through_the_pages(room: Room, fatou: Account):
    client = browser(fatou)
    typed: dict[str, Any] = {
        "body": room.group.public_id, "kind": "party_plan", "reference": "Plan (inventé)", "title": "Plan d’action",
        "dated_on": "2026-01-01",
    }  # fmt: skip
    wrong = client.post(f"{LIST}new/", typed)
    assert (wrong.status_code, wrong.context["form"]["reference"].value()) == (422, "Plan (inventé)")
    assert "tel que l’a le registre des parties" in wrong.content.decode()
    client.post(f"{LIST}new/", typed | {"party_code": "PARTIE_FICTIVE"})
    found = Instrument.objects.get()
    assert client.post(
        to("instrument_change", found), typed | {"party_code": "PARTIE_FICTIVE", "title": "Autre"}
    ).url == (found.get_absolute_url())
    twice = client.post(to("paragraphs_new", found), {"pasted": "Article 1. Libérer\n1. Former"})
    assert (twice.status_code, twice.context["form"]["pasted"].value()) == (
        422,
        "Article 1. Libérer\n1. Former",
    )
    assert "Le numéro 1 y serait deux fois" in twice.content.decode()
    assert (
        client.post(
            to("paragraphs_new", found), {"pasted": "Article 1. Libérer\nArticle 2. Former"}
        ).status_code
        == 302
    )
    article = found.paragraphs.get(number="2")
    asked = {"text": "Former (inventé).", "responsible": room.ngo.public_id, "priority": "normal",
             "raised_on": date(2026, 6, 1).isoformat()}  # fmt: skip
    assert client.post(to("paragraph_recommend", article), asked | {"adopted": "on"}).status_code == 422
    assert client.post(to("paragraph_recommend", article), asked).status_code == 302
    born = Recommendation.objects.get()
    assert (born.paragraph, born.body, born.state) == (article, room.group, "proposed")
    given = {"party_code": "CMA", "kind": "party_plan", "reference": "x"}
    known = client.get(reverse("coordination:instrument_new"), given).context["form"]
    assert [known[name].value() for name in given] == list(given.values())


def test_the_board_asks_as_much_at_any_length(room: Room, fatou: Account, django_assert_num_queries: Any):
    client, found = browser(room.member), conclusions(room, fatou)
    for more in range(2):
        recommended(found.paragraphs.all()[more], room, fatou)
        for url, asked in ((LIST, 7), (found.get_absolute_url(), 6)):
            client.get(url)
            with django_assert_num_queries(asked):
                client.get(url)
        services.add_paragraphs(instrument=found, pasted=f"{more + 5}. x", by=fatou)
        conclusions(room, fatou, reference=f"Autre {more}")
