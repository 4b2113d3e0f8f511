"""The word in the address of a phone: made by chance, told once, known again by its fingerprint."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

BYTES = 48
"""Of chance; 64 signs in the address."""


def new_key() -> str:
    """The word of a new phone."""
    return token_urlsafe(BYTES)


def fingerprint(key: str) -> str:
    """By which an address is known again; a secret of chance needs no slow hash."""
    return sha256(key.encode()).hexdigest()
