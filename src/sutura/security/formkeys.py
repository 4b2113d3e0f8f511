"""Keys of encrypted forms: what a phone closed with the public half opens for the holder of the private half.

The scheme is that of ODK, not one of ours: AES-256 in CFB mode with padding for each file, the key of the record
wrapped by RSA-OAEP. Neither says that a file was changed; the mark of the record, which is wrapped too, does.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import load_pem_private_key

KEY, BLOCK = 32, 128
LONGEST_KEY = 8192
"""Bits; a longer one would keep the machine busy and come from no form."""


class NoKey(Exception):
    """This is no private RSA key in PEM, or not its passphrase."""


class Refused(Exception):
    """What was wrapped or encrypted does not open with this key, or was changed."""


class FormKey:
    """The private half of the key of a form, for as long as somebody holds it here; written nowhere."""

    def __init__(self, pem: bytes, passphrase: str = "") -> None:
        self._private = _loaded(pem, passphrase)

    def __repr__(self) -> str:
        return "<FormKey>"

    def unwrap(self, wrapped: bytes) -> bytes:
        """What was wrapped for the public half. Raises Refused."""
        # Collect masks with SHA-256; some of the browsers' clients still mask with SHA-1.
        for mask in (SHA256(), SHA1()):  # noqa: S303 - a mask, on which no secret hangs
            try:
                return self._private.decrypt(wrapped, OAEP(MGF1(mask), SHA256(), None))
            except ValueError:
                continue
        raise Refused


def opened(key: bytes, instance_id: str, files: Sequence[bytes]) -> list[bytes]:
    """The files of a record, in the order in which the phone encrypted them: the record itself is the last.

    Each starts where the one before left off: one byte more of the first vector is counted up for each file.
    """
    if len(key) != KEY:
        raise Refused
    vector = bytearray(md5(instance_id.encode() + key, usedforsecurity=False).digest())
    found = []
    for number, content in enumerate(files):
        at = number % len(vector)
        vector[at] = (vector[at] + 1) % 256
        found.append(_opened(key, bytes(vector), content))
    return found


def _opened(key: bytes, vector: bytes, content: bytes) -> bytes:
    reader, padding = Cipher(AES256(key), CFB(vector)).decryptor(), PKCS7(BLOCK).unpadder()
    try:
        padded = reader.update(content) + reader.finalize()
        return padding.update(padded) + padding.finalize()
    except ValueError:
        raise Refused from None


def _loaded(pem: bytes, passphrase: str) -> RSAPrivateKey:
    word = passphrase.encode() or None
    try:
        try:
            private = load_pem_private_key(pem, word)
        except TypeError:  # a passphrase was given for a key that has none
            private = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise NoKey from None
    if not isinstance(private, RSAPrivateKey) or private.key_size > LONGEST_KEY:
        raise NoKey
    return private
