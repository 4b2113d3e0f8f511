"""The short way of a record, past the whole door: for a phone that passed it a moment ago, in the same manner.

Whatever the door judges of a request (its address, its host, how it came) is the same as when the phone passed; whether
the phone may still send is asked anew. What it is told is, byte for byte, what the door told last. Anything else, and
whatever is not plain, takes the long way, as if there were no other.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.http import HttpResponse

from sutura.intake.openrosa import arrivals, body, records
from sutura.intake.openrosa.answers import Refusal
from sutura.intake.services.arrivals import Arrival
from sutura.intake.tokens import fingerprint

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
ADDRESS = re.compile(r"/or/key/([^/]+)/submission")
LARGEST = 200_000
"""Bytes; a record without files is far smaller."""
NEW, KNOWN = 201, 202
logger = logging.getLogger(__name__)


class ShortWay:
    """The application, with the short way before it."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.told: dict[int, tuple[str, list[tuple[str, str]], bytes]] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer shortly, else hand on the request as it came, and keep what is answered to it."""
        found = ADDRESS.fullmatch(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "POST" else None
        if found is None:
            return self.application(environ, start_response)
        status = self.short(environ, found[1]) if NEW in self.told else None
        if status is None or status not in self.told:
            answer = self.application(environ, start_response)
            self.keep(answer)
            return answer
        line, headers, content = self.told[status]
        start_response(line, list(headers))
        return [content]

    def short(self, environ: dict[str, Any], key: str) -> int | None:
        """What a record is answered on the short way; None where it must take the long one, with its body unread."""
        length = environ.get("CONTENT_LENGTH") or ""
        digest = fingerprint(key)
        # A cookie is for whoever signs in: the door judges it, and closes a visit that has lasted too long.
        if environ.get("HTTP_COOKIE") or not (length.isdecimal() and int(length) <= LARGEST):
            return None
        if not arrivals.passes.take(digest, arrivals.manner(environ)):
            return None
        came = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = BytesIO(came)
        try:
            sent = body.taken_apart(came, environ.get("CONTENT_TYPE", ""))
            arrival = Arrival(digest, records.read(sent.xml), sent)
            new = arrivals.together.ask(arrival) if len(came) == int(length) and arrival.plain else None
        except Refusal:
            return None
        except Exception as fault:  # whatever it is, the long way tells it to whom it belongs
            logger.info("a record goes the long way: %s", type(fault).__name__)
            return None
        return None if new is None else NEW if new else KNOWN

    def keep(self, answer: object) -> None:
        """What the door says of a record that is here: to everybody the same, or it is not kept."""
        if not isinstance(answer, HttpResponse) or answer.status_code not in (NEW, KNOWN):
            return
        if not (answer.cookies or answer.has_header("Content-Encoding")):
            line = f"{answer.status_code} {answer.reason_phrase}"
            self.told[answer.status_code] = line, list(answer.items()), answer.content
