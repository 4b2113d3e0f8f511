"""The short way of a record: what phones send at the same moment is judged, kept and taken over together.

Only for phones that passed the whole door a moment ago, in the same manner (`passes`); whether each may still send is
asked anew for every round. Whatever is not plain takes the long way, as if there were no other.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connections
from django.http import HttpRequest
from django.utils.translation import override

from sutura.access.acting import acting
from sutura.intake.openrosa.gathering import Gathering
from sutura.intake.services.arrivals import Arrival, phones_of, receive_together
from sutura.security.links import let

MOST_KNOWN = 10_000
SHARE = 30
"""A phone's uses are taken from the count of all processes in so many parts, each used up here."""
PASS_SECONDS = 240
"""For so long a pass holds: shorter than the time after which a phone is noted as seen again."""
logger = logging.getLogger(__name__)


Manner = tuple[object, ...]
JUDGED = ("wsgi.url_scheme", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")
"""What the door goes by, beside the address: which host was asked, and whether nobody on the way could read."""


def manner(environ: Mapping[str, object]) -> Manner:
    """How a request came."""
    return tuple(environ.get(name) for name in JUDGED)


@dataclass
class _Pass:
    left: int
    until: float


class Passes:
    """Phones that passed the door of late, and how often each may come before it is counted again."""

    def __init__(self) -> None:
        self.lock, self.counting = Lock(), Lock()
        self.held: dict[tuple[str, Manner], _Pass] = {}

    def take(self, digest: str, manner: Manner) -> bool:
        """Use one; no, when there is none for who comes like this."""
        with self.lock:
            held = self.held.get((digest, manner))
            if held is None or held.left < 1 or held.until < time.monotonic():
                self.held.pop((digest, manner), None)
                return False
            held.left -= 1
            return True

    def give(self, digest: str, manner: Manner, uses: int) -> None:
        """Note that a phone has passed, and may come so many times more."""
        with self.lock:
            if len(self.held) >= MOST_KNOWN:
                self.held.clear()
            if uses > 0:
                self.held[digest, manner] = _Pass(uses, time.monotonic() + PASS_SECONDS)


passes = Passes()


def counted(request: HttpRequest, digest: str) -> bool:
    """Count a phone among all processes: one part of what it may do, of which this request uses the first."""
    amount, _slash, window = settings.SUTURA_PHONE_RATE.partition("/")
    part = max(1, int(amount) // SHARE)
    with (
        passes.counting
    ):  # those of one phone who come at once would wait for each other until they are refused
        if part > 1 and passes.take(digest, manner(request.META)):
            return True
        if not let(request, "intake.phone", digest, rates=f"{int(amount) // part}/{window}", readings=True):
            return False
        passes.give(digest, manner(request.META), part - 1)
    return True


def serve(arrivals: Sequence[Arrival]) -> list[bool | None]:
    """Each record that arrived: whether it is new; None where it must take the long way."""
    answers: list[bool | None] = [None] * len(arrivals)
    phones = phones_of(arrivals)
    of_account: dict[Any, list[int]] = {}
    for place, one in enumerate(arrivals):
        if one.digest in phones:
            of_account.setdefault(phones[one.digest].account, []).append(place)
    for account, places in of_account.items():
        try:
            with acting(account):
                some = [arrivals[place] for place in places]
                told = receive_together(arrivals=some, phones=phones, by=account)
        except Exception as fault:  # whatever it is, the long way tells it to whom it belongs
            logger.info("%d records go the long way: %s", len(places), type(fault).__name__)
            continue
        for place, answer in zip(places, told, strict=True):
            answers[place] = answer
    return answers


def _round(arrivals: Sequence[Arrival]) -> list[bool | None]:
    """In a thread that no request began and none will end."""
    try:
        with override("fr"):
            return serve(arrivals)
    finally:
        close_old_connections()


together: Gathering[Arrival, bool] = Gathering(_round, rest=connections.close_all)
