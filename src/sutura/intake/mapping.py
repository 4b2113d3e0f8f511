"""What becomes of the records of a form: declared beside it, done by the services that the pages call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.intake.openrosa.records import Record
from sutura.places.models import Unit

MOST = 9999
Register = dict[str, Unit]
"""Units by their code, those at least that the records name."""


@dataclass(frozen=True)
class Mapping:
    """For one form: who may send it, where and how secret a record is, and what is made of it."""

    form_id: str
    permission: str
    make: Callable[[Record, Any], Model]
    """What the record becomes, by whom; refuses as the services refuse."""
    region: Callable[[Record, Any], str] = lambda record, _by: record.said("region")
    """The region that a record tells of, as far as whoever sends it may know it; none: that of the phone."""
    apart: Callable[[Record, Any], bool] = lambda _record, _by: False
    """Whether it tells of sexual violence, so that its group alone may open it."""
    find: Callable[[str, Any], Model | None] = lambda _reference, _by: None
    """What a record became, by its reference, if the person may see it."""
    replace: Callable[[Any, Record, Any, str], Model] | None = None
    """What takes the place of it when a corrected record holds: (what is there, record, by, why); none: by hand."""
    make_all: Callable[[Sequence[Record], Any, Register], Sequence[Model]] | None = None
    """What several records become, in few statements; refuses them all where `make` would refuse one."""
    places: tuple[str, ...] = ("region",)
    """The fields that name places by their codes, the finest first."""

    def codes(self, record: Record) -> set[str]:
        """The places that a record names."""
        return {record.said(name) for name in self.places} - {""}


def day(record: Record, name: str) -> date | None:
    """A day, or none; Invalid for anything else."""
    text = record.said(name)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise Invalid(_("This is not a day."), field=name) from None


def some_day(record: Record, name: str) -> date:
    """A day; Invalid for anything else, and for none."""
    found = day(record, name)
    if found is None:
        raise Invalid(_("This is not a day."), field=name)
    return found


def number(record: Record, name: str) -> int | None:
    """A whole number, or none; Invalid for anything else."""
    text = record.said(name)
    if text and not (text.isascii() and text.isdecimal() and int(text[:9]) <= MOST):
        raise Invalid(_("This is not a number."), field=name)
    return int(text) if text else None


def count(record: Record, name: str) -> int:
    """How many, none when nothing stands there; Invalid for anything else."""
    return number(record, name) or 0


def ticked(record: Record, name: str) -> bool:
    """Whether the answer was yes."""
    return record.said(name) == "yes"


def code(record: Record, name: str, known: type[TextChoices], *, otherwise: str = "") -> str:
    """One code of a list, else what holds when nothing was said; Invalid for a code that is not on it."""
    said = record.said(name)
    if said and said not in known.values:
        raise Invalid(_("This answer is not on the list."), field=name)
    return said or otherwise


def needed(record: Record, name: str, known: type[TextChoices]) -> str:
    """One code of a list; Invalid for none."""
    said = code(record, name, known)
    if not said:
        raise Invalid(_("This answer is missing."), field=name)
    return said


def codes(record: Record, name: str, known: type[TextChoices]) -> list[str]:
    """Several codes of a list; Invalid for one that is not on it."""
    said = record.ticked(name)
    if set(said) - set(known.values):
        raise Invalid(_("This answer is not on the list."), field=name)
    return said


def one(record: Record, name: str, rows: QuerySet[Any]) -> Any:
    """The one of these rows whose reference was typed, in whatever letters; Invalid where there is none.

    The sentence tells nobody whether the reference exists elsewhere.
    """
    found = rows.filter(ref=record.said(name).upper()).first()
    if found is None:
        raise Invalid(_("Nothing that you may read has this reference. Check it."), field=name)
    return found


def place(record: Record) -> Unit | None:
    """The finest place given: each is a code of the register, which old versions of the form may hold too."""
    for name in ("commune", "cercle", "region"):
        told = record.said(name)
        if told:
            found = Unit.objects.filter(code=told).first()
            if found is None:
                raise Invalid(_("This place is not in the register."), field=name)
            return found
    return None
