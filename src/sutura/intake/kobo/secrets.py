"""The token of a server, encrypted under a key of the installation: commands fetch while nobody is signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import DomainError
from sutura.security import crypto

PURPOSE = "sutura.intake kobo"


def locked(kobo: Any, token: str) -> bytes:
    """The token as it is kept: bound to its server, so that moved to another one it opens nothing."""
    return crypto.encrypt(_key(), token.encode(), _place(kobo))


def unlocked(kobo: Any) -> str:
    """The token. Raises DomainError when it was changed, or made under another key of the installation."""
    try:
        return crypto.decrypt(_key(), bytes(kobo.token), _place(kobo)).decode()
    except crypto.Refused:
        raise DomainError(_("The token does not open any more. Make the connection anew.")) from None


def _key() -> bytes:
    return crypto.derived(settings.SECRET_KEY.encode(), crypto.context(PURPOSE))


def _place(kobo: Any) -> bytes:
    return crypto.context(PURPOSE, kobo.public_id.bytes, kobo.server, kobo.asset)
