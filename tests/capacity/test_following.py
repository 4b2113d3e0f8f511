"""Supervision, peer support and quality visits: gaps, counts and scores; never a word of what was confided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.capacity.choices import QualityItem
from sutura.capacity.models import PeerContact, PeerScheme, QualityVisit, Supervision
from sutura.capacity.rules import overdue, score
from sutura.capacity.services import following as services
from sutura.people.models import Account
from tests.capacity.conftest import DAY, Schoolroom, browser, cohort_of, somebody
from tests.people import MOPTI

PAGE = reverse("capacity:following")


def supervised(by: Any, **facts: Any) -> Supervision:
    """Somebody of Mopti is supervised each month since the first day."""
    given: dict[str, Any] = {"kind": "individual", "every_days": 30, "starts_on": DAY}
    people = {"professional": somebody(by, "Une supervisée"), "supervisor": somebody(by, "Une superviseuse")}
    return services.begin_supervision(by=by, **(people | given | facts))


def scheme_of(room: Schoolroom, by: Any, kind: str = "experience", **facts: Any) -> PeerScheme:
    """Invented peer support in Mopti."""
    given: dict[str, Any] = {
        "kind": kind, "name": "Pairs inventés", "region": MOPTI, "organisation": room.organiser, "opened_on": DAY,
        "supporters": 6, "supervised": 4,
    }  # fmt: skip
    return services.open_scheme(by=by, **(given | facts))


def test_gaps_and_scores_are_counted():
    days = [date(2026, 1, day) for day in (1, 10, 31)]
    assert [overdue(20, date(2026, 1, 1), day) for day in days] == [0, 0, 10]
    assert (score([2, 1, None, 0]), score([None]), score([2, 2])) == (50, None, 100)


def test_people_with_lived_experience_have_no_field_for_health():
    fields = {field.name for model in (PeerScheme, PeerContact) for field in model._meta.concrete_fields}
    assert fields == {
        "id", "public_id", "kind", "name", "region", "organisation", "charter_on", "opened_on", "supporters",
        "supervised", "scheme", "met_on", "people", "minutes", "purpose", "alerted",
    }  # fmt: skip


def test_whoever_keeps_another_region_follows_nothing(schoolroom: Schoolroom):
    room = schoolroom
    supervision, scheme, cohort = (
        supervised(room.rokia),
        scheme_of(room, room.rokia),
        cohort_of(room, room.rokia),
    )
    visit = services.note_quality_visit(visited_on=DAY, visitors="X", marks={}, cohort=cohort, by=room.rokia)
    acts: list[Callable[[Account], object]] = [
        lambda by: services.begin_supervision(
            professional=supervision.supervisor, supervisor=supervision.professional, kind="peers", every_days=1,
            starts_on=DAY, by=by,
        ),
        lambda by: services.note_supervision(supervision=supervision, held_on=DAY, minutes=5, by=by),
        lambda by: scheme_of(room, by),
        lambda by: services.note_contact(
            scheme=scheme, met_on=DAY, people=1, minutes=5, purpose="listening", by=by
        ),
        lambda by: services.note_quality_visit(visited_on=DAY, visitors="X", marks={}, cohort=cohort, by=by),
    ]  # fmt: skip
    for by in (room.kante, room.reader):
        for act in acts:
            with pytest.raises(NotAllowed):
                act(by)
    urls = [one.get_absolute_url() for one in (supervision, scheme, visit)]
    assert [browser(room.kante).get(url).status_code for url in urls] == [404, 404, 404]
    assert [browser(room.reader).get(url).status_code for url in urls] == [403, 200, 200]
    assert [browser(room.rokia).get(url).status_code for url in urls] == [200, 200, 200]
    seen = browser(room.reader).get(PAGE).content.decode()
    assert ("Pairs inventés" in seen, "Une supervisée" in seen) == (True, False)
    assert "Pairs inventés" not in browser(room.kante).get(PAGE).content.decode()


def test_what_cannot_be_is_refused(schoolroom: Schoolroom):
    room = schoolroom
    supervision, scheme = supervised(room.rokia), scheme_of(room, room.rokia)
    services.note_supervision(supervision=supervision, held_on=DAY, minutes=5, by=room.rokia)
    late = timezone.localdate() + timedelta(days=1)
    refused: list[tuple[Callable[[], object], str]] = [
        (lambda: supervised(room.rokia, supervisor=supervision.professional,
                            professional=supervision.professional), "supervisor"),
        (lambda: supervised(room.rokia, ends_on=DAY - timedelta(days=1)), "ends_on"),
        (lambda: services.note_supervision(supervision=supervision, held_on=DAY, minutes=5, by=room.rokia), "held_on"),
        (lambda: scheme_of(room, room.rokia, supervised=7), "supervised"),
        (lambda: services.note_contact(
            scheme=scheme, met_on=late, people=1, minutes=5, purpose="listening", by=room.rokia), "met_on"),
        (lambda: services.note_quality_visit(visited_on=DAY, visitors="X", marks={}, by=room.rokia), "cohort"),
    ]  # fmt: skip
    for act, field in refused:
        with pytest.raises(Invalid) as told:
            act()
        assert told.value.field == field


def test_what_follows_a_training_through_the_pages(schoolroom: Schoolroom):
    room, client = schoolroom, browser(schoolroom.rokia)
    supervision, scheme, cohort = (
        supervised(room.rokia),
        scheme_of(room, room.rokia),
        cohort_of(room, room.rokia),
    )
    today = timezone.localdate()
    (row,) = client.get(PAGE).context["supervisions"]
    assert row["late"] == (today - DAY).days - 30
    note = reverse("capacity:supervision_note", args=[supervision.public_id])
    client.post(note, {"held_on": today.isoformat(), "minutes": 45})
    assert client.get(PAGE).context["supervisions"][0]["late"] == 0
    contact = reverse("capacity:contact_new", args=[scheme.public_id])
    told = {"met_on": today.isoformat(), "people": 0, "minutes": 30, "purpose": "listening"}
    assert client.post(contact, told).status_code == 422
    client.post(contact, told | {"people": 3, "alerted": "on"})
    page = client.get(PAGE)
    assert [figure["value"] for figure in page.context["figures"]] == [0, 0, 1]
    assert [len(rows) for _label, rows in page.context["schemes"]] == [0, 1]
    assert page.context["schemes"][1][1][0]["alerts"] == 1
    visit = {"cohort": cohort.public_id, "visited_on": today.isoformat(), "visitors": "Un service",
             "strengths": "Voir Mme Diarra", **dict.fromkeys(QualityItem.values, 2), "space": 0,
             "plan": "na"}  # fmt: skip
    wrong = client.post(reverse("capacity:quality_visit_new"), visit)
    assert (wrong.status_code, "Voir Mme Diarra" in wrong.content.decode()) == (422, True)
    client.post(reverse("capacity:quality_visit_new"), visit | {"strengths": ""})
    found = QualityVisit.objects.get()
    assert (found.score, found.subject, found.region) == (86, cohort, MOPTI)
