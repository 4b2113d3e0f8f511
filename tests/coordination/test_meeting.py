"""A meeting from its plan to its minutes sent, through the pages."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from sutura.access.errors import Invalid, NotAllowed
from sutura.coordination.models import AgendaItem, Attendance, Meeting, Proposal
from sutura.coordination.services import agenda, bodies, meetings, minutes, recommendations
from sutura.partners.models import Organisation
from sutura.people.models import Account
from tests.coordination.asked import adopted
from tests.coordination.conftest import Room

pytestmark = pytest.mark.django_db


def today(days: int = 0) -> date:
    """A day from today."""
    return timezone.localdate() + timedelta(days=days)


def address(meeting: Meeting, *steps: str) -> str:
    """The address of a page of a meeting."""
    return "/".join(["/coordination/meetings", str(meeting.public_id), *steps, ""])


def as_written(meeting: Meeting, **said: str) -> dict[str, str]:
    """What the page of the minutes posts, with other words in some fields (`1-discussion`: of the first point)."""
    told: dict[str, str] = {}
    for place, item in enumerate(meeting.items.all(), start=1):
        told[f"{item.pk}-version"] = str(item.version)
        for name in ("discussion", "decisions"):
            told[f"{item.pk}-{name}"] = said.get(f"p{place}_{name}", getattr(item, name))
    return told


def came(room: Room) -> dict[str, str]:
    """What the page of attendance posts."""
    return {
        f"{room.state.pk}-presence": "present",
        f"{room.state.pk}-women": "2",
        f"{room.state.pk}-men": "1",
        f"{room.ngo.pk}-presence": "excused",
        f"{room.other.pk}-presence": "",
    }


@pytest.fixture
def meeting(room: Room, fatou: Account) -> Meeting:
    """A meeting of the group of Mopti, today."""
    return meetings.plan_meeting(body=room.group, planned_on=today(), venue="Mopti", by=fatou)


@pytest.fixture
def held(meeting: Meeting, fatou: Account) -> Meeting:
    """The same, held."""
    return meetings.open_minutes(meeting=meeting, held_on=today(), by=fatou)


PAGES = ("", "change", "act/hold", "agenda", "proposals/new", "minutes", "attendance", "comments/new", "paper/minutes",
         "paper/minutes/file")  # fmt: skip


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


def test_two_people_who_write_at_once_lose_nothing(client: Client, held: Meeting, fatou: Account) -> None:
    client.force_login(fatou)
    first = as_written(held, p1_discussion="Écrit par la première")
    second = as_written(
        held, p1_discussion="Écrit par la seconde", p1_decisions="Décidé", p2_discussion="Ailleurs"
    )
    assert client.post(address(held, "minutes"), first).status_code == 302
    answer = client.post(address(held, "minutes"), second)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Écrit par la première" in shown
    assert "Écrit par la seconde" in shown
    items = list(held.items.all())
    assert [(items[0].discussion, items[0].decisions), items[1].discussion] == [
        ("Écrit par la première", ""),
        "Ailleurs",
    ]
    again = {name: value for point in answer.context["points"] for name, value in posted(point).items()}
    again[f"{items[0].pk}-discussion"] = "Écrit par les deux"
    again[f"{items[1].pk}-discussion"] = "Ailleurs, et plus loin"
    assert client.post(address(held, "minutes"), again).status_code == 302
    kept = AgendaItem.objects.get(pk=items[0].pk)
    assert (kept.discussion, kept.decisions, kept.version) == ("Écrit par les deux", "Décidé", 2)
    assert AgendaItem.objects.get(pk=items[1].pk).discussion == "Ailleurs, et plus loin"


def posted(point: object) -> dict[str, str]:
    """What a browser posts of one point as the page shows it."""
    form = point.form  # type: ignore[attr-defined]
    return {form.add_prefix(name): str(form[name].value()) for name in form.fields}


def test_what_is_typed_is_saved_and_the_form_learns_its_version(
    client: Client, held: Meeting, fatou: Account
) -> None:
    client.force_login(fatou)
    told = as_written(held, p1_discussion="En cours de frappe") | {"autosave": "1"}
    answer = client.post(address(held, "minutes"), told)
    item = held.items.get(position=1)
    assert (answer.status_code, answer.json()[f"{item.pk}-version"], item.version) == (200, 1, 1)
    told[f"{item.pk}-discussion"] = "Autre chose"
    assert client.post(address(held, "minutes"), told).status_code == 409


def test_a_field_changed_by_another_is_kept_beside_mine(held: Meeting, fatou: Account) -> None:
    item = held.items.get(position=1)
    minutes.write_point(item=item, version=0, said={"discussion": "A", "decisions": ""}, by=fatou)
    kept = minutes.write_point(item=item, version=0, said={"discussion": "", "decisions": "B"}, by=fatou)
    assert (kept.discussion, kept.decisions, kept.version) == ("A", "B", 2)


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


def attend(meeting: Meeting, organisation: Organisation, *, by: Account, **said: object) -> None:
    """Note one organisation."""
    minutes.write_attendance(meeting=meeting, organisation=organisation, said=said, by=by)


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


def test_two_people_who_note_who_came_lose_nothing(
    client: Client, held: Meeting, room: Room, fatou: Account
) -> None:
    client.force_login(fatou)
    attend(held, room.state, presence="present", women=1, by=fatou)
    line = f"{room.state.pk}-"
    # Her page was opened before anything was noted: it says nothing of the first, and changes the other.
    mine = {f"{line}presence": "", f"{room.other.pk}-presence": "excused"}
    assert client.post(address(held, "attendance"), mine).status_code == 302
    assert set(held.attendance.values_list("presence", flat=True)) == {"present", "excused"}
    mine[f"{line}presence"] = "represented"
    answer = client.post(address(held, "attendance"), mine)
    shown = answer.content.decode()
    assert (answer.status_code, "femmes\u202f: 1" in shown) == (422, True)
    assert held.attendance.get(organisation=room.state).presence == "present"
    seen = {f"initial-{line}presence": "present", f"initial-{line}women": "1", f"initial-{line}men": "0"}
    assert all(f'name="{name}" value="{value}"' in shown for name, value in seen.items())
    assert client.post(address(held, "attendance"), mine | seen).status_code == 302
    assert held.attendance.get(organisation=room.state).presence == "represented"


def test_a_meeting_to_come_is_not_held_yet(meeting: Meeting, fatou: Account) -> None:
    with pytest.raises(Invalid, match="avant son jour"):
        meetings.open_minutes(meeting=meeting, held_on=today(1), by=fatou)


@pytest.mark.parametrize("name", ["minutes", "agenda", "sheet", "convening"])
def test_every_paper_is_a_page_and_a_word_document(
    client: Client, held: Meeting, room: Room, name: str
) -> None:
    client.force_login(room.member)
    assert held.ref in client.get(address(held, "paper", name)).content.decode()
    document = Document(io.BytesIO(client.get(address(held, "paper", name, "file")).content))
    assert held.ref in "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert client.get(address(held, "paper", "nothing")).status_code == 404


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
