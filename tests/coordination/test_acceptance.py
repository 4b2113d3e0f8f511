"""Acceptance, scenarios 2 and 3: overdue recommendations come back; nothing closes without proof or by its author."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from sutura.access.errors import Invalid
from sutura.audit.models import Entry
from sutura.coordination.models import Recommendation
from sutura.coordination.services import meetings, reports
from sutura.coordination.services import recommendations as services
from sutura.people.models import Account
from tests.coordination.asked import adopted, day, declared, told
from tests.coordination.conftest import Room
from tests.coordination.test_recommendations_at_meetings import met, points


@pytest.fixture
def overdue(room: Room, fatou: Account) -> list[Recommendation]:
    """Two of the framework that are late, and three which no agenda takes up: later, done, of another body."""
    late = [adopted(room, fatou, due=-20), adopted(room, fatou, due=-3, responsible=room.state)]
    others = [
        adopted(room, fatou, due=60), declared(room, fatou, due=-5), adopted(room, fatou, due=-5, body=room.group),
    ]  # fmt: skip
    return [*late, *others]


def test_scenario_2_overdue_recommendations_reappear_on_the_next_agenda(
    room: Room, fatou: Account, overdue: list[Recommendation]
):
    met(room, fatou, -1)
    following = meetings.plan_meeting(body=room.framework, planned_on=day(29), by=fatou)
    detail = points(following)["follow_up"]
    assert [line.partition(" – ")[0] for line in detail.splitlines()] == [each.ref for each in overdue[:2]]
    assert "49 jours de retard" in detail


def test_scenario_2_the_minutes_have_three_columns(client: Client, room: Room, fatou: Account):
    held = met(room, fatou, -1)
    client.force_login(fatou)
    answer = client.get(reverse("coordination:paper_file", args=[held.public_id, "minutes"]))
    tables = Document(BytesIO(answer.content)).tables
    heads = [[cell.text for cell in table.rows[0].cells] for table in tables]
    assert ["Point", "Discussions", "Recommandations et décisions"] in heads


def test_scenario_2_the_sheet_of_an_organisation_prints(
    client: Client, room: Room, fatou: Account, overdue: list[Recommendation]
):
    client.force_login(fatou)
    whole = reverse("coordination:organisation_sheet", args=[room.framework.public_id, room.ngo.public_id])
    rows = client.get(whole).context["rows"]
    assert [row["recommendation"] for row in rows] == [overdue[0], overdue[2]]


def test_scenario_3_done_without_evidence_is_refused(room: Room, fatou: Account):
    found = adopted(room, fatou)
    with pytest.raises(Invalid, match="Rien ne le prouve encore"):
        told(found, room.member, done=True)
    found.refresh_from_db()
    assert (found.state, found.reports.count()) == ("adopted", 0)


def test_scenario_3_its_author_does_not_close_it(room: Room, fatou: Account):
    found = declared(room, fatou)
    with pytest.raises(Invalid, match="Vous l’avez déclarée réalisée"):
        services.verify_recommendation(recommendation=found, by=room.member, closing="Vu.")
    found.refresh_from_db()
    assert (found.state, found.verified_on) == ("declared", None)


def test_scenario_3_another_organisation_closes_it_with_its_history_intact(
    room: Room, fatou: Account, verifier: Account
):
    found = declared(room, fatou)
    reports.void_evidence(evidence=found.evidence.get(), by=fatou, why="Autre région.")
    with pytest.raises(Invalid, match="Rien ne le prouve encore"):
        services.verify_recommendation(recommendation=found, by=verifier, closing="Vu.")
    services.send_back(recommendation=found, by=verifier, reason="La liste manque.")
    proof: dict[str, Any] = {"done": True, "evidence": "Liste des services, bonne région."}
    told(found, room.member, **proof)
    closed = services.verify_recommendation(
        recommendation=found, by=verifier, closing="Liste reçue et contrôlée."
    )
    assert (closed.state, closed.verifier, closed.progress) == ("verified", room.state, 100)
    states = [version.state for version in closed.history.order_by("history_id")]
    assert states == ["proposed", "adopted", "declared", "under_way", "declared", "verified"]
    assert found.evidence.count() == 2
    assert Entry.objects.filter(act="coordination.verify", actor="seydou").count() == 1
