"""The short way of a record, before the application: what the long way would do and say, or the long way itself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import RequestFactory
from django.urls import reverse
from django.utils.module_loading import import_string

from sutura.alerts.models import Alert
from sutura.intake.models import Outcome, Questionnaire, Submission
from sutura.intake.openrosa import arrivals, gathering, shortway
from sutura.intake.openrosa.shortway import ShortWay
from sutura.intake.services.phones import Handed, revoke_phone
from sutura.intake.services.questionnaires import close_form
from sutura.people.models import Account
from tests.intake.phones import ALERT, BOUNDARY, multipart, new_number, record
from tests.intake.test_arrivals import until

pytestmark = pytest.mark.django_db(transaction=True)


class Door:
    """A server as a phone sees it; counts who went through Django."""

    def __init__(self, key: str) -> None:
        self.address = f"/or/key/{key}/submission"
        self.pages = WSGIHandler()
        self.long = 0
        self.application = ShortWay(self.through)

    def through(self, environ: dict[str, Any], start_response: Any) -> Any:
        """The long way."""
        self.long += 1
        return self.pages(environ, start_response)

    def send(
        self,
        xml: bytes,
        files: dict[str, bytes] | None = None,
        *,
        cut: int = 0,
        said_long: bool = True,
        **headers: str,
    ) -> Any:
        """Status, headers and content of an answer; `said_long`: the length of the body is announced."""
        body = multipart(xml, files or {})
        request = RequestFactory().generic(
            "POST", self.address, body, f"multipart/form-data; boundary={BOUNDARY}", headers=headers
        )
        said: list[Any] = []
        if not said_long:
            request.environ.pop("CONTENT_LENGTH")
            request.environ["wsgi.input_terminated"] = True
        environ = {**request.environ, "wsgi.input": BytesIO(body[: len(body) - cut])}
        answer = self.application(environ, lambda line, given: said.extend((line, given)))
        content = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        return said[0], dict(said[1]), content


@pytest.fixture
def door(handed: Handed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """A door at which the phone has been; the thread of the rounds ends with the test."""
    monkeypatch.setattr(gathering, "IDLE", 0.05)
    monkeypatch.setattr(gathering, "COMPANY", 0.005)
    arrivals.passes.held.clear()
    found = Door(handed.key)
    assert found.send(record())[0] == "201 Created"
    assert found.long == 1
    yield found
    until(lambda: not arrivals.together.serving)


def test_it_stands_at_the_address_of_phones_before_the_server(handed: Handed):
    address = reverse("openrosa:submission", args=[handed.key])
    assert shortway.ADDRESS.fullmatch(address)[1] == handed.key
    assert isinstance(import_string("sutura.config.wsgi.application"), ShortWay)


def test_a_phone_that_was_here_is_answered_as_the_door_answers(door: Door):
    xml = record()
    arrivals.passes.held.clear()
    by_the_door = door.send(record())
    before = door.long
    assert door.send(xml) == by_the_door
    assert door.long == before
    assert {"Content-Security-Policy", "Cache-Control", "X-OpenRosa-Version"} <= set(by_the_door[1])
    # Sent again: what the door says of it is asked for once, then known.
    again = door.send(xml)
    assert (again[0], door.long) == ("202 Accepted", before + 1)
    assert door.send(xml) == again
    assert door.long == before + 1
    assert (Submission.objects.count(), Alert.objects.count(), Outcome.objects.count()) == (3, 3, 3)


def test_who_comes_otherwise_takes_the_whole_door(door: Door):
    assert door.send(record(), host="elsewhere.example")[0] == "400 Bad Request"
    for at, headers in enumerate(({"x-forwarded-proto": "https"}, {"cookie": "sutura=x"}), start=3):
        assert door.send(record(), **headers)[0] == "201 Created"
        assert door.long == at
    assert door.send(record(), said_long=False)[0] == "201 Created"
    assert door.long == 5
    # Each has its own pass.
    for headers in ({}, {"x-forwarded-proto": "https"}, {"accept-encoding": "gzip"}):
        assert door.send(record(), **headers)[0] == "201 Created"
    assert door.long == 5


def test_a_server_that_has_said_only_that_a_record_is_known_asks_the_door_first(handed: Handed, door: Door):
    again = record()
    door.send(again)
    door.application.told.clear()
    assert door.send(again)[0] == "202 Accepted"
    assert door.send(record())[0] == "201 Created"
    assert door.long == 3


def test_a_pass_that_is_used_up_is_counted_again(door: Door, settings: Any):
    settings.SUTURA_PHONE_RATE = "60/5m/key"
    arrivals.passes.held.clear()
    found = [(door.send(record())[0], door.long) for _time in range(3)]
    assert found == [("201 Created", 2), ("201 Created", 2), ("201 Created", 3)]
    settings.SUTURA_PHONE_RATE = "2/5m/key"
    arrivals.passes.held.clear()
    assert [door.send(record())[0] for _time in range(3)][-1] == "429 Too Many Requests"


def test_what_the_door_would_refuse_is_refused(door: Door, handed: Handed, machine: Account):
    again = record()
    assert door.send(again)[0] == "201 Created"
    before = Submission.objects.count()
    close_form(questionnaire=Questionnaire.objects.get(form_id="sutura_alert"), by=machine)
    assert [door.send(xml)[0] for xml in (record(), again)] == [
        door_said(door, xml) for xml in (record(), again)
    ]
    Account.objects.filter(pk=handed.phone.account_id).update(is_active=False)
    assert door.send(record())[0] == "403 Forbidden"
    assert Submission.objects.count() == before


def test_what_is_not_plain_reaches_the_long_way_whole(door: Door):
    number = new_number()
    first, other = record(number=number), record({**ALERT, "boys": "7"}, number=number)
    assert door.send(first)[0] == "201 Created"
    assert door.long == 1
    assert door.send(other)[0] == "409 Conflict"
    assert door.send(record(), {"a.jpg": b"x"})[0] == "201 Created"
    assert door.send(record(), cut=20)[0] == "400 Bad Request"
    assert door.send(b"no record")[0] == "400 Bad Request"
    assert door.long == 5
    assert Submission.objects.filter(conflicts_with=None).count() == 3


def door_said(door: Door, xml: bytes) -> str:
    """What the whole door answers."""
    arrivals.passes.held.clear()
    line: str = door.send(xml)[0]
    return line


def test_a_longer_one_is_not_even_read(door: Door, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shortway, "LARGEST", 10)
    assert door.send(record())[0] == "201 Created"
    assert door.long == 2


def test_a_phone_that_is_revoked_is_refused_at_once(door: Door, handed: Handed, binta: Account):
    assert door.send(record())[0] == "201 Created"
    assert door.long == 1
    revoke_phone(phone=handed.phone, by=binta)
    assert door.send(record())[0] == "403 Forbidden"
    assert Submission.objects.count() == 2


@pytest.mark.postgresql
def test_one_record_by_sixteen_at_once_is_there_once(door: Door):
    xml, start = record(), Barrier(16)
    assert [door.send(xml)[0] for xml in [record()] * 2] == ["201 Created", "202 Accepted"]
    before = door.long

    def send(_at: int) -> str:
        start.wait()
        try:
            line: str = door.send(xml)[0]
        finally:
            connections.close_all()
        return line

    with ThreadPoolExecutor(16) as senders:
        lines = list(senders.map(send, range(16)))
    assert (set(lines) <= {"201 Created", "202 Accepted"}, lines.count("201 Created")) == (True, 1)
    assert (Submission.objects.count(), Alert.objects.count(), door.long) == (3, 3, before)
