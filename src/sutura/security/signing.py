"""Ed25519: one key says what was, and everybody who has its public half can tell that nobody else said it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def make(path: Path) -> str:
    """Make a key which only the owner of the file reads, unless there is one; answers its public half in hex."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
    return public(path)


def public(path: Path) -> str:
    """The public half of a kept key, in hex."""
    return _read(path).public_key().public_bytes_raw().hex()


def sign(path: Path, message: bytes) -> str:
    """The signature of a message by a kept key, in hex."""
    return _read(path).sign(message).hex()


def genuine(key: str, message: bytes, signature: str) -> bool:
    """Whether the holder of the key signed this very message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read(path: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text()))
