"""How many children are where, as far as it may be told: in steps that nobody can subtract from one another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from sutura.access.acting import beyond
from sutura.access.rules import may, scope
from sutura.places.choices import Edition, Level
from sutura.places.resolver import Register
from sutura.response.choices import Kind
from sutura.response.models import Docket, Step
from sutura.response.querysets import COUNTS, READ
from sutura.response.rules.clocks import BLUR
from sutura.response.rules.telling import Told, part, whole


@dataclass(frozen=True)
class Followed:
    """Children of open dockets by region and by the cercle where they were met; "": which one is not known."""

    counts: dict[str, Counter[str]]

    @property
    def regions(self) -> dict[str, Told]:
        """What is told of each region, beside all its cercles, also the empty ones."""
        return {
            region: whole(sum(found.values()), [part(found[cercle]) for cercle in ("", *cercles(region))])
            for region, found in self.counts.items()
        }

    @property
    def total(self) -> Told:
        """What is told of all of them together."""
        return whole(sum(sum(found.values()) for found in self.counts.values()), list(self.regions.values()))


def cercles(region: str) -> list[str]:
    """The cercles of a region, by code."""
    units = Register.current().units.values()
    return sorted(unit.code for unit in units if unit.level == Level.CERCLE and unit.region == region)


def of_region(user: Any, field: str = "region") -> Q:
    """The regions where one follows children or counts them."""
    return scope(user, READ, field) | scope(user, COUNTS, field)


@beyond("children by cercle, told in steps of five to whoever coordinates and reads no docket")
def followed(user: Any) -> Followed:
    """Children of open dockets in all the regions of whoever asks."""
    units = Register.current().units
    found: dict[str, Counter[str]] = {
        unit.code: Counter()
        for unit in units.values()
        if unit.level == Level.REGION
        and unit.edition == Edition.COD_2021
        and (may(user, READ, unit.code) or may(user, COUNTS, unit.code))
    }
    dockets = Docket.objects.judged().filter(of_region(user)).open().singly().singly()
    met = Step.objects.among(docket__in=dockets, kind=Kind.ENCOUNTER, episode=1).standing().order_by()
    for region, place, count in met.values_list("docket__region", "place").annotate(n=Count("pk")):
        unit = units.get(place)
        cercle = unit.cercle if unit is not None and unit.region == region else ""
        found.setdefault(region, Counter())[cercle] += count
    unmet = (
        dockets.exclude(pk__in=met.values("docket")).values_list("region").annotate(n=Count("pk")).order_by()
    )
    for region, count in unmet:  # begun from an incident or an alert: nobody separated them
        found.setdefault(region, Counter())[""] += count
    return Followed(found)


def said(low: int) -> str:
    """A step as words; none, or fewer than five, are told alike."""
    return _("at least %(n)s") % {"n": low} if low else _("fewer than %(n)s") % {"n": BLUR}


def said_of_whole(low: int) -> str:
    """The same of a count beside its parts, which is sometimes told lower so that no part can be worked out."""
    return _("at least %(n)s") % {"n": low} if low else _("fewer than %(n)s, or not told") % {"n": BLUR}
