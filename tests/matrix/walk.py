"""Asks each cell, and compares the answer, the log and the mail with what the tables allow."""

from __future__ import annotations

import io
import logging
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core import mail
from django.db import transaction
from django.test import Client

from sutura.people.models import Account
from tests.matrix.oracle import Oracle
from tests.matrix.stage import METHODS, Address, Plan, Reader
from tests.security.pages import text_of

DOOR = "/sign-in/"
REFUSED = {403, 404}


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


class Walk:
    """One database, one plan, one oracle; a browser for each reader."""

    def __init__(self, plan: Plan, oracle: Oracle) -> None:
        self.plan, self.oracle = plan, oracle
        self.browsers: dict[str, Client] = {}
        self.words = {word.text.lower(): word for word in plan.words}
        longest_first = sorted(self.words, key=len, reverse=True)
        self.seen_in = re.compile("|".join(re.escape(text) for text in longest_first))
        self.forbidden: dict[str, frozenset[str]] = {}
        self.log = io.StringIO()
        logging.getLogger().addHandler(logging.StreamHandler(self.log))

    def undeclared(self, routes: Iterator[str]) -> list[str]:
        """Addresses of the product of which no table speaks, or which no cell asks for."""
        asked = {address.route for address in self.plan.addresses}
        return sorted(name for name in set(routes) if name not in self.oracle.routes or name not in asked)

    def walk(self, asked: list[Cell], *, stop_at_first: bool = False) -> Found:
        """Ask every cell."""
        found = Found()
        for cell in asked:
            self._judge(cell, found)
            found.cells += 1
            if stop_at_first and (found.leaks or found.closed):
                break
        return found

    def _judge(self, cell: Cell, found: Found) -> None:
        told = f"{cell.reader.name}, {cell.reader.situation}: {cell.method} {cell.address.url}"
        answer, text = self._ask(cell)
        opened = answer.status_code not in REFUSED and DOOR not in answer.get("Location", "")
        allowed = self.oracle.routes[cell.address.route].allows(
            cell.reader.held, out=cell.reader.out, region=cell.address.region, apart=cell.address.apart
        )
        if answer.status_code >= 500:
            found.leaks.append(f"{told}: {answer.status_code}")
        if opened and not allowed and answer.status_code != 405:
            found.leaks.append(f"{told}: opens with {answer.status_code}")
        if allowed and not opened and self.oracle.routes[cell.address.route].where != "open":
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
        with transaction.atomic():
            answer = getattr(browser, cell.method)(cell.address.url)
            text = text_of(answer)
            transaction.set_rollback(True)
        if cell.address.route == "people:sign_out":
            del self.browsers[cell.reader.username]
        sent = "\n".join(str(message.message()) for message in mail.outbox)
        return answer, f"{text}\n{answer.get('Location', '')}\n{self.log.getvalue()}\n{sent}"

    def _browser(self, reader: Reader) -> Client:
        if reader.username not in self.browsers:
            client = Client(raise_request_exception=False)
            if reader.username:
                client.force_login(Account.objects.get(username=reader.username))
            self.browsers[reader.username] = client
        return self.browsers[reader.username]

    def _forbidden(self, reader: Reader) -> frozenset[str]:
        if reader.username not in self.forbidden:
            self.forbidden[reader.username] = frozenset(
                text
                for text, word in self.words.items()
                if not self.oracle.fields[word.record, word.privacy].allows(
                    reader.held, out=reader.out, region=word.region, apart=word.apart
                )
            )
        return self.forbidden[reader.username]
