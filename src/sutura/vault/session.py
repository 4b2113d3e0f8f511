"""The vault of a session: the server keeps the person's key encrypted, the browser's cookie alone has what opens it."""

from __future__ import annotations

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sutura.access.rules import may
from sutura.security import crypto
from sutura.vault import services
from sutura.vault.opened import Vault
from sutura.vault.rules import RIGHTS, of_session

KEPT, USED, SETTLED = "vault", "vault_used", "vault_settled"
STEP = 20
"""Seconds between two notes of use: a page need not write the session each time."""
AGAIN = 10 * 60
"""Seconds after which an open vault looks again for colleagues who wait and keys that were replaced."""

Answer = Callable[[HttpRequest], HttpResponse]


class VaultMiddleware:
    """Gives the person of the request her open vault, and closes one that was left alone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Open before, and carry the cookie after."""
        look(request)
        answer = self.get_response(request)
        told = getattr(request, "vault_cookie", None)
        if told:
            secure = settings.SESSION_COOKIE_SECURE
            answer.set_cookie(cookie(), told, httponly=True, samesite="Strict", secure=secure)
        elif told == "":
            answer.delete_cookie(cookie(), samesite="Strict")
        return answer


def cookie() -> str:
    """The name of the cookie; behind TLS it is bound to the host."""
    return f"{settings.COOKIE_PREFIX}sutura_vault"


def opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only with an open vault; who has none is sent to open it, and comes back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return to_unlock(request) if closed(request) else view(request, *args, **kwargs)

    return guarded


def closed(request: HttpRequest) -> bool:
    """Whether the vault of the person of this request is closed."""
    return getattr(request.user, "vault", None) is None


def to_unlock(request: HttpRequest, back: str = "") -> HttpResponse:
    """To the page which opens the vault, and back."""
    return redirect(f"{reverse(settings.VAULT_URL)}?{urlencode({'next': back or request.get_full_path()})}")


def look(request: HttpRequest) -> None:
    """Open the vault of this request, if session and cookie belong together and were used of late."""
    held, kept = request.COOKIES.get(cookie(), ""), request.session.get(KEPT, "")
    if not held and not kept:
        return
    account: Any = request.user
    if not account.is_authenticated:
        return  # between the password and the second factor nothing opens, and nothing is lost
    now, used = time.time(), request.session.get(USED, 0)
    try:
        if now - used > settings.SUTURA_VAULT_IDLE:
            raise crypto.Refused
        key, box = urlsafe_b64decode(held), urlsafe_b64decode(kept)
        account.vault = Vault(account.pk, crypto.decrypt(key, box, of_session(account.pk)))
    except (crypto.Refused, ValueError):
        close(request)
        return
    if now - used > STEP:
        request.session[USED] = now
    if now - request.session.get(SETTLED, 0) > AGAIN:
        request.session[SETTLED] = now
        if any(may(account, right) for right in RIGHTS):
            services.settle(by=account)


def open_at_sign_in(request: HttpRequest, account: Any, password: str) -> bool:
    """Open the vault with the password just given; False when it does not open the person's key."""
    private = services.begin(by=account, password=password)
    if private is None:
        return False
    keep(request, account, private)
    return True


def keep(request: HttpRequest, account: Any, private: bytes) -> None:
    """Leave the person's key with the session, and what opens it with her browser."""
    request.session[KEPT], request.vault_cookie = locked(account.pk, private)  # type: ignore[attr-defined]
    request.session[USED], request.session[SETTLED] = time.time(), 0
    account.vault = Vault(account.pk, private)


def locked(account: int, private: bytes) -> tuple[str, str]:
    """The person's key as the session keeps it, and the cookie that opens it."""
    key = crypto.new_key()
    box = crypto.encrypt(key, private, of_session(account))
    return urlsafe_b64encode(box).decode(), urlsafe_b64encode(key).decode()


def close(request: HttpRequest) -> None:
    """Forget the vault of this session."""
    request.session.pop(KEPT, None)
    request.session.pop(USED, None)
    request.vault_cookie = ""  # type: ignore[attr-defined]
    if getattr(request.user, "vault", None) is not None:
        request.user.vault = None  # type: ignore[union-attr]
