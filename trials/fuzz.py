"""`./sutura trial fuzz --cells 20000`: every address, by every method, as every role, with words nobody should send.

Looked for: an answer that is a failure of ours (500 and above), an exception, an answer without the policy of content.
`--weaker` breaks the first page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import pyrage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from sutura.alerts import services as alerts
from sutura.desk import views as desk
from sutura.disclosure.services import exports as disclosure
from sutura.people.models import Account
from sutura.places.models import Unit
from sutura.reporting import services as reporting
from sutura.verification import services as verification
from trials import doors
from trials.addresses import ASKED, WORDS, Address, Asked, Known, addresses, known_ids
from trials.told import Told

SMALL, GOAL = 300, 20_000
TURN = 400
"""Cases after which everybody comes anew."""
METHODS = ("get", "get", "get", "post", "post", "post", "post", "head", "put", "patch", "delete", "options")
HEADERS = (
    {}, {}, {}, {"HX-Request": "true"}, {"Accept-Language": "zz;q=9,\x7f"}, {"Range": "bytes=5-1"},
    {"Host": "evil.example"}, {"If-None-Match": "*"}, {"Cookie": "sessionid=x; csrftoken=\x01"}, {"Accept": "x"},
    {"Referer": "//evil.example/"}, {"Origin": "null"}, {"X-Forwarded-For": "'"}, {"If-Modified-Since": "9999"},
    {"HX-Current-URL": "http://[::1"},
)  # fmt: skip
BODIES = (
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "x",
)


def run(folder: Path, cells: int, seed: int, weaker: bool) -> Told:
    """Send the cases and count the answers."""
    told = Told()
    with override_settings(MEDIA_ROOT=folder / "files"), doors.quiet(), broken(weaker):
        fuzzer = Fuzzer(seed)
        for number in range(cells):
            fuzzer.case(number, told)
    told.counts["addresses"] = len(fuzzer.every)
    return told


@contextmanager
def broken(weaker: bool) -> Iterator[None]:
    """With `weaker`, the first page fails."""
    kept = desk.piles

    def fail(*_given: object) -> None:
        raise RuntimeError

    desk.piles = fail if weaker else kept
    try:
        yield
    finally:
        desk.piles = kept


def records() -> None:
    """Something for every kind of page to be about."""
    world = doors.people_and_incident()
    monitor, keeper = world.incident.opened_by, doors.account("fuzz-keeper", "secretariat")
    place = Unit.objects.filter(code__startswith="ML05").order_by("level", "code").first()
    alerts.receive(
        by=monitor, types=["killing"], place=place, happened_on=date(2026, 2, 10), told="Deux tirs.",
        party_type="unidentified", source_category="witness", access="unknown",
    )  # fmt: skip
    sitting = verification.convene_sitting(held_on=date(2026, 3, 10), by=keeper, attendance="ONU")
    verification.put_on_agenda(sitting=sitting, violations=world.incident.violations.all(), by=keeper)
    edition = reporting.freeze(product="ghn", period="2026-Q1", by=keeper)
    disclosure.ask_export(
        by=keeper, kind="incidents", product="ghn", period="2026-Q1", edition=edition, reason="trial",
        receiver="trial", key=str(pyrage.x25519.Identity.generate().to_public()),
    )  # fmt: skip


class Fuzzer:
    """Draws a case, sends it, judges the answer; the same seed draws the same cases."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        records()
        self.every = sorted(addresses(), key=lambda one: one.text)
        self.who: dict[str, Account | None] = {}
        self.browsers: dict[str, Client] = {}
        self.known: Known = {}
        self.asked: dict[tuple[str, str], dict[str, list[str]]] = {}

    def begin(self, turn: int) -> None:
        """Everybody anew: what was sent closed accounts, took grants back and ended sessions."""
        self.who = doors.people_of_every_role(turn)
        self.browsers = {role: doors.browser(account) for role, account in self.who.items()}
        self.known = known_ids()

    def case(self, number: int, told: Told) -> None:
        """One request; the addresses in turn, so that none is left out."""
        if number % TURN == 0:
            self.begin(number // TURN)
        chance = Random(f"{self.seed} {number}")
        address = self.every[number % len(self.every)]
        role = doors.EVERY if chance.random() < 0.4 else chance.choice(sorted(self.who))
        client, method, path = self.browsers[role], chance.choice(METHODS), address.filled(chance, self.known)
        sent = self.sent(chance, client, role, address, method, path)
        told.counts["cases"] += 1
        try:
            answer = getattr(client, method)(**sent)
            status = answer.status_code
            if answer.streaming:
                answer.close()
        except Exception as error:
            told.faults.append(f"{number} {role} {method} {address.name}: {type(error).__name__}")
            return
        told.counts[f"{status // 100}xx"] += 1
        if status >= 500 or "Content-Security-Policy" not in answer:
            told.faults.append(f"{number} {role} {method} {address.name}: {status}")
        if role != "stranger" and not address.name.startswith("people:") and doors.turned_away(answer):
            told.counts["turned away"] += 1
            self.browsers[role] = doors.browser(self.who[role])  # her session was ended by a case before

    def sent(
        self, chance: Random, client: Client, role: str, address: Address, method: str, path: str
    ) -> dict[str, Any]:
        """Path, question, body and headers of a case."""
        words = {chance.choice(ASKED): chance.choice(WORDS) for _n in range(chance.randint(0, 4))}
        there = f"{path}?{urlencode(words)}" if words else path
        headers = chance.choice(HEADERS)
        if method in ("get", "head", "options", "delete"):
            return {"path": there, "headers": headers}
        if method != "post" or chance.random() < 0.1:
            body = chance.choice(("{", json.dumps(words), "--x\r\n", "a=%ff&b", "\0" * 50, ""))
            return {"path": there, "data": body, "content_type": chance.choice(BODIES), "headers": headers}
        return {"path": there, "headers": headers} | {
            "data": self.answers(chance, client, role, address, path)
        }

    def answers(
        self, chance: Random, client: Client, role: str, address: Address, path: str
    ) -> dict[str, Any]:
        """What a form asks, answered from its own lists, by records, by hostile words, or not at all."""
        key = (role, address.name)
        if key not in self.asked or chance.random() < 0.05:
            self.asked[key] = self.questions(client, path)
        found: dict[str, Any] = {}
        for name, offered in (self.asked[key] or {name: [] for name in ASKED[-8:]}).items():
            how = chance.random()
            if how < 0.45 and offered:
                found[name] = chance.choice(offered)
            elif how < 0.8:
                found[name] = chance.choice(WORDS)
            elif how < 0.87:
                found[name] = [chance.choice(WORDS) for _n in range(3)]
        if chance.random() < 0.1 or "file" in found:
            found["file"] = SimpleUploadedFile(
                chance.choice(("x", "é.png", "a\0b")), chance.randbytes(60), "x/y"
            )
        return found

    def questions(self, client: Client, path: str) -> dict[str, list[str]]:
        """The controls of the page, as this role sees it."""
        answer = client.get(path)
        page = "text/html" in answer.headers.get("Content-Type", "") and not answer.streaming
        return Asked(answer.content.decode("utf-8", "replace")).fields if page else {}
