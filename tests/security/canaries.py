"""Words planted in every text of a record: each names its field, is hostile in HTML and in a spreadsheet.

A canary reads `=<zqR0001>" zqa='1`: `R` for a restricted (identifying) field, `M` for any other.  Where it is put
into a page unescaped it becomes an element `zqr0001` or an attribute `zqa`; in a spreadsheet, a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from sutura.audit.services import keep
from sutura.incidents.codes import CodesField
from sutura.people.models import Account
from sutura.security.privacy import IDENTIFYING, classes
from sutura.security.sealed import Sealed, SealedDateField, SealedFloatField

SEEN = re.compile(r"zq[RM]\d{4}", re.IGNORECASE)
# Codes which the product makes, and words which belong to a state that the record is not in.
NOT_WORDS = {
    "ref", "import_ref", "region", "region_2023", "cercle", "party_label", "content_type", "sha256", "file",
    "source", "source_event_id", "incident_ref", "cross_border_country", "datasets",
    "asked_for",
}  # fmt: skip
# The words of a list are of leads alone, what people say of the others.
OF_LISTS = {"title", "party_text", "told_by_list"}
ONLY_IF_SAID = {"voided_reason", "protection_done", "state_reason", "told", "asked", *OF_LISTS}


class Canaries:
    """The canaries let out, by the word which is looked for."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.records: dict[str, Any] = {}

    def word(
        self, field: str, *, restricted: bool = False, longest: int | None = None, record: Any = None
    ) -> str:
        """A new canary for a field of a record."""
        number = len(self.fields) + 1
        token = f"zq{'R' if restricted else 'M'}{number:04d}"
        self.fields[token.lower()] = field
        self.records[token.lower()] = record
        return next(
            text
            for text in (f"=<{token}>\" zqa='1", f"<{token}>", token)
            if longest is None or len(text) <= longest
        )

    def seen_in(self, text: str) -> dict[str, str]:
        """The canaries in a text, each with its field."""
        return {token.lower(): self.fields.get(token.lower(), "?") for token in SEEN.findall(text)}

    def restricted_in(self, text: str) -> dict[str, str]:
        """Those of restricted fields."""
        return {token: field for token, field in self.seen_in(text).items() if token.startswith("zqr")}


def text_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """Columns which hold words of people."""
    for column in model._meta.concrete_fields:
        if not isinstance(column, models.CharField | models.TextField) or isinstance(
            column, CodesField | SealedFloatField | SealedDateField
        ):
            continue
        short = (column.max_length or 1000) < 8
        if column.choices or column.name in NOT_WORDS or short or isinstance(column, models.FileField):
            continue
        yield column


def plant(canaries: Canaries, records: Iterable[Any], *, by: Account) -> None:
    """Put a canary into every text of the records, and keep the version, so that their story has them too."""
    for record in records:
        name = record._meta.model_name
        for column in text_fields(type(record)):
            if column.name in ONLY_IF_SAID and not getattr(record, column.name):
                continue
            restricted = classes(type(record))[column.name] == IDENTIFYING
            setattr(
                record,
                column.name,
                canaries.word(
                    f"{name}.{column.name}", restricted=restricted, longest=column.max_length, record=record
                ),
            )
        keep(record, by=by, why=canaries.word(f"{name} why", record=record))
        # A second version: the story then tells what stood before and after.
        for column in text_fields(type(record)):
            value = getattr(record, column.name)
            if isinstance(value, Sealed):
                setattr(
                    record,
                    column.name,
                    canaries.word(f"{name}.{column.name}", restricted=True, record=record),
                )
            elif value and (column.max_length or 1000) > len(value) + 1:
                setattr(record, column.name, f"{value}.")
        keep(record, by=by, why=canaries.word(f"{name} why again", record=record))
