"""What a phone does, told by a client of the tests: it asks under its address, and sends a record with its files."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from defusedxml.ElementTree import fromstring
from django.test import Client

SAID = "{http://openrosa.org/http/response}message"
BOUNDARY = "----trait-invente-7f3a"
ALERT = {
    "entered_on": "2026-11-20",
    "types": "attack_school recruitment_use",
    "told": "Une école aurait été attaquée. Récit inventé.",
    "moment": "yesterday",
    "region": "ML05",
    "cercle": "ML0504",
    "locality": "Hameau inventé",
    "boys": "2",
    "girls": "1",
    "needs": "needs_safety",
    "party_type": "armed_group",
    "source_category": "staff",
    "access": "amber",
    "consent_known": "no",
}


def record(
    said: dict[str, str] | None = None,
    *,
    form: str = "sutura_alert",
    version: str = "2026112301",
    number: str = "",
    replaces: str = "",
    more: str = "",
    root: str = "data",
) -> bytes:
    """A record as Collect writes it."""
    told = "".join(f"<{name}>{text}</{name}>" for name, text in (ALERT if said is None else said).items())
    old = f"<orx:deprecatedID>{replaces}</orx:deprecatedID>" if replaces else ""
    return (
        f'<?xml version="1.0" ?><{root} id="{form}" version="{version}" xmlns:orx="http://openrosa.org/xforms">'
        f"{told}{more}<orx:meta><orx:instanceID>{number or new_number()}</orx:instanceID>{old}</orx:meta></{root}>"
    ).encode()  # fmt: skip


def new_number() -> str:
    """As a phone numbers a record."""
    return f"uuid:{uuid.uuid4()}"


def multipart(
    xml: bytes, files: dict[str, bytes] | None = None, fields: dict[str, str] | None = None
) -> bytes:
    """The body of a sending, as OkHttp writes it."""
    parts = [_part("xml_submission_file", "alerte_2026.xml", "text/xml", xml)]
    parts += [
        _part(name, name, "application/octet-stream", content) for name, content in (files or {}).items()
    ]
    parts += [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in (fields or {}).items()
    ]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def _part(name: str, file: str, kind: str, content: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: {kind}'
    return head.encode() + b"\r\n\r\n" + content + b"\r\n"


def sentence(answer: Any) -> str:
    """What a phone shows to whoever holds it."""
    said = fromstring(answer.content).find(SAID)
    assert said is not None
    return said.text or ""


@dataclass
class Handset:
    """A phone that knows its address, and nothing else."""

    key: str
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def url(self, path: str) -> str:
        """Under its own address; Collect adds who it is to everything."""
        return f"/or/key/{self.key}/{path}?deviceID=collect%3Aabc123"

    def get(self, path: str) -> Any:
        """Fetch."""
        return self.client.get(self.url(path))

    def follow(self, address: str) -> Any:
        """Fetch from a whole address, as a list names it."""
        assert address.startswith("http://testserver/"), address
        return self.client.get(address.removeprefix("http://testserver"))

    def send(
        self, xml: bytes, files: dict[str, bytes] | None = None, fields: dict[str, str] | None = None
    ) -> Any:
        """Send a record."""
        return self.post(multipart(xml, files, fields))

    def post(self, body: bytes, kind: str = f"multipart/form-data; boundary={BOUNDARY}", **more: Any) -> Any:
        """Send whatever bytes."""
        return self.client.generic("POST", self.url("submission"), body, content_type=kind, **more)
