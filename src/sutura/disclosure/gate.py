"""The gate: a table beside all that is published already made safe or refused; the attack has the last word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sutura.access.errors import Invalid
from sutura.disclosure import gathering
from sutura.disclosure.choices import Shape, types_of
from sutura.disclosure.gathering import Universe
from sutura.disclosure.models import Release
from sutura.disclosure.rules.copies import TOTAL, Copy, Fact, Key, table
from sutura.disclosure.rules.equations import Frame
from sutura.reporting.models import Edition
from sutura.reporting.render import words
from sutura.reporting.rules.figures import instant
from sutura.reporting.rules.periods import Period

if TYPE_CHECKING:
    from sutura.disclosure.rules.attack import Narrowed
    from sutura.disclosure.rules.releasing import Safe

NAMED = 3
"""How many numbers a refusal names."""

# The rules of attack and suppression are imported where they are used: their solver takes half a second to load.


@dataclass(frozen=True)
class Wanted:
    """The table that somebody wants to publish."""

    when: Period
    block: str
    shape: str
    as_at: datetime
    edition: Edition | None = None
    reason: str = ""

    @property
    def universe(self) -> Universe:
        """What it counts."""
        return self.when, self.block


class Gate:
    """What is published already beside one universe, and the facts as they stood at every moment of it.

    Moments between which nothing of this changed are one: a reader may know that.
    """

    def __init__(self, universe: Universe, as_at: datetime, *, but: Release | None = None) -> None:
        self.universe, self.as_at = universe, as_at
        self.earlier = [one for one in beside(universe) if one != but]
        universes = {universe, *((one.when, one.block) for one in self.earlier)}
        self.facts: dict[str, list[Fact]] = {}
        self.same: dict[str, str] = {}
        known: dict[Any, str] = {}
        for moment in sorted({as_at, *(one.as_at for one in self.earlier)}):
            facts = gathering.facts_at(moment, universes)
            told = frozenset((one.universes, one.type, *one.labels.values(), one.count) for one in facts)
            self.same[instant(moment)] = known.setdefault(told, instant(moment))
            self.facts.setdefault(self.same[instant(moment)], facts)
        everything = [fact for many in self.facts.values() for fact in many]
        self.places = gathering.places_of(everything)
        self.times = gathering.times_of(everything, universes)

    def copy_of(self, release: Release) -> Copy:
        """A public copy, at the first of the moments that are the same as its own."""
        return replace(release.copy, moment=self.same[release.copy.moment])

    def made_safe(self, shape: str) -> Safe:
        """A table of the universe with all hidden that must be; refuses when no way is found."""
        from sutura.disclosure.rules.releasing import Unsafe, release

        moment = self.same[instant(self.as_at)]
        facts = self.facts[moment]
        new = table(
            facts,
            universe=gathering.name_of(self.universe),
            moment=moment,
            types=types_of(shape),
            rows=gathering.rows_of(shape, self.universe, facts, self.places),
            listed=shape == Shape.PARTY,
        )
        earlier = [self.copy_of(one) for one in self.earlier]
        try:
            return release(new, earlier=earlier, places=self.places, times=self.times, facts=self.facts)
        except Unsafe as error:
            raise Invalid(refusal(error.narrowed)) from error

    def lets_through(self, release: Release) -> bool:
        """Whether the attack finds nothing in a table beside all that is published."""
        from sutura.disclosure.rules.attack import Infeasible, attack

        copies = [self.copy_of(one) for one in [*self.earlier, release]]
        try:
            return not attack(Frame(copies, self.places, self.times)).narrowed
        except Infeasible:
            return False


@dataclass(frozen=True)
class Withstood:
    """A release, and the published tables beside which it withstood the attack."""

    release: int
    others: frozenset[int]

    @classmethod
    def now(cls, release: Release) -> Withstood:
        """What it would have to withstand at this moment."""
        others = {one.pk for one in beside((release.when, release.block)) if one != release}
        return cls(release.pk, frozenset(others))

    @classmethod
    def attacked(cls, release: Release) -> Withstood:
        """Attack a release beside all that is published; refuses one that shows a small number."""
        now = cls.now(release)
        if Gate((release.when, release.block), release.as_at, but=release).lets_through(release):
            return now
        raise Invalid(
            _(
                "Another table was published meanwhile, and together they show a small number. Prepare it again."
            )
        )


def refusal(narrowed: Sequence[Narrowed]) -> str:
    """Why a table is refused, with the first numbers that would show."""
    said = _(
        "No way was found to hide the small numbers of this table beside what is published already. "
        "Nothing is prepared."
    )
    cells = dict.fromkeys(one.target.key for one in narrowed if one.target.key is not None)
    if not cells:
        return said
    shown = "; ".join(_cell(key) for key in list(cells)[:NAMED])
    return said + " " + _("What would show: %(cells)s.") % {"cells": shown}


def _cell(key: Key) -> str:
    row, kind = key
    label = _("Total") if row == TOTAL else gathering.label_of(row, words.language())
    return f"{label}, {words.types()[kind] if kind else _('Total')}"


def beside(universe: Universe) -> list[Release]:
    """Published tables that may count the same facts: their periods meet, directly or through one another."""
    found: list[Release] = []
    first, last = universe[0].start, universe[0].end
    while True:
        met = Release.objects.published().filter(first_day__lte=last, last_day__gte=first)
        known = list(met.order_by("as_at", "id"))
        if len(known) == len(found):
            return known
        found = known
        first = min([first, *(one.first_day for one in found)])
        last = max([last, *(one.last_day for one in found)])
