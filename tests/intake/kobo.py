"""A stand-in for a Kobo server, written from its documentation: pages of records, a token, and what goes wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

TOKEN = "0123456789abcdef0123456789abcdef01234567"
ASSET = "aXinventeeXkobo22"
SURVEY = [
    {"type": "begin_group", "name": "incident", "label": ["L’incident", "The incident"]},
    {
        "type": "select_multiple",
        "name": "types",
        "label": ["Que se passe-t-il ?", "What?"],
        "select_from_list_name": "v",
    },
    {"type": "integer", "name": "nb_garcons", "label": ["Combien de garçons ?", "How many boys?"]},
    {"type": "end_group"},
    {"type": "text", "name": "told", "label": ["Récit", "Account"]},
]
CHOICES = [
    {"list_name": "v", "name": "killing", "label": ["Meurtre", "Killing"]},
    {"list_name": "v", "name": "abduction", "label": ["Enlèvement", "Abduction"]},
]


def answer(
    number: int, *, version: str = "", told: str = "Récit inventé", day: str = "2026-11-20", **more: Any
) -> dict[str, Any]:
    """A record as the server keeps it; `version`: the number of a correction, whose root stays."""
    root = f"11111111-0000-4000-8000-{number:012d}"
    return {
        "_id": number, "formhub/uuid": "f" * 32,
        "incident/types": "killing", "incident/nb_garcons": "2", "told": told,
        "entered_on": day, "moment": "yesterday", "region": "ML05", "__version__": "vAbC",
        "meta/instanceID": f"uuid:{version or root}",
        "meta/rootUuid": f"uuid:{root}", "_uuid": version or root, "_submission_time": f"{day}T08:00:00",
        "_submitted_by": None, "_status": "submitted_via_web", "_geolocation": [None, None], "_validation_status": {},
        "_attachments": [], "_tags": [], "_notes": [], **more,
    }  # fmt: skip


@dataclass
class Stub:
    """The server and all that it was asked."""

    records: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    led: str = ""
    """Where every question is sent on to."""
    raw: bytes = b""
    """Answered to every question about records."""

    def page(self, path: str, asked: dict[str, list[str]]) -> bytes:
        """One page of records, two at most, in spaces of its own."""
        query = json.loads(asked.get("query", ["{}"])[0])
        found = [one for one in self.records if _fits(one, query)]
        if json.loads(asked.get("sort", ['{"_id":-1}'])[0]) == {"_id": 1}:
            found.sort(key=lambda one: int(one["_id"]))
        start = int(asked.get("start", ["0"])[0])
        following = urlencode({**{name: told[0] for name, told in asked.items()}, "start": start + 2})
        more = json.dumps(f"{self.url}{path}?{following}" if start + 2 < len(found) else None)
        told = " ,\n  ".join(json.dumps(one, ensure_ascii=False) for one in found[start : start + 2])
        return (
            f'{{ "count": {len(found)}, "next": {more},"previous":null , "results" : [ {told} ]\n}}'.encode()
        )


def _fits(one: dict[str, Any], query: dict[str, Any]) -> bool:
    return all(
        one[name] > asked["$gt"]
        if "$gt" in asked
        else datetime.fromisoformat(one[name]) >= datetime.fromisoformat(asked["$gte"])
        for name, asked in query.items()
    )


@contextmanager
def stub() -> Iterator[Stub]:
    """The server, while it runs."""
    told = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Whatever is asked, noted with the token that came with it."""
            told.asked.append((self.path, self.headers.get("Authorization", "")))
            where = urlsplit(self.path)
            if told.led:
                self._send(302, b"", Location=told.led)
            elif self.headers.get("Authorization") != f"Token {TOKEN}":
                self._send(401, b"{}")
            elif where.path == f"/api/v2/assets/{ASSET}/":
                content = {
                    "survey": SURVEY,
                    "choices": CHOICES,
                    "translations": ["Français (fr)", "English (en)"],
                }
                self._send(200, json.dumps({"uid": ASSET, "content": content}).encode())
            elif where.path == f"/api/v2/assets/{ASSET}/data/":
                self._send(200, told.raw or told.page(where.path, parse_qs(where.query)))
            elif where.path in told.files:
                self._send(200, told.files[where.path])
            else:
                self._send(404, b"{}")

        def _send(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            for name, text in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
