"""Asks each cell, and compares the answer, the log and the mail with what the tables allow."""

from __future__ import annotations

import io
import logging
import random
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, NamedTuple

from django.core import mail
from django.db import transaction
from django.test import Client

from sutura.people.models import Account
from tests.matrix.oracle import Oracle
from tests.matrix.stage import METHODS, Address, Plan, Reader
from tests.people import come_in, open_vault
from tests.security.pages import text_of

DOOR, FACTORS = "/sign-in/", "/me/second-factor/"
# What is sealed is shown only to a form with a reason.
BODIES = {
    "alerts:open": {"why": "tri"},
    "incidents:open": {"why": "relecture"},
    "incidents:attachment": {"why": "relecture"},
    "incidents:names": {"words": "zqr", "reason": "recoupement"},
}
REFUSED = {403, 404}
LOGGERS = ("", "django", "sutura")  # those which settings.LOGGING hands to the console
AT_THE_DOOR = {"open", "before"}  # what is done there may lead back to the door
LIKE_NEW = 60  # seconds


class Cell(NamedTuple):
    """One question: who asks for which address, how."""

    reader: Reader
    address: Address
    method: str


@dataclass
class Found:
    """What a walk found."""

    cells: int = 0
    leaks: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def cells(plan: Plan, wanted: int, prefer: Iterable[str] = (), seed: int = 3) -> list[Cell]:
    """So many cells of all there are, the same for the same seed: every pair of address and situation comes early.

    Those which hold more of the preferred words (of a route, a role, a situation) come before the others.
    """
    every = [
        Cell(reader, address, method)
        for reader in plan.readers
        for address in plan.addresses
        for method in METHODS
    ]
    random.Random(seed).shuffle(every)
    first, rest, seen = [], [], set()
    for cell in every:
        pair = (cell.address.route, cell.address.apart, cell.reader.situation)
        (rest if pair in seen else first).append(cell)
        seen.add(pair)
    words = list(prefer)

    def strange(cell: Cell) -> int:
        told = f"{cell.address.route} {cell.reader.name} {cell.reader.situation}"
        return -sum(word in told for word in words)

    return sorted([*first, *rest], key=strange)[:wanted]


@contextmanager
def written(log: io.StringIO) -> Iterator[None]:
    """Into `log` what the console would be told, and nothing to the console: a line a refusal buries what is found."""
    handlers = {
        handler: handler.stream
        for name in LOGGERS
        for handler in logging.getLogger(name).handlers
        if isinstance(handler, logging.StreamHandler)
    }
    for handler in handlers:
        # `setStream` would flush a stream which a command run by a test has left behind, closed.
        handler.stream = log
    yield
    for handler, stream in handlers.items():
        handler.stream = stream


class Walk:
    """One database, one plan, one oracle; a browser for each reader."""

    def __init__(self, plan: Plan, oracle: Oracle) -> None:
        self.plan, self.oracle = plan, oracle
        self.browsers: dict[str, tuple[Client, float]] = {}
        self.words = {word.text.lower(): word for word in plan.words}
        longest_first = sorted(self.words, key=len, reverse=True)
        self.seen_in = re.compile("|".join(re.escape(text) for text in longest_first))
        self.forbidden: dict[str, frozenset[str]] = {}
        self.log = io.StringIO()

    def undeclared(self, routes: Iterator[str]) -> list[str]:
        """Addresses of the product of which no table speaks, or which no cell asks for."""
        asked = {address.route for address in self.plan.addresses}
        return sorted(name for name in set(routes) if name not in self.oracle.routes or name not in asked)

    def walk(self, asked: list[Cell], *, stop_at_first: bool = False) -> Found:
        """Ask every cell."""
        found = Found()
        with written(self.log):
            for cell in asked:
                self._judge(cell, found)
                found.cells += 1
                if stop_at_first and (found.leaks or found.closed):
                    break
        return found

    def _judge(self, cell: Cell, found: Found) -> None:
        told = f"{cell.reader.name}, {cell.reader.situation}: {cell.method} {cell.address.url}"
        answer, text = self._ask(cell)
        led = answer.get("Location", "")
        opened = answer.status_code not in REFUSED and DOOR not in led and led != FACTORS
        allowed = self.oracle.routes[cell.address.route].allows(
            cell.reader.held,
            **cell.reader.standing,
            region=cell.address.region,
            apart=cell.address.apart,
            gave=cell.reader.gave(cell.address),
        )
        if answer.status_code >= 500:
            found.leaks.append(f"{told}: {answer.status_code}")
        if opened and not allowed and answer.status_code != 405:
            found.leaks.append(f"{told}: opens with {answer.status_code}")
        if allowed and not opened and self.oracle.routes[cell.address.route].where not in AT_THE_DOOR:
            found.closed.append(f"{told}: {answer.status_code}")
        url = cell.address.url.lower()
        read = {word for word in self.seen_in.findall(text.lower()) if word not in url}
        for word in sorted(read & self._forbidden(cell.reader)):
            found.leaks.append(f"{told}: tells {word} ({self.words[word].record} {self.words[word].privacy})")

    def _ask(self, cell: Cell) -> tuple[Any, str]:
        """The answer with all that was written meanwhile; whatever the act did is undone."""
        mail.outbox = []
        self.log.seek(0)
        self.log.truncate()
        browser = self._browser(cell.reader)
        undone = transaction.atomic()
        # As in a test: what must be durable in life may be undone here.
        undone._from_testcase = True
        with undone:
            body = BODIES.get(cell.address.route) if cell.method == "post" else None
            answer = getattr(browser, cell.method)(cell.address.url, body)
            text = text_of(answer)
            transaction.set_rollback(True)
        if DOOR in answer.get("Location", ""):
            del self.browsers[cell.reader.username]  # the visit was ended
        sent = "\n".join(str(message.message()) for message in mail.outbox)
        return answer, f"{text}\n{answer.get('Location', '')}\n{self.log.getvalue()}\n{sent}"

    def _browser(self, reader: Reader) -> Client:
        """Signed in a moment ago: whatever an act wrote into the visit is undone with it, also that she is there."""
        client, since = self.browsers.get(reader.username, (None, 0.0))
        if client is None or monotonic() - since > LIKE_NEW:
            client, since = Client(raise_request_exception=False), monotonic()
            if reader.username:
                account = Account.objects.get(username=reader.username)
                client.force_login(account)
                come_in(client, factor="" if reader.unready else "totp")
                open_vault(client, account)
            self.browsers[reader.username] = client, since
        return client

    def _forbidden(self, reader: Reader) -> frozenset[str]:
        if reader.username not in self.forbidden:
            self.forbidden[reader.username] = frozenset(
                text
                for text, word in self.words.items()
                if not self.oracle.fields[word.record, word.privacy].allows(
                    reader.held,
                    **reader.standing,
                    region=word.region,
                    apart=word.apart,
                    gave=reader.gave(word),
                )
            )
        return self.forbidden[reader.username]
