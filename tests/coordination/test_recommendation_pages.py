"""Pages of recommendations: who sees nothing, what the board counts, acts with their refusals, sheets and files."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sutura.coordination.models import Evidence, Recommendation
from sutura.coordination.pages.board import Board
from sutura.coordination.services import recommendations as services
from sutura.coordination.services import reports
from sutura.people.models import Account
from tests.coordination.asked import adopted, day, declared, proposed, told
from tests.coordination.conftest import Room
from tests.coordination.planned import axis
from tests.photographs import photograph

BOARD = "/coordination/recommendations/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Files of the test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def stranger(client: Client, room: Room) -> Client:
    """The browser of a member and coordinator of Kayes, in no body of the room."""
    client.force_login(room.stranger)
    return client


def browser(account: Account) -> Client:
    """The browser of somebody."""
    found = Client()
    found.force_login(account)
    return found


def act(found: Recommendation, name: str, **typed: Any) -> tuple[str, dict[str, Any]]:
    """Where an act is sent, and what."""
    url = reverse("coordination:recommendation_act", args=[found.public_id, name])
    return url, {f"{name}-{field}": value for field, value in typed.items()}


def test_a_stranger_finds_nothing(stranger: Client, room: Room, fatou: Account):
    found = adopted(room, fatou)
    told(found, room.member, evidence="Une liste.", file=ContentFile(photograph(), name="a.jpg"))
    line = found.evidence.get()
    assert found.ref in browser(room.member).get(BOARD).content.decode()
    assert found.ref not in stranger.get(BOARD).content.decode()
    for name in ("recommendation", "recommendation_change", "sheet"):
        assert stranger.get(reverse(f"coordination:{name}", args=[found.public_id])).status_code == 404
    for name in ("evidence_file", "evidence_void"):
        assert stranger.get(reverse(f"coordination:{name}", args=[line.public_id])).status_code == 404
    sheet = reverse("coordination:organisation_sheet", args=[room.framework.public_id, room.ngo.public_id])
    assert stranger.get(sheet).status_code == 404
    assert stranger.post(*act(found, "lapse", reason="x")).status_code == 404
    assert stranger.post(reverse("coordination:link_withdraw", args=[found.public_id])).status_code == 404


def test_who_has_no_part_in_coordination_is_refused(client: Client, oumar: Account):
    client.force_login(oumar)
    assert client.get(BOARD).status_code == 403


def test_a_coordinator_of_another_region_writes_nothing_here(stranger: Client, room: Room):
    typed = {
        "body": room.framework.public_id, "origin": "meeting", "text": "x", "responsible": room.ngo.public_id,
        "raised_on": day(0), "priority": "normal",
    }  # fmt: skip
    assert stranger.post("/coordination/recommendations/new/", typed).status_code == 422
    assert not Recommendation.objects.exists()


def test_the_board_counts_what_it_opens(client: Client, room: Room, fatou: Account):
    first = axis(fatou)
    adopted(room, fatou, due=-3, region="ML05", axis=first)
    blocked = adopted(room, fatou, due=5, responsible=room.state)
    services.block(recommendation=blocked, by=fatou, blockage="funding", reason="Pas de fonds.")
    declared(room, fatou, due=-9)
    proposed(room, fatou, body=room.group)
    client.force_login(fatou)
    for by, lines in (
        ("organisation", [("OSF", [3, 1, 0, 0, 0, 1, 0, "0\u00a0%"]), ("DIV", [1, 0, 0, 1, 0, 0, 0, None])]),
        ("body", [("CCT", [3, 1, 0, 1, 0, 1, 0, "0\u00a0%"]), ("GT-MOPTI", [1, 0, 0, 0, 0, 0, 0, None])]),
        (
            "axis",
            [
                ("1. Coordination", [1, 1, 0, 0, 0, 0, 0, "0\u00a0%"]),
                ("Aucun axe indiqué", [3, 0, 0, 1, 0, 1, 0, "0\u00a0%"]),
            ],
        ),
        (
            "age",
            [("Non adoptées", [1, 0, 0, 0, 0, 0, None]), ("31–90 jours", [3, 1, 0, 1, 0, 1, "0\u00a0%"])],
        ),
    ):
        shown = client.get(BOARD, {"by": by}).context
        told_ = [(line["label"], [cell["value"] for cell in line["cells"]]) for line in shown["lines"]]
        assert told_ == lines, by
        for line in shown["lines"]:
            for cell in (cell for cell in line["cells"] if cell["url"]):
                assert len(client.get(BOARD + cell["url"]).context["rows"]) == cell["value"]
    assert [figure["value"] for figure in client.get(BOARD).context["figures"]] == [4, 1, 0, 1, "0\u00a0%"]
    assert len(client.get(BOARD, {"axis": first.public_id}).context["rows"]) == 1
    assert len(client.get(BOARD, {"q": "cartographier"}).context["rows"]) == 4


@pytest.mark.parametrize(
    "query",
    [
        "?page=0",
        "?page=x",
        "?page=99999",
        "?show=x&body=y&by=z&age=9",
        "?region=ML99",
        "?body=00000000-0000-4000-8000-000000000000",
    ],
)
def test_a_strange_address_is_answered(client: Client, room: Room, fatou: Account, query: str):
    adopted(room, fatou)
    client.force_login(fatou)
    assert client.get(BOARD + query).status_code == 200


def test_the_board_asks_as_much_at_any_length(
    client: Client, room: Room, fatou: Account, django_assert_num_queries: Any
):
    client.force_login(fatou)
    adopted(room, fatou)
    client.get(BOARD)
    for _more in range(2):
        with django_assert_num_queries(10):
            client.get(BOARD)
        adopted(room, fatou)
        adopted(room, fatou, responsible=room.state)


def test_an_act_that_is_refused_keeps_what_was_typed(client: Client, room: Room, fatou: Account):
    found = adopted(room, fatou)
    client.force_login(room.member)
    answer = client.post(*act(found, "report", words="Tout est fait.", progress="100", done="on"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert ("Tout est fait." in text, "Rien ne le prouve encore" in text) == (True, True)
    file = SimpleUploadedFile("liste.jpg", photograph())
    sent = {"words": "Tout est fait.", "progress": "100", "done": "on", "evidence": "La liste.", "file": file}
    answer = client.post(*act(found, "report", **sent))
    assert answer["Location"] == found.get_absolute_url()
    page = client.get(found.get_absolute_url()).content.decode()
    assert ("Déclarée réalisée" in page, "Elle attend son vérificateur" in page) == (True, True)
    answer = client.post(*act(found, "verify", closing="Vu."))
    assert (answer.status_code, "Vous l’avez déclarée réalisée" in answer.content.decode()) == (422, True)
    answer = client.get(reverse("coordination:evidence_file", args=[found.evidence.get().public_id]))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{found.ref}-')


def test_acts_are_offered_to_those_who_may(client: Client, room: Room, fatou: Account):
    found = adopted(room, fatou)
    shown = {
        who: [panel["act"].name for panel in browser(account).get(found.get_absolute_url()).context["acts"]]
        for who, account in (("keeper", fatou), ("member", room.member))
    }
    assert shown == {
        "keeper": ["report", "link", "block", "defer", "replace", "lapse"],
        "member": ["report"],
    }


def test_a_recommendation_is_written_down_and_adopted(client: Client, room: Room, fatou: Account):
    client.force_login(fatou)
    typed = {
        "body": room.framework.public_id, "origin": "council", "source": "S/AC.51/2020/11, § 12",
        "text": "Former les équipes.", "responsible": room.ngo.public_id, "contributors": [room.other.public_id],
        "raised_on": day(-3), "adopted": "on", "priority": "high", "region": "",
    }  # fmt: skip
    answer = client.post("/coordination/recommendations/new/", typed)
    assert (answer.status_code, "Donnez le jour" in answer.content.decode()) == (422, True)
    client.post("/coordination/recommendations/new/", typed | {"due_on": day(30)})
    found = Recommendation.objects.get()
    assert (found.state, found.adopted_on, found.due_on) == ("adopted", day(-3), day(30))
    change = {"text": "Former deux équipes.", "priority": "low", "region": "", "why": "Précision."}
    client.post(reverse("coordination:recommendation_change", args=[found.public_id]), change)
    found.refresh_from_db()
    assert (found.text, found.contributions.count(), found.history.count()) == ("Former deux équipes.", 0, 3)


def test_the_sheet_of_an_organisation_holds_what_it_owes(client: Client, room: Room, fatou: Account):
    owed, link = adopted(room, fatou, due=-2), adopted(room, fatou)
    reports.hand_out_link(recommendation=link, by=fatou, days=30)
    declared(room, fatou)
    adopted(room, fatou, responsible=room.state)
    url = reverse("coordination:organisation_sheet", args=[room.framework.public_id, room.ngo.public_id])
    shown = browser(fatou).get(url).context["rows"]
    assert [(row["recommendation"], "address" in row) for row in shown] == [(owed, False), (link, True)]
    seen = browser(room.member).get(url).context["rows"]
    assert [(row["recommendation"], "address" in row) for row in seen] == [(owed, False), (link, False)]


def test_the_board_names_nobody_of_other_bodies(room: Room, fatou: Account, rf: Any):
    adopted(room, fatou, responsible=room.state)
    assert [each.acronym for each in Board(room.stranger, rf.get("/").GET).form.organisations.values()] == []


def test_the_figures_are_those_of_what_one_may_see(client: Client, room: Room, fatou: Account):
    adopted(room, fatou, due=-3)
    adopted(room, fatou, due=5, responsible=room.state, body=room.group)
    declared(room, fatou, due=-9)
    figures = "/coordination/recommendations/figures/"
    assert browser(room.stranger).get(figures).context["any"] is False
    shown = browser(fatou).get(figures).context
    told_ = [
        [(row["label"], [cell["value"] for cell in row["cells"]]) for row in table["rows"]]
        for table in shown["tables"]
    ]
    framework = [2, 0, 1, "0\u00a0%", None, None, 0, 0, 2, 0, 0]
    group = [0, 0, 0, None, None, None, 0, 0, 1, 0, 0]
    bodies = [("CCT", framework), ("GT-MOPTI", group)]
    assert told_ == [bodies, [("Service de l’État", group), ("ONG nationale", framework)]]
    for row in shown["tables"][0]["rows"]:
        for cell in (cell for cell in row["cells"] if cell["url"]):
            assert len(client_rows(fatou, cell["url"])) == cell["value"]


def client_rows(account: Account, url: str) -> list:
    """The rows behind a number."""
    return list(browser(account).get(url).context["rows"])


def test_what_proves_keeps_the_ending_of_an_office_document(client: Client, room: Room, fatou: Account):
    found = adopted(room, fatou)
    word = ContentFile(b"PK\x03\x04 invented", name="Compte rendu.DOCX")
    told(found, room.member, evidence="Le compte rendu.", file=word)
    told(found, room.member, evidence="Une photographie.", file=ContentFile(photograph(), name="a.jpg"))
    first, second = found.evidence.order_by("pk")
    client.force_login(room.member)
    answer = client.get(reverse("coordination:evidence_file", args=[first.public_id]))
    name = f"{found.ref}-{first.public_id.hex[:8]}.docx"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    # Files kept before endings were: named by what their first bytes tell, which is an archive for the first.
    Evidence.objects.update(ending="")
    import_module("sutura.coordination.migrations.0005_papers").name_endings(apps, None)
    assert list(Evidence.objects.order_by("pk").values_list("ending", flat=True)) == ["zip", "jpg"]
    assert second.file_name.endswith(".jpg")
