"""Columns that hold only what is sealed: a loaded value prints `•••`, and only `vault.revealing.reveal` opens it.

Assigning a text seals it when the record is saved, with the public key of its region: forms, imports and commands write
without any right to read. Nothing stays nothing, so that "is there one?" is answered without opening.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any, NoReturn
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models

from sutura.security import crypto

MASK = "•••"
ID = 16
"""Bytes of the number of the record key, which stand before the ciphertext."""


class Sealed:
    """A value as stored: the number of its key, then the ciphertext. It never equals its text and never tells it."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def of(cls, key: UUID, blob: bytes) -> Sealed:
        """From the key's number and the ciphertext."""
        return cls(urlsafe_b64encode(crypto.VERSION + key.bytes + blob).decode())

    @property
    def parts(self) -> tuple[UUID, bytes]:
        """The key's number and the ciphertext; Refused where the column holds something else."""
        try:
            raw = urlsafe_b64decode(self.text)
        except (Error, ValueError):
            raise crypto.Refused from None
        if raw[:1] != crypto.VERSION or len(raw) <= ID + 1 or urlsafe_b64encode(raw).decode() != self.text:
            raise crypto.Refused
        return UUID(bytes=raw[1 : ID + 1]), raw[ID + 1 :]

    def __str__(self) -> str:
        return MASK

    def __repr__(self) -> str:
        return f"<{MASK}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __copy__(self) -> Sealed:
        return self

    def __deepcopy__(self, _memo: object) -> Sealed:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a sealed value is not kept outside its column")


@dataclass(frozen=True)
class Sealing:
    """Who may open the sealed fields of a model; `whole`: how a record reaches the file it belongs to, "" itself.

    `region`, `owner` and `stays` (whether nothing in it may be shredded) are attributes of that file.
    """

    permission: str
    whole: str = ""
    region: str = "region"
    owner: str = ""
    stays: str = ""

    def file_of(self, record: models.Model) -> models.Model:
        """The file to which the record belongs."""
        found: models.Model = attrgetter(self.whole)(record) if self.whole else record
        return found

    def region_of(self, record: models.Model) -> str:
        """The region whose key seals the record."""
        return str(getattr(self.file_of(record), self.region))

    def right_of(self, record: models.Model) -> str:
        """The permission that opens the record."""
        return self.permission

    def owner_of(self, record: models.Model) -> int | None:
        """The number of the account whose file it is."""
        found: int | None = getattr(self.file_of(record), self.owner) if self.owner else None
        return found

    def must_stay(self, file: models.Model) -> bool:
        """Whether a file is on hold."""
        return bool(self.stays and getattr(file, self.stays))


class SealedTextField(models.TextField):
    """A text that lies sealed in its column."""

    empty: Any = ""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Seal whatever waits in this record, under one key."""
        seal([model_instance])
        return getattr(model_instance, self.attname)

    def from_db_value(self, value: str | None, *_rest: object) -> Any:
        """Nothing, or something sealed."""
        return Sealed(value) if value else self.empty

    def to_python(self, value: Any) -> Any:
        """What was sealed stays so."""
        return value if isinstance(value, Sealed) else self.read(value)

    def get_prep_value(self, value: Any) -> Any:
        """As stored; a text that has not been sealed is refused, so that none reaches the database."""
        if isinstance(value, Sealed):
            return value.text
        if value is None or value == "":
            return value
        raise TypeError(f"{self.name} is sealed when its record is saved, and is not searched for")

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """A text no longer than the field takes; what is sealed was measured before."""
        if not isinstance(value, Sealed):
            super().validate(value, model_instance)
            if self.max_length is not None and isinstance(value, str):
                MaxLengthValidator(self.max_length)(value)

    def read(self, value: Any) -> Any:
        """A value as Python has it, from what was typed or opened."""
        return super().to_python(value)

    def told(self, value: Any) -> str:
        """A value as the text that is sealed."""
        return str(value)


class SealedFloatField(SealedTextField):
    """A number that lies sealed in its column: an exact place."""

    empty = None

    def read(self, value: Any) -> Any:
        """A number, or none."""
        return models.FloatField.to_python(self, value) if value not in ("", None) else None

    def told(self, value: Any) -> str:
        """Every digit."""
        return repr(float(value))


class SealedDateField(SealedTextField):
    """A day that lies sealed in its column."""

    empty = None

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        """As text: a column of SQLite made for days before it was sealed would be read as a day."""
        return f"CAST({sql} AS text)", params

    def read(self, value: Any) -> Any:
        """A day, or none."""
        return models.DateField().to_python(value) if value not in ("", None) else None

    def told(self, value: Any) -> str:
        """Year, month, day."""
        return str(value.isoformat())


@cache
def sealed_fields(model: type[models.Model]) -> tuple[SealedTextField, ...]:
    """The sealed fields of a model, in its order."""
    return tuple(field for field in model._meta.concrete_fields if isinstance(field, SealedTextField))


def identity(record: models.Model) -> str:
    """What names a record for good: its public id, else the key which it shares with the record it details."""
    model = kept_model(type(record))
    assert model._meta.pk is not None
    return str(getattr(record, "public_id", None) or getattr(record, model._meta.pk.attname))


def by_kind(records: Iterable[models.Model]) -> dict[str, list[str]]:
    """Kind of record → the names of those of that kind."""
    found: dict[str, list[str]] = {}
    for record in records:
        found.setdefault(record._meta.label_lower, []).append(identity(record))
    return found


def place(model: type[models.Model], record: str, field: str, key: UUID) -> bytes:
    """The additional data of one value: table, record, field, key. The same for a version."""
    return crypto.context("field", model._meta.db_table, record, field, key.bytes)


def waiting(record: models.Model) -> list[SealedTextField]:
    """The fields that hold something not sealed yet."""
    held = ((field, getattr(record, field.attname)) for field in sealed_fields(type(record)))
    return [field for field, value in held if not isinstance(value, Sealed) and value not in (None, "", [])]


def seal(records: Iterable[models.Model]) -> None:
    """Seal what waits in these records, each under a fresh key that is sealed to its region; inside a transaction."""
    found = [(record, fields) for record in records if (fields := waiting(record))]
    if not found:
        return
    keys = keeper().new_keys([record for record, _fields in found])
    for (record, fields), (number, key) in zip(found, keys, strict=True):
        name = identity(record)
        for field in fields:
            plain = field.told(getattr(record, field.attname)).encode()
            where = place(kept_model(type(record)), name, field.name, number)
            setattr(record, field.attname, Sealed.of(number, crypto.encrypt(key, plain, where)))


def text_of(record: models.Model, field: SealedTextField, key: bytes) -> Any:
    """The value of a sealed field, opened with the key of the record."""
    held: Sealed = getattr(record, field.attname)
    number, blob = held.parts
    where = place(kept_model(type(record)), identity(record), field.name, number)
    return field.read(crypto.decrypt(key, blob, where).decode())


def held(records: Iterable[models.Model]) -> list[tuple[models.Model, list[SealedTextField]]]:
    """The records that hold something sealed, with the fields that do."""
    found = []
    for record in records:
        fields = [
            field
            for field in sealed_fields(type(record))
            if isinstance(getattr(record, field.attname), Sealed)
        ]
        if fields:
            found.append((record, fields))
    return found


def kept_model(model: type[models.Model]) -> type[models.Model]:
    """The model itself, also for one of its versions."""
    return getattr(model, "instance_type", model)


def keeper() -> Any:
    """The module which keeps keys; it stands above this one, so its name is a setting."""
    return import_module(settings.SEALED_KEEPER)
