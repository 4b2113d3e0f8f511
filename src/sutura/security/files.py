"""Files that lie sealed in pieces, under a key of their record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.db.models import Model

from sutura.security import crypto
from sutura.security.sealed import ID, identity, keeper, kept_model, place

FIELD = "file"


def sealed(record: Model, file: File) -> ContentFile:
    """A file as it is kept: version, number of its key, sealed pieces. Inside the transaction that keeps the record."""
    ((number, key),) = keeper().new_keys([record])
    pieces = crypto.encrypt_file(key, file.chunks(), _where(record, number))
    return ContentFile(crypto.VERSION + number.bytes + b"".join(pieces), name="sealed")


def sealed_size(size: int) -> int:
    """Bytes that a file of so many bytes takes once it is sealed."""
    pieces = max(1, -(-size // crypto.CHUNK))
    return len(crypto.VERSION) + ID + len(crypto.VERSION) + crypto.SALT + size + pieces * crypto.TAG


def number_of(file: File) -> UUID:
    """The number of the key of a kept file, read from its head; Refused for a file that is not sealed."""
    head = file.read(ID + 1)
    if head[:1] != crypto.VERSION or len(head) <= ID:
        raise crypto.Refused
    return UUID(bytes=head[1:])


def opened(record: Model, number: UUID, key: bytes, file: File) -> Iterator[bytes]:
    """What the file held, after its head was read; Refused at the first piece that is not in its place."""
    return crypto.decrypt_file(key, _rest(file), _where(record, number))


def _rest(file: File) -> Iterable[bytes]:
    while piece := file.read(crypto.CHUNK):
        yield piece


def _where(record: Model, number: UUID) -> bytes:
    return place(kept_model(type(record)), identity(record), FIELD, number)
