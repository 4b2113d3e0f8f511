"""A record in words: what is filled, in the order of the model, as a reader sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sutura.incidents.choices import Type
from sutura.incidents.codes import CodesField, display
from sutura.incidents.rules import CROSSFIRE, NO_PARTY
from sutura.security.sealed import Sealed
from sutura.ui import wording

# What a page shows by itself, or never.
KEEPING = {
    "id", "public_id", "incident", "violation", "ref", "import_ref", "voided_reason", "added_at", "added_by",
    "opened_by", "opened_at", "region", "region_2023", "cercle",
}  # fmt: skip


def words(column: Any, value: Any) -> str:
    """One value in words; "" where nothing was recorded."""
    if value in (None, "", [], False) or (value == 0 and column.has_default()):
        return ""
    if isinstance(value, Sealed):
        return str(value)
    if isinstance(column, CodesField):
        return ", ".join(display(column, value))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if value is True:
        return _("yes")
    if isinstance(value, datetime):
        return wording.moment(value)
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, float):
        return str(value)
    return wording.number(value)


def rows(
    record: models.Model, names: Iterable[str] | None = None, *, apart: Collection[str] = ()
) -> list[dict[str, str]]:
    """The filled fields as `{label, value}`; relations are left to the page, which knows their names."""
    wanted = set(names) if names is not None else None
    found = []
    for column in record._meta.concrete_fields:
        if column.is_relation or column.name in KEEPING or column.name in apart:
            continue
        if wanted is None or column.name in wanted:
            value = words(column, getattr(record, column.attname))
            if value:
                found.append({"label": capfirst(str(column.verbose_name)), "value": value})
    return found


def tally(boys: int, girls: int, unknown: int) -> str:
    """`5 children: 3 boys, 1 girl, 1 of unknown sex`, naming only those there are."""
    parts = [
        _("boys %(n)s") % {"n": wording.number(boys)} if boys else "",
        _("girls %(n)s") % {"n": wording.number(girls)} if girls else "",
        _("sex unknown %(n)s") % {"n": wording.number(unknown)} if unknown else "",
    ]
    told = ", ".join(part for part in parts if part)
    total = wording.number(boys + girls + unknown)
    return f"{total} ({told})" if told else total


def attributed(label: str) -> str:
    """The label of a violation's parties in words: `JNIM`, `A + B`, `crossfire: A + B`, `unidentified`."""
    if label == NO_PARTY:
        return _("unidentified")
    kind, _sep, codes = label.rpartition(":")
    told = codes.replace("+", " + ")
    return wording.says(_("crossfire"), told) if kind == CROSSFIRE else told


def type_words() -> dict[str, str]:
    """The ten types in the reader's language, read once for a list."""
    return {code: str(label) for code, label in Type.choices}


def short(ref: str) -> str:
    """The part of a reference which names the record in its file: `INC-2026-00012-V1` → `V1`."""
    return ref.rpartition("-")[2]
