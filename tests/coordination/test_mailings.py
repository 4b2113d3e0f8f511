"""Members are told by e-mail: codes, days and a link, each address for itself, and what became of each is kept."""

from __future__ import annotations

from argparse import Namespace
from datetime import time, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from sutura.access.errors import Invalid
from sutura.config.commands import remind
from sutura.coordination import post
from sutura.coordination.models import Mailing, Meeting
from sutura.coordination.services import agenda, mailings, meetings, minutes
from sutura.partners import services as partners
from sutura.partners.models import Organisation
from sutura.people.models import Account
from sutura.ui.wording import day as in_words
from tests.coordination.asked import day
from tests.coordination.conftest import Room

pytestmark = pytest.mark.django_db


def reached(organisation: Organisation, by: Any, address: str) -> None:
    """Give an organisation its mailbox."""
    partners.change_organisation(organisation=organisation, by=by, contact_email=address)


@pytest.fixture
def coming(room: Room, fatou: Account) -> Meeting:
    """A meeting of the group in nine days; two of its three organisations have a mailbox."""
    reached(room.state, fatou, "direction@exemple.invalid")
    reached(room.ngo, fatou, "osf@exemple.invalid")
    meeting = meetings.plan_meeting(
        body=room.group, planned_on=day(9), starts_at=time(9), venue="Salle secrète", by=fatou
    )
    agenda.add_item(meeting=meeting, title="Accès à Douentza", by=fatou)
    return meeting


@pytest.fixture
def validated(room: Room, coming: Meeting, fatou: Account) -> Meeting:
    """The same, held today, its minutes validated."""
    held = meetings.open_minutes(meeting=coming, held_on=day(0), by=fatou)
    minutes.write_attendance(
        meeting=held, organisation=room.ngo, said={"presence": "present", "women": 1}, by=fatou
    )
    said = {"discussion": "La route est coupée.", "decisions": ""}
    minutes.write_point(item=held.items.get(title="Accès à Douentza"), version=0, said=said, by=fatou)
    return meetings.validate_minutes(meeting=held, by=fatou)


def address(meeting: Meeting, *steps: str) -> str:
    """The address of a page of a meeting."""
    return "/".join(["/coordination/meetings", str(meeting.public_id), *steps, ""])


def outcomes() -> dict[str, str]:
    """What became of each message, by organisation, of the last day alone."""
    rows = Mailing.objects.order_by("day").select_related("organisation")
    return {row.organisation.short: row.outcome for row in rows}


def refusing(wrong: str, code: int) -> Any:
    """A mail server that does not know one address."""
    accept = EmailBackend.send_messages

    def answer(backend: EmailBackend, messages: Any) -> Any:
        (message,) = messages
        if message.to == [wrong]:
            raise SMTPRecipientsRefused({wrong: (code, b"no")})
        return accept(backend, messages)

    return answer


def gone(*_given: object) -> None:
    """The mail server is not there."""
    raise ConnectionRefusedError


def test_only_whoever_keeps_the_body_mails_its_members(
    client: Client, room: Room, coming: Meeting, oumar: Account
) -> None:
    for person, status in ((room.stranger, 404), (room.member, 403), (oumar, 403)):
        client.force_login(person)
        for steps in (("act", "convene"), ("mail", "convening")):
            assert (client.post(address(coming, *steps)).status_code, person.username) == (
                status,
                person.username,
            )
    assert (mail.outbox, Mailing.objects.count()) == ([], 0)
    client.force_login(room.member)
    assert "Envoyé aux membres" not in client.get(address(coming)).content.decode()


def test_an_invitation_bears_its_code_day_hours_and_link_alone_and_nobody_gets_it_twice(
    client: Client, room: Room, coming: Meeting, fatou: Account
) -> None:
    client.force_login(fatou)
    asked = client.get(address(coming, "act", "convene")).content.decode()
    assert (
        "Le message part à 2 organisations. Sans adresse de convocation\u202f: Association fictive." in asked
    )
    assert client.post(address(coming, "act", "convene"))["Location"] == f"{address(coming)}#mailed"
    assert [sent.to for sent in mail.outbox] == [["direction@exemple.invalid"], ["osf@exemple.invalid"]]
    assert mail.outbox[0].subject == f"Sutura\u202f: convocation {coming.ref}"
    assert mail.outbox[0].body == (
        f"Vous êtes conviés à la réunion {coming.ref}, le {in_words(day(9))}, 09:00.\n\n"
        f"Avec un compte, lisez la suite ici\u202f: http://localhost:8000{address(coming, 'paper', 'convening')}\n\n"
        "Sans compte, demandez le document au secrétariat de l’instance.\n"
    )
    assert (mail.outbox[0].attachments, outcomes()) == (
        [], {"DIV": "sent", "OSF": "sent", "Association fictive": "no_address"},
    )  # fmt: skip
    page = client.get(address(coming)).content.decode()
    for words in (
        "Message parti à 2 organisations.",
        "Sans adresse de convocation\u202f: Association fictive.",
    ):
        assert words in page
    reached(room.other, fatou, "association@exemple.invalid")
    assert client.post(address(coming, "mail", "convening")).status_code == 302
    assert [sent.to for sent in mail.outbox[2:]] == [["association@exemple.invalid"]]
    assert "Renvoyer à qui ne l’a pas reçu" not in client.get(address(coming)).content.decode()
    meetings.postpone(meeting=coming, to=day(16), reason="Salle prise", by=fatou)
    client.post(address(coming, "act", "convene"))
    assert (len(mail.outbox), Mailing.objects.count()) == (6, 6)


def test_a_wrong_address_loses_nothing_and_is_said_in_one_sentence(
    client: Client, validated: Meeting, room: Room, fatou: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(fatou)
    monkeypatch.setattr(EmailBackend, "send_messages", refusing("direction@exemple.invalid", 550))
    client.post(address(validated, "act", "send"), {"mailed": "on"})
    validated.refresh_from_db()
    assert (validated.state, outcomes()) == (
        "sent", {"DIV": "refused", "OSF": "sent", "Association fictive": "no_address"},
    )  # fmt: skip
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["osf@exemple.invalid"],
        f"Sutura\u202f: procès-verbal {validated.ref}",
    )
    assert [word for word in ("Salle secrète", "Douentza", "coupée", "OSF") if word in sent.body] == []
    page = client.get(address(validated)).content.decode()
    assert "Adresse refusée\u202f: DIV. Corrigez-la sur leur page, puis renvoyez." in page
    reached(room.state, fatou, "dni@exemple.invalid")
    client.post(address(validated, "mail", "minutes"))
    assert (mail.outbox[-1].to, outcomes()["DIV"]) == (["dni@exemple.invalid"], "sent")
    told = Mailing.objects.get(organisation=room.state).history.order_by("history_id")
    assert [(row.outcome, row.address) for row in told] == [
        ("waiting", "direction@exemple.invalid"), ("refused", "direction@exemple.invalid"),
        ("waiting", "dni@exemple.invalid"), ("sent", "dni@exemple.invalid"),
    ]  # fmt: skip


def test_what_the_server_did_not_take_waits_for_the_next_run(
    client: Client, validated: Meeting, fatou: Account, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    client.force_login(fatou)
    with monkeypatch.context() as network:
        network.setattr(EmailBackend, "send_messages", gone)
        client.post(address(validated, "act", "send"), {"mailed": "on"})
    assert (Meeting.objects.get().state, outcomes()["DIV"], outcomes()["OSF"]) == (
        "sent",
        "waiting",
        "waiting",
    )
    said = "Le serveur de courriel n’a pas répondu pour DIV, OSF\u202f: un nouvel essai se fait tout seul."
    assert said in client.get(address(validated)).content.decode()
    assert remind.run(Namespace()) == 0  # whoever asked just now is still at it
    Mailing.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    with monkeypatch.context() as network:
        network.setattr(EmailBackend, "send_messages", refusing("direction@exemple.invalid", 450))
        assert remind.run(Namespace()) == 1
    assert (outcomes()["DIV"], outcomes()["OSF"]) == ("waiting", "sent")
    assert (remind.run(Namespace()), outcomes()["DIV"], len(mail.outbox)) == (0, "sent", 2)
    assert [line for line in capsys.readouterr().out.splitlines() if "membres" in line] == [
        f"Messages aux membres, traités : {left}. À retenter : {rest}." for left, rest in ((1, 1), (1, 0))
    ]


def test_an_invitation_whose_day_is_over_is_not_tried_again(
    coming: Meeting, fatou: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmailBackend, "send_messages", gone)
    post.convene(meeting=coming, by=fatou)
    later = timezone.now() + timedelta(hours=1)
    assert Mailing.objects.to_try(later).count() == 2
    meetings.postpone(meeting=coming, to=day(16), reason="Salle prise", by=fatou)
    assert Mailing.objects.to_try(later).count() == 0
    with pytest.raises(Invalid, match="rien à annoncer"):
        mailings.announce(meeting=coming, notice="minutes", by=fatou)


def test_without_a_server_it_says_so_and_the_act_is_noted(
    client: Client, validated: Meeting, fatou: Account, settings: Any, capsys: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    client.force_login(fatou)
    said = "Aucun serveur de courriel n’est réglé sur cette installation"
    assert said in client.get(address(validated, "act", "send")).content.decode()
    client.post(address(validated, "act", "send"), {"mailed": "on"})
    assert (Meeting.objects.get().state, outcomes()["DIV"]) == ("sent", "printed")
    assert said in client.get(address(validated)).content.decode()
    assert "To: direction@exemple.invalid" in capsys.readouterr().out
    Mailing.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    assert Mailing.objects.to_try(timezone.now()).count() == 0


def test_minutes_handed_over_otherwise_are_only_noted(
    client: Client, validated: Meeting, fatou: Account
) -> None:
    client.force_login(fatou)
    client.post(address(validated, "act", "send"), {})
    assert (Meeting.objects.get().state, mail.outbox, Mailing.objects.count()) == ("sent", [], 0)
