"""The calendar, the digest, its e-mail and the secret address: each tells its person what she may see, and no more."""

from __future__ import annotations

from argparse import Namespace
from datetime import time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from sutura.access.errors import Invalid, NotAllowed
from sutura.config.commands import remind
from sutura.coordination.digest import sections
from sutura.coordination.models import Feed, Meeting, Reminder
from sutura.coordination.services import agenda, meetings, minutes, needs, reminders
from sutura.people import services as people
from sutura.people.models import Account
from tests.coordination.asked import adopted, day, declared
from tests.coordination.conftest import Room
from tests.coordination.test_work import held, planned
from tests.coordination.test_work_rules import parsed
from tests.people import MOPTI

pytestmark = pytest.mark.django_db
CALENDAR, PAGE = "/coordination/calendar/", "/coordination/reminders/"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """No reading of another test counts."""
    cache.clear()


def called(room: Room, by: Any) -> Meeting:
    """A meeting of the group in nine days, at nine o'clock, whose agenda waits for points."""
    meeting = meetings.plan_meeting(
        body=room.group, planned_on=day(9), starts_at=time(9), ends_at=time(12), by=by
    )
    return meetings.call_for_points(meeting=meeting, until=day(5), by=by)


def told(account: Account) -> dict[str, list[str]]:
    """The codes of each section that is not empty."""
    found = sections(account, timezone.localdate())
    return {str(one.title): [line.code for line in one.lines] for one in found if one.count}


def feed_of(client: Client, account: Account) -> str:
    """The address of an account's calendar, from its page."""
    client.force_login(account)
    return str(client.post(f"{PAGE}address/").context["address"]).removeprefix("http://testserver")


def test_the_month_shows_what_stands_in_it_to_whoever_sits_there(
    room: Room, machine: Account, client: Client
) -> None:
    meeting, event = called(room, machine), planned(room, machine, starts_on=day(8), ends_on=day(10))
    owed = adopted(room, machine, due=9)
    months = {f"{day(apart):%Y-%m}" for apart in (5, 8, 9)}

    def codes(who: Account) -> set[str]:
        client.force_login(who)
        pages = [client.get(f"{CALENDAR}?month={month}").context["days"] for month in months]
        return {row["line"].title for page in pages for one in page for row in one["lines"]}

    assert codes(room.member) == {
        f"Réunion {meeting.ref}", f"Clôture des points {meeting.ref}", f"Mission de terrain {event.ref}",
        f"Échéance {owed.ref}",
    }  # fmt: skip
    assert codes(room.stranger) == set()
    assert client.get(f"{CALENDAR}?month=never").status_code == 200


def test_the_digest_of_a_member(room: Room, machine: Account) -> None:
    meeting, late = called(room, machine), adopted(room, machine, due=-3, responsible=room.state)
    mission = planned(room, machine, starts_on=day(6), ends_on=day(6))
    owed, done = adopted(room, machine), declared(room, machine, author=machine, responsible=room.state)
    assert told(room.member) == {
        "Recommandations à réaliser": [owed.ref],
        "Recommandations à vérifier": [done.ref],
        "Échéances proches ou dépassées dans mes instances": [late.ref],
        "Réunions à venir": [meeting.ref],
        "Points attendus pour un ordre du jour": [meeting.ref],
        "Ateliers et missions à venir": [mission.ref],
    }
    agenda.propose(meeting=meeting, topic="other", title="Un point", by=room.member)
    assert "Points attendus pour un ordre du jour" not in told(room.member)
    assert told(room.stranger) == {}


def test_the_digest_of_whoever_keeps_the_body(room: Room, fatou: Account, machine: Account) -> None:
    need = needs.raise_need(
        body=room.group, region=MOPTI, text="Un besoin.", evidence="Mission", by=room.member
    )
    meeting = meetings.plan_meeting(body=room.group, planned_on=day(-2), by=machine)
    meeting = meetings.open_minutes(meeting=meeting, held_on=day(-2), by=machine)
    meetings.open_review(meeting=meeting, until=day(4), by=machine)
    minutes.comment(meeting=meeting, text="À corriger", by=room.member)
    assert told(fatou) == {"Procès-verbaux à relire": [meeting.ref], "Besoins sans réponse": [need.ref]}
    assert told(room.member) == {"Procès-verbaux à relire": [meeting.ref]}


def test_the_e_mail_bears_codes_days_and_links_alone(room: Room, machine: Account) -> None:
    found = adopted(room, machine, text="Ouvrir une écoute la nuit à Mopti.")
    reminder = reminders.set_reminder(rhythm="daily", email="mariam@exemple.invalid", by=room.member)
    assert reminders.send_reminder(reminder=reminder, on=day(0), by=machine) is True
    assert reminders.send_reminder(reminder=reminder, on=day(0), by=machine) is False  # once a day
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["mariam@exemple.invalid"], "Sutura\u202f: ce qui vous attend (1)")
    assert f"- {found.ref} · " in sent.body
    assert f"http://localhost:8000{found.get_absolute_url()}" in sent.body
    assert [
        word for word in ("écoute", "nuit", room.framework.name_fr, room.ngo.name) if word in sent.body
    ] == []
    assert reminders.send_reminder(reminder=reminder, on=day(1), by=machine) is True


def test_nobody_stopped_is_written_to(room: Room, machine: Account) -> None:
    adopted(room, machine)
    reminder = reminders.set_reminder(rhythm="daily", email="mariam@exemple.invalid", by=room.member)
    people.set_active(account=room.member, active=False, by=machine, why="Partie (inventé).")
    assert reminders.send_reminder(reminder=reminder, on=day(0), by=machine) is False
    assert mail.outbox == []


def test_the_command_sends_each_once_and_says_when_the_server_refuses(
    room: Room, machine: Account, fatou: Account, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted(room, machine)
    reminders.set_reminder(rhythm="daily", email="mariam@exemple.invalid", by=room.member)
    reminders.set_reminder(rhythm="off", by=fatou)
    with monkeypatch.context() as network:
        network.setattr(EmailBackend, "send_messages", refuse)
        assert remind.run(Namespace()) == 1
    assert Reminder.objects.get(account=room.member).sent_on is None
    assert (remind.run(Namespace()), remind.run(Namespace())) == (0, 0)
    assert len(mail.outbox) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"Rappels envoyés : {sent}. À retenter : {failed}." for sent, failed in ((0, 1), (1, 0), (0, 0))
    ]


def refuse(*_given: object) -> None:
    """The server of mail is not there."""
    raise ConnectionRefusedError


def test_a_reminder_needs_an_address(room: Room, client: Client) -> None:
    client.force_login(room.member)
    answer = client.post(PAGE, {"rhythm": "weekly", "email": ""})
    assert answer.status_code == 422
    assert "Donnez l’adresse où envoyer le rappel." in answer.content.decode()
    assert client.post(PAGE, {"rhythm": "weekly", "email": "m@exemple.invalid"}).status_code == 302
    assert 'value="m@exemple.invalid"' in client.get(PAGE).content.decode()
    with pytest.raises(Invalid):
        reminders.set_reminder(rhythm="daily", by=room.member)


def test_a_program_reads_titles_codes_and_times(room: Room, machine: Account, client: Client) -> None:
    meeting, event = called(room, machine), held(room, machine)
    address = feed_of(client, room.member)
    client.logout()
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["X-Robots-Tag"]) == (
        200, "text/calendar; charset=utf-8", "noindex, nofollow",
    )  # fmt: skip
    events = {one["SUMMARY"]: one for one in parsed(answer.content.decode())}
    assert set(events) == {
        f"Réunion {meeting.ref}", f"Clôture des points {meeting.ref}", f"Mission de terrain {event.ref}",
    }  # fmt: skip
    assert events[f"Réunion {meeting.ref}"]["DTSTART"] == f"{day(9):%Y%m%d}T090000Z"
    mission = events[f"Mission de terrain {event.ref}"]
    assert (mission["DTSTART;VALUE=DATE"], mission["DTEND;VALUE=DATE"]) == (
        f"{day(-21):%Y%m%d}", f"{day(-18) + timedelta(days=1):%Y%m%d}",
    )  # fmt: skip
    names = {name for one in events.values() for name in one}
    assert names == {
        "UID", "DTSTAMP", "DTSTART", "DTEND", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "TRANSP", "SUMMARY",
    }  # fmt: skip


def test_the_calendar_of_a_stranger_is_empty(room: Room, machine: Account, client: Client) -> None:
    called(room, machine)
    answer = client.get(feed_of(client, room.stranger))
    assert (answer.status_code, parsed(answer.content.decode())) == (200, [])


def test_an_address_is_shown_once_kept_as_a_fingerprint_and_dies(room: Room, client: Client) -> None:
    first = feed_of(client, room.member)
    secret = first.removeprefix("/coordination/feed/").removesuffix(".ics")
    kept = Feed.objects.get()
    assert (len(kept.digest), secret in kept.digest) == (64, False)
    assert secret not in client.get(PAGE).content.decode()
    second = feed_of(client, room.member)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    client.post(f"{PAGE}address/revoke/")
    assert client.get(second).status_code == 404
    assert Feed.objects.open().count() == 0


def test_whoever_is_stopped_or_coordinates_no_more_has_no_calendar(
    room: Room, machine: Account, client: Client
) -> None:
    stopped, ended = feed_of(client, room.member), feed_of(client, room.stranger)
    people.set_active(account=room.member, active=False, by=machine, why="Partie (inventé).")
    for grant in room.stranger.grants.all():
        people.withdraw_grant(grant=grant, by=machine, why="Fini (inventé).")
    assert [client.get(address).status_code for address in (stopped, ended)] == [404, 404]


def test_an_address_read_too_often_rests(room: Room, client: Client) -> None:
    address = feed_of(client, room.member)
    assert {client.get(address).status_code for _n in range(30)} == {200}
    assert client.get(address).status_code == 429


def test_only_whoever_coordinates_has_reminders_and_an_address(oumar: Account, client: Client) -> None:
    client.force_login(oumar)
    assert [client.get(page).status_code for page in (CALENDAR, PAGE)] == [403, 403]
    assert client.post(f"{PAGE}address/").status_code == 403
    with pytest.raises(NotAllowed):
        reminders.make_feed(by=oumar)
