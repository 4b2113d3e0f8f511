"""A meeting from its plan to its minutes sent, through the pages."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from sutura.access.errors import Invalid, NotAllowed
from sutura.coordination.models import Attendance, Meeting, Proposal
from sutura.coordination.services import agenda, bodies, meetings, minutes, recommendations
from sutura.people.models import Account
from tests.coordination.asked import address, adopted, as_written, attend
from tests.coordination.conftest import Room

pytestmark = pytest.mark.django_db


def today(days: int = 0) -> date:
    """A day from today."""
    return timezone.localdate() + timedelta(days=days)


def came(room: Room) -> dict[str, str]:
    """What the page of attendance posts."""
    return {
        f"{room.state.pk}-presence": "present",
        f"{room.state.pk}-women": "2",
        f"{room.state.pk}-men": "1",
        f"{room.ngo.pk}-presence": "excused",
        f"{room.other.pk}-presence": "",
    }


PAGES = ("", "change", "act/hold", "agenda", "proposals/new", "minutes", "attendance", "comments/new", "paper/minutes",
         "paper/minutes/file", "paper/minutes/pdf")  # fmt: skip


def test_a_partner_of_another_region_finds_no_page_of_it(
    client: Client, room: Room, meeting: Meeting, oumar: Account
) -> None:
    client.force_login(room.stranger)
    for page in PAGES:
        assert (page, client.get(address(meeting, *page.split("/") if page else ())).status_code) == (
            page,
            404,
        )
    assert client.post(address(meeting, "agenda", "fill")).status_code == 404
    assert client.get("/coordination/").context["rows"] == []
    client.force_login(oumar)
    assert client.get(address(meeting)).status_code == 403
    client.logout()
    assert client.get(address(meeting)).status_code == 302
    assert Meeting.objects.exists()


def test_a_member_reads_everything_and_keeps_nothing(client: Client, room: Room, meeting: Meeting) -> None:
    client.force_login(room.member)
    for page in ("", "paper/agenda", "paper/agenda/file"):
        assert client.get(address(meeting, *page.split("/") if page else ())).status_code == 200
    for page in ("change", "act/hold", "agenda", "minutes", "attendance"):
        assert client.get(address(meeting, *page.split("/"))).status_code == 403


def test_from_the_plan_to_the_minutes_sent(client: Client, room: Room, fatou: Account) -> None:
    client.force_login(fatou)
    planned = {
        "planned_on": today().isoformat(),
        "kind": "ordinary",
        "mode": "in_person",
        "venue": "Salle",
        "starts_at": "09:00",
    }
    answer = client.post(f"/coordination/bodies/{room.group.public_id}/meetings/new/", planned)
    meeting = Meeting.objects.get()
    assert (answer["Location"], meeting.ref) == (address(meeting), f"GT-MOPTI-{today().year}-01")
    client.post(address(meeting, "agenda"), {"title": "Accès à Douentza"})
    titles = ["Nouvelles des membres", "Accès à Douentza", "Divers"]
    assert list(meeting.items.values_list("title", flat=True)) == titles
    client.post(address(meeting, "act", "publish"))
    answer = client.post(
        address(meeting, "act", "hold"), {"held_on": today().isoformat(), "chaired_by": room.state.pk}
    )
    assert answer["Location"] == address(meeting, "minutes")
    said = {
        "p2_discussion": "La route est coupée.\r\nDeux villages sans visite. ",
        "p2_decisions": "Écrire au gouverneur",
    }
    answer = client.post(address(meeting, "minutes"), as_written(meeting, **said))
    assert answer["Location"] == address(meeting)
    item = meeting.items.get(position=2)
    assert (item.discussion, item.version) == ("La route est coupée.\nDeux villages sans visite.", 1)
    client.post(address(meeting, "attendance"), came(room))
    assert set(Attendance.objects.values_list("organisation", "presence", "women", "men")) == {
        (room.state.pk, "present", 2, 1),
        (room.ngo.pk, "excused", 0, 0),
    }
    for act in ("validate", "send"):
        client.post(address(meeting, "act", act))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.validated_on, meeting.sent_on) == ("sent", today(), today())
    assert (
        client.post(address(meeting, "minutes"), as_written(meeting, p1_discussion="Après coup")).status_code
        == 409
    )
    assert not meeting.items.filter(discussion="Après coup").exists()


def test_the_minutes_come_out_in_three_columns(
    client: Client, room: Room, held: Meeting, fatou: Account
) -> None:
    item = held.items.get(position=1)
    said = {"discussion": "Quatre écoles ont rouvert.", "decisions": "Visiter les écoles"}
    minutes.write_point(item=item, version=0, said=said, by=fatou)
    client.force_login(room.member)
    answer = client.get(address(held, "paper", "minutes", "file"))
    assert answer["Content-Disposition"] == f'attachment; filename="{held.ref}-pv.docx"'
    document = Document(io.BytesIO(answer.content))
    told = document.tables[-1]
    assert [cell.text for cell in told.rows[0].cells] == [
        "Point",
        "Discussions",
        "Recommandations et décisions",
    ]
    assert [cell.text for cell in told.rows[1].cells] == [item.title, said["discussion"], said["decisions"]]


def test_a_meeting_is_postponed_and_cancelled_with_a_reason(
    room: Room, meeting: Meeting, fatou: Account
) -> None:
    with pytest.raises(Invalid, match="Dites pourquoi"):
        meetings.postpone(meeting=meeting, to=today(7), reason=" ", by=fatou)
    with pytest.raises(Invalid) as refused:
        meetings.postpone(meeting=meeting, to=today(), reason="Salle prise", by=fatou)
    assert refused.value.field == "to"
    moved = meetings.postpone(meeting=meeting, to=today(7), reason="Salle prise", by=fatou)
    moved = meetings.postpone(meeting=moved, to=today(14), reason="Fête", by=fatou)
    assert (moved.state, moved.planned_on, moved.postponed) == ("postponed", today(14), 2)
    over = meetings.cancel(meeting=moved, reason="Sécurité", by=fatou)
    with pytest.raises(Invalid, match="ne peut pas se faire maintenant"):
        meetings.publish_agenda(meeting=over, by=fatou)
    assert meetings.plan_meeting(body=room.group, planned_on=today(20), by=fatou).ref.endswith("-02")


def test_members_propose_support_and_learn_why(room: Room, meeting: Meeting, fatou: Account) -> None:
    with pytest.raises(Invalid, match="demandé pour l’instant"):
        agenda.propose(meeting=meeting, topic="problem", title="Addictions", by=room.member)
    called = meetings.call_for_points(meeting=meeting, until=today(), by=fatou)
    proposal = agenda.propose(meeting=called, topic="problem", title="Addictions", by=room.member)
    with pytest.raises(Invalid, match="elle-même"):
        agenda.support(proposal=proposal, by=room.member)
    for person in (room.stranger, fatou):
        with pytest.raises(NotAllowed):
            agenda.propose(meeting=called, topic="other", title="X", by=person)
    seat = room.group.memberships.get(organisation=room.other)
    bodies.change_member(member=seat, account=room.stranger, by=fatou)
    agenda.support(proposal=proposal, by=room.stranger)
    agenda.support(proposal=proposal, by=room.stranger)
    assert [one.organisation for one in proposal.supports.all()] == [room.other]
    with pytest.raises(Invalid):
        agenda.judge_proposal(proposal=proposal, verdict="set_aside", by=fatou)
    agenda.judge_proposal(proposal=proposal, verdict="kept", by=fatou)
    item = called.items.get(title="Addictions")
    assert (item.presenter, item.source, item.position, called.items.last().title) == (
        "OSF",
        "proposal",
        2,
        "Divers",
    )
    assert Proposal.objects.get().verdict == "kept"


def test_the_next_agenda_approves_the_last_minutes(held: Meeting, room: Room, fatou: Account) -> None:
    following = meetings.plan_meeting(body=room.group, planned_on=today(30), by=fatou)
    assert following.items.first().title.startswith(f"Adoption du procès-verbal de {held.ref}")
    agenda.fill_agenda(meeting=following, by=fatou)
    assert following.items.count() == 3


def test_comments_of_a_review_are_answered(held: Meeting, room: Room, fatou: Account) -> None:
    with pytest.raises(Invalid, match="n’est pas en relecture"):
        minutes.comment(meeting=held, text="Erreur", by=room.member)
    review = meetings.open_review(meeting=held, until=today(5), by=fatou)
    said = minutes.comment(meeting=review, text="Le nombre d’écoles est cinq.", by=room.member)
    assert (said.organisation, minutes.answer_comment(comment=said, answer="Corrigé", by=fatou).answer) == (
        room.ngo,
        "Corrigé",
    )
    with pytest.raises(NotAllowed):
        minutes.answer_comment(comment=said, answer="Non", by=room.member)


def test_empty_minutes_are_not_validated(held: Meeting, room: Room, fatou: Account) -> None:
    with pytest.raises(Invalid, match="qui est venu"):
        meetings.validate_minutes(meeting=held, by=fatou)
    with pytest.raises(Invalid, match="n’est pas venue"):
        attend(held, room.ngo, presence="absent", women=1, by=fatou)
    attend(held, room.ngo, presence="present", women=1, by=fatou)
    with pytest.raises(Invalid, match="vide"):
        meetings.validate_minutes(meeting=held, by=fatou)


def test_a_wrong_attendance_keeps_what_was_typed(
    client: Client, held: Meeting, room: Room, fatou: Account
) -> None:
    client.force_login(fatou)
    told = came(room) | {f"{room.ngo.pk}-women": "3", f"{room.ngo.pk}-persons": "Une déléguée"}
    answer = client.post(address(held, "attendance"), told)
    assert answer.status_code == 422
    assert "Une déléguée" in answer.content.decode()
    assert set(held.attendance.values_list("organisation", flat=True)) == {room.state.pk}


def test_a_meeting_to_come_is_not_held_yet(meeting: Meeting, fatou: Account) -> None:
    with pytest.raises(Invalid, match="avant son jour"):
        meetings.open_minutes(meeting=meeting, held_on=today(1), by=fatou)


@pytest.mark.parametrize("name", ["minutes", "agenda", "sheet", "convening"])
def test_every_paper_is_a_page_a_word_document_and_a_pdf(
    client: Client, held: Meeting, room: Room, name: str
) -> None:
    client.force_login(room.member)
    assert held.ref in client.get(address(held, "paper", name)).content.decode()
    document = Document(io.BytesIO(client.get(address(held, "paper", name, "file")).content))
    assert held.ref in "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert client.get(address(held, "paper", name, "pdf")).content.startswith(b"%PDF-")
    assert [client.get(address(held, "paper", "nothing", *file)).status_code for file in ((), ("pdf",))] == [
        404,
        404,
    ]


def test_the_list_of_bodies_costs_the_same_for_one_and_for_three(
    client: Client, room: Room, fatou: Account, django_assert_num_queries: object
) -> None:
    client.force_login(fatou)
    client.get("/coordination/")
    with django_assert_num_queries(7):  # type: ignore[operator]
        client.get("/coordination/")
    bodies.open_body(kind="thematic", name_fr="Plaidoyer", acronym="GTP", by=fatou)
    with django_assert_num_queries(7):  # type: ignore[operator]
        client.get("/coordination/")


def test_what_is_due_no_more_leaves_the_agenda_and_what_came_late_stands_before_divers(
    room: Room, meeting: Meeting, fatou: Account
) -> None:
    agenda.add_item(meeting=meeting, title="Accès", by=fatou)
    asked = adopted(room, fatou, due=0, body=room.group)
    agenda.fill_agenda(meeting=meeting, by=fatou)
    told = [(item.source, asked.ref in item.detail) for item in meeting.items.all()]
    assert told == [("news", False), ("secretariat", False), ("follow_up", True), ("other", False)]
    recommendations.lapse(recommendation=asked, by=fatou, reason="Sans objet")
    meetings.publish_agenda(meeting=meeting, by=fatou)
    assert [item.source for item in meeting.items.all()] == ["news", "secretariat", "other"]
    assert [item.position for item in meeting.items.all()] == [1, 2, 3]
