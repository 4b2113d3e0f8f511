"""Files encrypted to a person's own public key (the age format): only whoever holds the secret half opens them."""

from __future__ import annotations

import pyrage

SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how such a key begins


class NotAKey(ValueError):
    """Not a public key of age; `secret` when somebody gave the half that nobody may be given."""

    def __init__(self, *, secret: bool = False) -> None:
        super().__init__("not an age public key")
        self.secret = secret


def checked(text: str) -> str:
    """A public key as it is written (`age1…`, with a checksum inside); raises NotAKey."""
    key = "".join(text.split())
    if SECRET in key.upper():
        raise NotAKey(secret=True)
    try:
        return str(pyrage.x25519.Recipient.from_str(key.lower()))
    except (pyrage.RecipientError, ValueError) as reason:
        raise NotAKey from reason


def encrypted(content: bytes, *, to: str) -> bytes:
    """The bytes, readable by the holder of one key alone: not by us, nor by whoever carries them."""
    return pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(to)])
