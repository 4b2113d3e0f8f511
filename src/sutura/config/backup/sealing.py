"""Files sealed to people who are elsewhere: the `age` format, opened only by a key that never comes to the server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage.x25519 import Identity, Recipient

SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how every secret key begins


class BadKey(ValueError):
    """What was given is no age key; the message is what was given, or the file where none was found."""


class WrongKey(ValueError):
    """None of the keys opens this file."""


class Damaged(ValueError):
    """The file is cut, changed, or was never sealed."""


def new_key() -> tuple[str, str]:
    """A fresh key: the public half to seal to, the secret half to keep away from the server."""
    identity = Identity.generate()
    return str(identity.to_public()), str(identity)


def recipients(texts: Iterable[str]) -> list[Recipient]:
    """The public keys typed (`age1…`), each once."""
    found = {}
    for text in texts:
        try:
            found[text] = Recipient.from_str(text)
        except pyrage.RecipientError as error:
            raise BadKey(text) from error
    return list(found.values())


def identities(path: Path) -> list[Identity]:
    """The secret keys of a file as `age-keygen` writes it: one a line, remarks after #."""
    try:
        lines = path.read_text(encoding="ascii").split()
        found = [Identity.from_str(line) for line in lines if line.startswith(SECRET)]
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise BadKey(str(path)) from error
    if not found:
        raise BadKey(str(path))
    return found


def seal(source: BinaryIO, sealed: BinaryIO, to: Sequence[Recipient]) -> None:
    """Seal a stream, 64 KiB at a time; an `OSError` of either side stays one."""
    try:
        pyrage.encrypt_io(source, sealed, to)
    except pyrage.EncryptError as error:
        raise OSError(str(error)) from error


def unseal(sealed: BinaryIO, plain: BinaryIO, keys: Sequence[Identity]) -> None:
    """Open a stream; what was written before a refusal is not to be believed, for the end of a file is in its seal."""
    try:
        pyrage.decrypt_io(sealed, plain, keys)
    except pyrage.DecryptError as error:
        wrong = "No matching keys" in str(error)
        raise (WrongKey if wrong else Damaged)(str(error)) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise Damaged(str(error)) from error
