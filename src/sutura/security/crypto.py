"""The primitives behind every sealed value; no other module knows a cipher.

AES-256-GCM for values, X25519 with HKDF-SHA256 for boxes that only a key holder opens, Argon2id for passwords, Shamir's
sharing for escrow. Every blob begins with the version of its format and is bound to a context: what was changed, cut or
moved to another place is refused.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
KEY, NONCE, TAG, SALT = 32, 12, 16, 16
CHUNK = 64 * 1024
COST = struct.Struct(">IBB")


class Refused(Exception):
    """A blob that was changed, cut short, moved elsewhere, or made for another key."""


@dataclass(frozen=True)
class Cost:
    """What one guess of a password costs: memory in KiB, passes, lanes."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 1


def new_key() -> bytes:
    """A random key of 256 bits."""
    return secrets.token_bytes(KEY)


def context(*parts: str | bytes) -> bytes:
    """Where a blob belongs, without two ways to read it: each part with its length before it."""
    told = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join([len(part).to_bytes(4, "big") + part for part in told])


def opened(blob: bytes, shortest: int) -> bytes:
    """A blob without its version, if it is one of ours and long enough."""
    if blob[:1] != VERSION or len(blob) < shortest + 1:
        raise Refused
    return blob[1:]


def encrypt(key: bytes, plain: bytes, where: bytes) -> bytes:
    """Version, nonce, ciphertext with its tag; bound to where it belongs."""
    nonce = secrets.token_bytes(NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, VERSION + where)


def decrypt(key: bytes, blob: bytes, where: bytes) -> bytes:
    """What `encrypt` was given; Refused when one bit of blob, key or place differs."""
    body = opened(blob, NONCE + TAG)
    try:
        return AESGCM(key).decrypt(body[:NONCE], body[NONCE:], VERSION + where)
    except InvalidTag:
        raise Refused from None


def new_pair() -> tuple[bytes, bytes]:
    """A private key and its public half (X25519)."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public half of a private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


class Sealer:
    """Seals to one public key, without any right to open: one exchange, and a key of its own for each context."""

    def __init__(self, public: bytes) -> None:
        passing = X25519PrivateKey.generate()
        self.public, self.passing = public, passing.public_key().public_bytes_raw()
        self.shared = _exchanged(passing, public)

    def seal(self, plain: bytes, where: bytes) -> bytes:
        """Version, passing public key, salt, ciphertext with its tag."""
        salt = secrets.token_bytes(SALT)
        key = _derived(self.shared, salt, self.passing + self.public, where)
        # Each key is used once, so that its nonce may be fixed.
        return VERSION + self.passing + salt + AESGCM(key).encrypt(bytes(NONCE), plain, VERSION + where)


def seal(public: bytes, plain: bytes, where: bytes) -> bytes:
    """One box for the holder of the private half."""
    return Sealer(public).seal(plain, where)


class Opener:
    """Opens what was sealed to the public half of one private key; boxes of one sealer cost one exchange together."""

    def __init__(self, private: bytes) -> None:
        self.holder = X25519PrivateKey.from_private_bytes(private)
        self.public = self.holder.public_key().public_bytes_raw()
        self.shared: dict[bytes, bytes] = {}

    def unseal(self, blob: bytes, where: bytes) -> bytes:
        """What was sealed; Refused when one bit of blob, key or place differs."""
        body = opened(blob, KEY + SALT + TAG)
        passing, salt, sealed = body[:KEY], body[KEY : KEY + SALT], body[KEY + SALT :]
        if passing not in self.shared:
            self.shared[passing] = _exchanged(self.holder, passing)
        key = _derived(self.shared[passing], salt, passing + self.public, where)
        try:
            return AESGCM(key).decrypt(bytes(NONCE), sealed, VERSION + where)
        except InvalidTag:
            raise Refused from None


def unseal(private: bytes, blob: bytes, where: bytes) -> bytes:
    """One box, opened by the holder of the private half."""
    return Opener(private).unseal(blob, where)


def derived(secret: bytes, where: bytes) -> bytes:
    """A key of its own for one use of a private key: who holds the one has the other."""
    return _derived(secret, b"", b"own", where)


def _exchanged(private: X25519PrivateKey, public: bytes) -> bytes:
    try:
        return private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:  # a point of low order, which no honest sealer sends
        raise Refused from None


def _derived(secret: bytes, salt: bytes, keys: bytes, where: bytes) -> bytes:
    return HKDF(SHA256(), KEY, salt, context(b"sutura box 1", keys, where)).derive(secret)


def lock(password: str, plain: bytes, where: bytes, cost: Cost) -> bytes:
    """Version, cost, salt and what only this password opens."""
    head = COST.pack(cost.memory, cost.passes, cost.lanes) + secrets.token_bytes(SALT)
    return VERSION + head + encrypt(_stretched(password, head), plain, head + where)


def unlock(password: str, blob: bytes, where: bytes) -> bytes:
    """What `lock` was given; Refused for another password."""
    size = COST.size + SALT
    body = opened(blob, size + NONCE + TAG + 1)
    head = body[:size]
    memory, passes, lanes = COST.unpack(head[: COST.size])
    # A cost written by somebody else must not be able to take the memory of the machine.
    if not (8 <= memory <= 1024 * 1024 and 1 <= passes <= 16 and 1 <= lanes <= 16 and memory >= 8 * lanes):
        raise Refused
    return decrypt(_stretched(password, head), body[size:], head + where)


def _stretched(password: str, head: bytes) -> bytes:
    memory, passes, lanes = COST.unpack(head[: COST.size])
    return hash_secret_raw(password.encode(), head[COST.size :], passes, memory, lanes, KEY, Type.ID)


def encrypt_file(key: bytes, chunks: Iterable[bytes], where: bytes) -> Iterator[bytes]:
    """A file in sealed pieces of 64 KiB: none can be dropped, doubled, moved or cut off unseen."""
    salt = secrets.token_bytes(SALT)
    cipher = AESGCM(_derived(key, salt, b"file", where))
    yield VERSION + salt
    number, held = 0, b""
    for piece in _pieces(chunks):
        if number:
            yield cipher.encrypt(_place(number - 1, last=False), held, VERSION + where)
        held, number = piece, number + 1
    yield cipher.encrypt(_place(max(number - 1, 0), last=True), held, VERSION + where)


def decrypt_file(key: bytes, chunks: Iterable[bytes], where: bytes) -> Iterator[bytes]:
    """The pieces of a file as they were; Refused at the first that is not in its place, or when the last is missing."""
    read = _sized(chunks, 1 + SALT, CHUNK + TAG)
    salt = opened(next(read, b""), SALT)
    cipher = AESGCM(_derived(key, salt, b"file", where))
    number, held = 0, next(read, b"")
    try:
        for piece in read:
            yield cipher.decrypt(_place(number, last=False), held, VERSION + where)
            held, number = piece, number + 1
        yield cipher.decrypt(_place(number, last=True), held, VERSION + where)
    except InvalidTag:
        raise Refused from None


def _place(number: int, *, last: bool) -> bytes:
    return number.to_bytes(NONCE - 1, "big") + (b"\x01" if last else b"\x00")


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    return _sized(chunks, CHUNK, CHUNK)


def _sized(chunks: Iterable[bytes], first: int, size: int) -> Iterator[bytes]:
    """The same bytes in pieces: one of `first`, then of `size`, the last one shorter and never empty."""
    held, wanted = b"", first
    for chunk in chunks:
        held += chunk
        while len(held) >= wanted:
            piece, held = held[:wanted], held[wanted:]
            wanted = size
            yield piece
    if held:
        yield held


def split(secret: bytes, *, shares: int = 5, needed: int = 3) -> dict[int, bytes]:
    """A secret as numbered shares, of which `needed` give it back and fewer say nothing (Shamir over GF(256))."""
    curves = [[byte, *secrets.token_bytes(needed - 1)] for byte in secret]
    return {at: bytes(_height(curve, at) for curve in curves) for at in range(1, shares + 1)}


def join(shares: Mapping[int, bytes]) -> bytes:
    """The secret at the foot of the curve through the shares; too few of them give another one, unnoticed here."""
    weights = {at: _weight(at, shares) for at in shares}
    found = bytearray(len(next(iter(shares.values()))))
    for at, share in shares.items():
        for place, byte in enumerate(share):
            found[place] ^= times(byte, weights[at])
    return bytes(found)


def _height(curve: list[int], at: int) -> int:
    height = 0
    for factor in reversed(curve):
        height = times(height, at) ^ factor
    return height


def _weight(at: int, others: Iterable[int]) -> int:
    """Lagrange's weight of one share at zero; in this field adding and taking away are both `^`."""
    weight = 1
    for other in others:
        if other != at:
            weight = times(weight, times(other, inverse(at ^ other)))
    return weight


def times(left: int, right: int) -> int:
    """The product in GF(256) with the polynomial of AES; the same steps whatever the values."""
    product = 0
    for _bit in range(8):
        product ^= left & -(right & 1)
        left = (left << 1) ^ (0x11B & -(left >> 7))
        right >>= 1
    return product


def inverse(value: int) -> int:
    """What times the value gives one: its 254th power."""
    found, square = 1, value
    for _step in range(7):
        square = times(square, square)
        found = times(found, square)
    return found
