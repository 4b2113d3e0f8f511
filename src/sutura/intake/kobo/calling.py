"""Ask one server, and no other: whatever it answers, the token goes nowhere else and no door of ours opens within."""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import DomainError, Invalid

SECONDS, WHOLE = 30, 300
"""Of waiting for one piece, and for a whole answer."""
PIECE = 64 * 1024
PAGE = 40_000_000
LEDS = 3
ADDRESS = _("Write the address of the server: https://, its name, and nothing behind it.")
INSIDE = _("This server is within a private network. Whoever keeps Sutura has to allow it first.")
ELSEWHERE = _("The server sends on to another one; the token does not go there.")
SILENT = _("The server does not answer as it should. Try again later.")
TOO_LONG = _("The server answers more than a record takes.")
FORBIDDEN = _("The server refuses the token. Give a new one.")
UNKNOWN = _("The server does not know this form, or no longer.")


class Unreachable(DomainError):
    """The server did not give what was asked; one sentence says why."""


def origin(address: str) -> str:
    """The server of an address, as it is kept: `https://name[:port]`. Raises Invalid."""
    try:
        told = urlsplit(address.strip())
        named, port = told.hostname, told.port
    except ValueError:
        named, port = None, None
    plain = told.scheme == "http" and settings.SUTURA_KOBO_PRIVATE if named else False
    if (
        not named
        or not (told.scheme == "https" or plain)
        or told.username
        or told.path.strip("/")
        or told.query
    ):
        raise Invalid(ADDRESS, field="server")
    host = f"[{named}]" if ":" in named else named
    return f"{told.scheme}://{host}" + (f":{port}" if port else "")


class Caller:
    """One server and the token for it."""

    def __init__(self, server: str, token: str) -> None:
        self.server, self._token = origin(server), token

    def told(self, path: str) -> bytes:
        """What stands at an address of this server, whole. Raises Unreachable."""
        return self.fetched(urljoin(f"{self.server}/", path), PAGE)

    def fetched(self, address: str, most: int) -> bytes:
        """The same for an address that the server itself named: only if it is its own."""
        for _turn in range(LEDS + 1):
            if _origin(urlsplit(address)) != _origin(urlsplit(self.server)):
                raise Unreachable(ELSEWHERE)
            status, led, body = self._asked(urlsplit(address), most)
            if status in (301, 302, 303, 307, 308) and led:
                address = urljoin(address, led)
                continue
            if status != 200:
                raise Unreachable({401: FORBIDDEN, 403: FORBIDDEN, 404: UNKNOWN}.get(status, SILENT))
            return body
        raise Unreachable(ELSEWHERE)

    def _asked(self, where: SplitResult, most: int) -> tuple[int, str, bytes]:
        path = f"{where.path or '/'}?{where.query}" if where.query else where.path or "/"
        line = _line(where)
        try:
            headers = {"Authorization": f"Token {self._token}", "Accept-Encoding": "identity"}
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            return answer.status, answer.getheader("Location") or "", _read(answer, most)
        except (OSError, HTTPException, ValueError) as fault:
            raise Unreachable(SILENT) from fault
        finally:
            line.close()


def understood(body: bytes) -> dict[str, Any]:
    """An object of JSON. Raises Unreachable."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unreachable(SILENT)
    return found


def _origin(where: SplitResult) -> tuple[str, str, int]:
    try:
        port = where.port
    except ValueError:
        port = None
    return where.scheme, where.hostname or "", port or {"https": 443, "http": 80}.get(where.scheme, 0)


def _line(where: SplitResult) -> HTTPConnection:
    """A line to the address that was looked at: the name is not asked for a second time, when it might say another."""
    scheme, host, port = _origin(where)
    return (_Secured if scheme == "https" else _Plain)(host, port, _addresses(host, port))


class _Plain(HTTPConnection):
    def __init__(self, host: str, port: int, addresses: list[str]) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.addresses = addresses

    def connect(self) -> None:
        """To the address itself."""
        self.sock = _joined(self.addresses, self.port)


class _Secured(HTTPSConnection):
    def __init__(self, host: str, port: int, addresses: list[str]) -> None:
        self.trusted = ssl.create_default_context()
        super().__init__(host, port, timeout=SECONDS, context=self.trusted)
        self.addresses = addresses

    def connect(self) -> None:
        """To the address itself, which has to prove the name."""
        self.sock = self.trusted.wrap_socket(_joined(self.addresses, self.port), server_hostname=self.host)


def _joined(addresses: list[str], port: int) -> socket.socket:
    """A line to the first address that answers."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), SECONDS)
    return socket.create_connection((addresses[-1], port), SECONDS)


def _addresses(host: str, port: int) -> list[str]:
    """Where a name leads, if every place it leads to is outside. Raises Unreachable."""
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as fault:
        raise Unreachable(SILENT) from fault
    if not found or not (settings.SUTURA_KOBO_PRIVATE or all(_outside(one) for one in found)):
        raise Unreachable(INSIDE)
    return list(dict.fromkeys(found))[:4]


def _outside(address: str) -> bool:
    told = ipaddress.ip_address(address.partition("%")[0])
    told = getattr(told, "ipv4_mapped", None) or told
    return told.is_global and not told.is_multicast


def _read(answer: HTTPResponse, most: int) -> bytes:
    until, found = time.monotonic() + WHOLE, bytearray()
    while piece := answer.read(PIECE):
        found += piece
        if len(found) > most:
            raise Unreachable(TOO_LONG)
        if time.monotonic() > until:
            raise Unreachable(SILENT)
    return bytes(found)
