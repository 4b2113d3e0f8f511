"""What a measure is asked, and what it answers: always with the rows that it counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise

from sutura.coordination.models import Body
from sutura.indicators.rules import Answer


class Ask(NamedTuple):
    """A stretch of days, a region (none: the whole country), the body of the definition, and today."""

    first: date
    last: date
    today: date
    region: str = ""
    body: Body | None = None


@dataclass(frozen=True)
class Counted:
    """The rows behind a figure: of which kind, which count, of which whole (None: a plain count), which are unknown."""

    kind: str
    part: tuple[int, ...] = ()
    whole: tuple[int, ...] | None = None
    unknown: tuple[int, ...] = ()
    rule: str = ""

    @property
    def answer(self) -> Answer:
        """As a value with its whole."""
        whole = None if self.whole is None else Decimal(len(self.whole))
        return Answer(Decimal(len(self.part)), whole)


@dataclass(frozen=True)
class Measure:
    """How a register answers: its name, how, and whether past periods can be counted again from dated records."""

    label: Promise
    count: Callable[[Ask], Counted]
    dated: bool = True
