"""Browsers which an account has signed in with: a new one is told, and tries elsewhere lock no known one out.

The cookie tells nobody which accounts they are, and the server keeps no list.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SALT = "sutura.people.devices"
KEPT = timedelta(days=365)
MOST = 12  # accounts on one browser: an office shares its computer


def cookie() -> str:
    """The name of the cookie; behind TLS it is bound to the host."""
    return f"{settings.COOKIE_PREFIX}sutura_device"


def code_of(username: str) -> str:
    """An account name as the cookie, the counters and the log write it: nobody can read it back without the key."""
    return salted_hmac(SALT, username.casefold(), algorithm="sha256").hexdigest()[:16]


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(cookie(), ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def known(request: HttpRequest, username: str) -> str:
    """The mark of this browser for the account, empty when it never signed in with it."""
    return _known(request).get(code_of(username), "")


def line_of(mark: str) -> int:
    """The line of the log which told of the browser when it was new."""
    return int(mark.partition(" ")[0] or 0)


def mark_for(line: int) -> str:
    """A mark for a browser that was just told of."""
    return f"{line} {secrets.token_urlsafe(12)}"


def remember(request: HttpRequest, answer: HttpResponse, username: str, mark: str) -> None:
    """Let this browser know the account from now on."""
    code, found = code_of(username), _known(request)
    found.pop(code, "")
    found[code] = mark
    kept = dict(list(found.items())[-MOST:])
    answer.set_cookie(
        cookie(),
        signing.dumps(kept, salt=SALT),
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
