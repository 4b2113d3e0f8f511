"""Records that arrive at the same moment are kept and taken over together, each as it would be alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from sutura.alerts.models import Alert
from sutura.audit import chain
from sutura.audit.models import Entry
from sutura.intake.models import Outcome, Submission
from sutura.intake.openrosa import arrivals, gathering, records
from sutura.intake.openrosa.body import Sent
from sutura.intake.openrosa.gathering import Gathering
from sutura.intake.services.arrivals import Arrival
from sutura.intake.services.phones import Handed, create_phone, revoke_phone
from sutura.intake.tokens import fingerprint
from sutura.people.models import Account
from tests.intake.phones import ALERT, BOUNDARY, Handset, multipart, new_number, record
from tests.people import MOPTI


def arrival(key: str, xml: bytes, files: dict[str, bytes] | None = None) -> Arrival:
    """A record as it arrives under the address of a phone."""
    return Arrival(fingerprint(key), records.read(xml), Sent(xml, files or {}))


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def alone(handset: Handset, xml: bytes) -> int:
    """Send by the long way."""
    arrivals.passes.held.clear()
    return handset.send(xml).status_code


@pytest.mark.django_db
def test_several_are_what_each_would_be_alone(handset: Handset, handed: Handed, binta: Account):
    assert alone(handset, record()) == 201
    lines = list(Entry.objects.order_by("pk").values_list("actor", "act", "kind", "fields"))[-3:]
    versions = Alert.history.count()
    others = create_phone(label="Téléphone 4", region=MOPTI, by=binta).key
    # Numbers as a hostile hand would write them: many rows go in one statement, their values in its text.
    numbers = [f"uuid:{at} 100 %s %% '); -- \\' é" for at in range(3)]
    told = [
        record(
            {**ALERT, "boys": str(at), "types": "sexual_violence" if at else "killing"}, number=numbers[at]
        )
        for at in range(3)
    ]
    arrived = [arrival(key, xml) for key, xml in zip((handed.key, others, handed.key), told, strict=True)]
    assert arrivals.serve(arrived) == [True, True, True]
    assert sorted(Alert.objects.values_list("boys", "killing")) == [
        (0, True),
        (1, False),
        (2, False),
        (2, False),
    ]
    assert Alert.history.count() == versions + 3
    assert set(Submission.objects.values_list("instance_id", flat=True)) > set(numbers)
    kept = sorted(Submission.objects.values_list("apart", "region"))
    assert kept == [(False, "ML05"), (False, "ML05"), (True, "ML05"), (True, "ML05")]
    after = list(Entry.objects.order_by("pk").values_list("actor", "act", "kind", "fields"))
    assert sorted(after[-9:]) == sorted(lines * 3)
    assert set(Outcome.objects.values_list("became", "kind")) == {("made", "alerts.alert")}
    assert {str(one.xml) for one in Submission.objects.all()} == {"•••"}
    if connection.vendor == "sqlite":  # elsewhere the chain grows at the commit
        walked, loose = chain.verify()
        assert (walked.fault, loose) == (None, None)


@pytest.mark.django_db
def test_what_is_not_plain_goes_its_own_way_and_takes_nobody_along(handset: Handset, handed: Handed):
    number, key = new_number(), handed.key
    first, other = record(number=number), record({**ALERT, "boys": "7"}, number=number)
    assert alone(handset, first) == 201
    new = record()
    asked = [
        arrival(key, first), arrival(key, other), arrival(key, new), arrival(key, new),
        arrival(key, record(version="1999")), arrival("no such key", record()),
    ]  # fmt: skip
    assert arrivals.serve(asked) == [False, None, True, False, None, None]
    assert not arrival(key, record(replaces=number)).plain
    assert not arrival(key, record(), {"a.jpg": b"x"}).plain
    # One that no alert can be made of: all of them go the long way, where it alone waits.
    refused = record({**ALERT, "region": "ML99", "cercle": ""})
    lines = Entry.objects.count()
    assert arrivals.serve([arrival(key, record()), arrival(key, refused)]) == [None, None]
    assert Entry.objects.count() == lines
    assert (Submission.objects.count(), Alert.objects.count()) == (2, 2)
    assert handset.send(refused).status_code == 201
    assert Outcome.objects.get(became="waits").field == "region"


@pytest.mark.django_db
def test_a_phone_is_asked_for_anew_though_it_passed_a_moment_ago(
    handset: Handset, handed: Handed, binta: Account
):
    arrivals.passes.held.clear()
    assert [handset.send(record()).status_code for _time in range(2)] == [201, 201]
    (held,) = arrivals.passes.held.items()
    assert (held[0][0], held[1].left > 0) == (fingerprint(handed.key), True)
    revoke_phone(phone=handed.phone, by=binta)
    assert handset.send(record()).status_code == 403
    assert Submission.objects.count() == 2


@pytest.mark.once
def test_whoever_comes_while_a_round_is_under_way_is_in_the_next(monkeypatch: pytest.MonkeyPatch):
    rounds: list[list[int]] = []
    started, go = threading.Event(), threading.Event()

    def serve(asked: Any) -> list[int]:
        rounds.append(sorted(asked))
        started.set()
        assert go.wait(30)
        if 13 in asked:
            raise ValueError
        return [one * 2 for one in asked]

    gathered: Gathering[int, int] = Gathering(serve)
    with ThreadPoolExecutor(8) as askers:
        first = askers.submit(gathered.ask, 1)
        assert started.wait(30)
        others = [askers.submit(gathered.ask, one) for one in (2, 3, 4)]
        until(lambda: len(gathered.waiting) == 3)
        go.set()
        assert [first.result(), *(one.result() for one in others)] == [2, 4, 6, 8]
    assert rounds == [[1], [2, 3, 4]]
    monkeypatch.setattr(gathering, "COMPANY", 0.01)
    assert gathered.ask(13) is None  # it must take another way
    assert gathered.ask(5) == 10


@pytest.mark.once
def test_after_a_round_of_several_the_next_waits_until_as_many_are_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gathering, "COMPANY", 30.0)
    rounds: list[list[int]] = []

    def serve(asked: Any) -> list[int]:
        rounds.append(sorted(asked))
        return [one * 2 for one in asked]

    gathered: Gathering[int, int] = Gathering(serve)
    assert gathered.ask(1) == 2
    gathered.crowd = 3
    with ThreadPoolExecutor(3) as askers:
        assert sorted(askers.map(gathered.ask, [2, 3, 4])) == [4, 6, 8]
    monkeypatch.setattr(gathering, "COMPANY", 0.01)
    assert [gathered.ask(5), gathered.ask(6)] == [10, 12]
    assert rounds == [[1], [2, 3, 4], [5], [6]]


@pytest.mark.once
def test_the_thread_ends_when_nobody_asks_and_begins_anew(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gathering, "IDLE", 0.01)
    rested: list[bool] = []
    gathered: Gathering[int, int] = Gathering(lambda asked: list(asked), rest=lambda: rested.append(True))
    assert gathered.ask(1) == 1
    until(lambda: len(rested) == 1 and not gathered.serving)
    assert gathered.ask(2) == 2
    until(lambda: len(rested) == 2)


@pytest.mark.once
def test_nobody_waits_for_a_thread_that_is_not_there(monkeypatch: pytest.MonkeyPatch):
    def none_left(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    gathered: Gathering[int, int] = Gathering(lambda asked: list(asked))
    with monkeypatch.context() as here:
        here.setattr(gathering.Thread, "start", none_left)
        assert gathered.ask(1) is None
    assert gathered.ask(2) == 2

    class Killed(BaseException):
        pass

    def die(_asked: Any) -> list[int]:
        raise Killed

    monkeypatch.setattr(threading, "excepthook", lambda _told: None)
    dying: Gathering[int, int] = Gathering(die)
    assert dying.ask(1) is None
    until(lambda: not dying.serving)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_one_record_sent_by_thirty_two_at_once_is_there_once_and_nobody_is_refused(
    handed: Handed, live_server: Any
):
    parts, xml = urlsplit(live_server.url), record()
    start = threading.Barrier(32)

    def send(_at: int) -> int:
        link = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        link.connect()
        start.wait()
        head = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        link.request("POST", f"/or/key/{handed.key}/submission", multipart(xml), head)
        status = link.getresponse().status
        link.close()
        return status

    with ThreadPoolExecutor(32) as senders:
        statuses = list(senders.map(send, range(32)))
    assert (set(statuses) <= {201, 202}, statuses.count(201)) == (True, 1)
    assert (Submission.objects.count(), Alert.objects.count(), Outcome.objects.count()) == (1, 1, 1)
