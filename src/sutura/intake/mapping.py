"""What becomes of the records of a form: declared beside it, done by the services that the pages call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.intake.openrosa.records import Record

MOST = 9999


@dataclass(frozen=True)
class Mapping:
    """For one form: who may send it, where and how secret a record is, and what is made of it."""

    form_id: str
    permission: str
    make: Callable[[Record, Any], Model]
    """What the record becomes, by whom; refuses as the services refuse."""
    region: Callable[[Record], str] = lambda record: record.said("region")
    apart: Callable[[Record], bool] = lambda record: False
    """Whether it tells of sexual violence, so that its group alone may open it."""


def day(record: Record, name: str) -> date | None:
    """A day, or none; Invalid for anything else."""
    text = record.said(name)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise Invalid(_("This is not a day."), field=name) from None


def count(record: Record, name: str) -> int:
    """How many, none when nothing stands there; Invalid for anything else."""
    text = record.said(name) or "0"
    if not (text.isascii() and text.isdecimal() and int(text[:9]) <= MOST):
        raise Invalid(_("This is not a number."), field=name)
    return int(text)


def code(record: Record, name: str, known: type[TextChoices], *, otherwise: str = "") -> str:
    """One code of a list, else what holds when nothing was said; Invalid for a code that is not on it."""
    said = record.said(name)
    if said and said not in known.values:
        raise Invalid(_("This answer is not on the list."), field=name)
    return said or otherwise


def codes(record: Record, name: str, known: type[TextChoices]) -> list[str]:
    """Several codes of a list; Invalid for one that is not on it."""
    said = record.ticked(name)
    if set(said) - set(known.values):
        raise Invalid(_("This answer is not on the list."), field=name)
    return said
