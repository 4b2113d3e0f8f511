"""The programme of release and reintegration on one page: places, children in care and in packages, partners, costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.acting import beyond
from sutura.access.rules import may
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.response.choices import Kind
from sutura.response.choices.programme import CostItem
from sutura.response.models import Beds, Cost, Docket, Offer, Site, Step, Terms
from sutura.response.pages.telling import Followed, followed, of_region, said_of_whole
from sutura.response.querysets import KEEP, READ
from sutura.response.rules.clocks import blurred
from sutura.response.rules.programme import in_force, per_head
from sutura.response.rules.telling import within
from sutura.response.whereabouts import InCentre, InPackage, in_centres, in_packages

FOR_CHILDREN = (CostItem.CARE, CostItem.PACKAGES, CostItem.FOLLOW_UP)
"""What is spent for the children themselves: prevention has no child to divide by."""


@dataclass(frozen=True)
class Seen:
    """Children of the programme as they are counted: by centre, by package, by partner."""

    centres: Mapping[int, set[int]]
    packages: Mapping[int, set[int]]
    partners: Mapping[int, set[int]]
    served: Mapping[int, set[int]]
    """By partner: in its centres or packages within the year."""
    visited: Mapping[int, Mapping[int, set[int]]]
    """By partner and month of follow-up."""


@beyond(
    "children by centre, package and partner, told in steps of five to whoever coordinates and reads no docket"
)
def seen(user: Any, year: int) -> Seen:
    """Which children are where, over all the regions of whoever asks; the pages tell numbers alone."""
    dockets = Docket.objects.judged().filter(of_region(user))
    housed, enrolled = in_centres(dockets), in_packages(dockets)
    run_by: dict[int | None, int] = dict(
        Site.objects.filter(run_by__isnull=False).values_list("pk", "run_by")
    )
    visits: defaultdict[int, defaultdict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    lines = Step.objects.among(docket__in=dockets, kind=Kind.FOLLOW_UP, organisation__isnull=False).standing()
    for partner, month, child in lines.values_list("organisation", "month", "docket"):
        visits[partner][month or 0].add(child)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Seen(
        _sets((each.stay.site, each.docket.pk) for each in housed if each.stay.end is None),
        _sets((each.enrolment.offer_id, each.enrolment.docket_id) for each in enrolled if each.ended is None),
        by_partner(
            [each for each in housed if each.stay.end is None],
            [each for each in enrolled if each.ended is None], run_by,
        ),
        by_partner(
            [each for each in housed if each.stay.touches(first, last)],
            [each for each in enrolled if each.touches(first, last)], run_by,
        ),
        visits,
    )  # fmt: skip


def by_partner(
    housed: list[InCentre], enrolled: list[InPackage], run_by: Mapping[int | None, int]
) -> dict[Any, set[int]]:
    """The children in the centres and packages of each partner, each child once for each."""
    return _sets(
        [
            *((run_by[each.stay.site], each.docket.pk) for each in housed if each.stay.site in run_by),
            *((each.enrolment.offer.organisation_id, each.enrolment.docket_id) for each in enrolled),
        ]
    )


def _sets(pairs: Iterable[tuple[Any, int]]) -> dict[Any, set[int]]:
    found: defaultdict[Any, set[int]] = defaultdict(set)
    for key, child in pairs:
        found[key].add(child)
    return found


class Teller:
    """How many children a reader is told of: exact in the regions whose dockets she reads, else a step."""

    def __init__(self, user: Any, children: Followed, *, travels: bool = False) -> None:
        """`travels`: for a file, whose reader nobody knows."""
        self.exact = {region: not travels and may(user, READ, region) for region in children.counts}
        self.room = {region: told.room for region, told in children.regions.items()}
        self.everywhere, self.total = all(self.exact.values()), children.total.room

    def by_region(self, counts: Mapping[Any, int], where: Mapping[Any, str]) -> dict[Any, int]:
        """Numbers of one kind, each of a region: exact, or steps that leave the whole of the region untold."""
        found: dict[Any, int] = {}
        for region in {*where.values()}:
            keys = sorted(key for key in where if where[key] == region)
            exact = [counts.get(key, 0) for key in keys]
            told = exact if self.exact.get(region) else within(exact, self.room.get(region, 0))
            found |= dict(zip(keys, told, strict=True))
        return found

    def over_all(self, counts: Mapping[Any, int]) -> dict[Any, int]:
        """Numbers of one kind over all regions."""
        keys = sorted(counts)
        exact = [counts[key] for key in keys]
        return dict(zip(keys, exact if self.everywhere else within(exact, self.total), strict=True))

    def words(self, count: int, region: str = "") -> int | str:
        """A number as the page shows it."""
        return count if (self.exact.get(region) if region else self.everywhere) else said_of_whole(count)


def overview(user: Any, query: QueryDict) -> dict[str, Any]:
    """The whole programme of one's regions."""
    today, year = timezone.localdate(), year_of(query)
    found, teller = seen(user, year), Teller(user, followed(user))
    centre_rows, package_rows = centres(user, found, teller, today), packages(user, found, teller, today)
    partner_rows = partners(user, found, teller, year)
    return {
        "year": year,
        "years": [
            {"label": str(each), "url": f"?year={each}#partners", "current": each == year}
            for each in range(today.year, today.year - 3, -1)
        ],
        "centres": centre_rows,
        "packages": package_rows,
        "partners": partner_rows,
        "exact": teller.everywhere,
        "keeper": may(user, KEEP),
        "figures": figures(centre_rows, package_rows, teller),
    }  # fmt: skip


def year_of(query: QueryDict) -> int:
    """The year that the address asks for, else this one."""
    asked, this = str(query.get("year", "")), timezone.localdate().year
    return int(asked) if asked.isdecimal() and 2012 <= int(asked) <= this + 1 else this


def figures(
    centre_rows: list[dict[str, Any]], package_rows: list[dict[str, Any]], teller: Teller
) -> list[dict[str, Any]]:
    """Places, children in care, places free, children in packages; sums of what the tables tell, never more."""
    places = sum(row["places"] for row in centre_rows)
    care = sum(row["told"] for row in centre_rows)
    packed = sum(row["told"] for row in package_rows)
    say = (lambda low: low) if teller.everywhere else said_of_whole
    return [
        {"label": _("Places in centres"), "value": places, "url": "#centres",
         "basis": _("by the version in force today")},
        {"label": _("In care now"), "value": say(care), "url": "#centres",
         "basis": _("children in centres, by their lines")},
        {"label": _("Places free"), "value": places - care if teller.everywhere else None, "url": "#centres",
         "basis": _("places less children in care; below zero: too many children")},
        {"label": _("In packages"), "value": say(packed), "url": "#packages",
         "basis": _("places taken in reintegration packages")},
    ]  # fmt: skip


def centres(user: Any, found: Seen, teller: Teller, today: date) -> list[dict[str, Any]]:
    """Each centre: its places, who is in care there, what is free."""
    names, versions = Unit.objects.region_names(), _grouped(Beds.objects.visible_to(user), "site_id")
    rows = list(Site.objects.centres(user).select_related("run_by", "place"))
    told = teller.by_region(
        {pk: len(children) for pk, children in found.centres.items()}, {each.pk: each.region for each in rows}
    )
    return [
        {
            "site": each,
            "where": f"{each.place} · {names.get(each.region, each.region)}",
            "beds": (beds := in_force(versions[each.pk], today)),
            "places": beds.boys + beds.girls if beds else 0,
            "told": told[each.pk],
            "care": teller.words(told[each.pk], each.region),
            "free": (beds.boys + beds.girls if beds else 0) - told[each.pk]
            if teller.exact.get(each.region)
            else None,
            "url": reverse("response:centre", args=[each.public_id]),
        }
        for each in rows
        if each.is_active or told[each.pk]
    ]


def packages(user: Any, found: Seen, teller: Teller, today: date) -> list[dict[str, Any]]:
    """Each package: its places, the children in it, what is left, what a place costs."""
    names, versions = Unit.objects.region_names(), _grouped(Terms.objects.visible_to(user), "offer_id")
    rows = list(Offer.objects.visible_to(user).select_related("organisation", "place"))
    told = teller.by_region(
        {pk: len(children) for pk, children in found.packages.items()},
        {each.pk: each.region for each in rows},
    )
    return [
        {
            "offer": each,
            "where": f"{each.place} · {names.get(each.region, each.region)}",
            "terms": (terms := in_force(versions[each.pk], today)),
            "told": told[each.pk],
            "children": teller.words(told[each.pk], each.region),
            "left": (terms.places if terms else 0) - told[each.pk] if teller.exact.get(each.region) else None,
        }
        for each in rows
        if each.is_active or told[each.pk]
    ]


def partners(user: Any, found: Seen, teller: Teller, year: int) -> list[dict[str, Any]]:
    """Each partner: its caseload, the children it visited by month of follow-up, what it planned and spent."""
    sums = _sums(user, year)
    known = {*found.partners, *found.served, *found.visited, *sums}
    known |= set(Offer.objects.visible_to(user).values_list("organisation", flat=True))
    told = teller.over_all({pk: len(found.partners.get(pk, ())) for pk in known})
    months = sorted({month for visits in found.visited.values() for month in visits})
    return [
        {
            "partner": each,
            "url": reverse("response:programme_partner", args=[each.public_id]),
            "told": told[each.pk],
            "children": teller.words(told[each.pk]),
            "visited": [(month, len(found.visited.get(each.pk, {}).get(month, ()))) for month in months]
            if teller.everywhere
            else [],
            "planned": sums.get(each.pk, {}).get("planned"),
            "spent": sums.get(each.pk, {}).get("spent"),
            "each": cost_each(sums.get(each.pk, {}).get("own"), len(found.served.get(each.pk, ())), teller),
        }
        for each in Organisation.objects.filter(pk__in=known)
    ]


def cost_each(spent: int | None, children: int, teller: Teller) -> int | str | None:
    """The cost per child; divided by a step where the number of children is not told, so at the most."""
    if teller.everywhere:
        return per_head(spent, children)
    most = per_head(spent, blurred(children))
    return None if most is None else _("at most %(n)s") % {"n": most}


def _sums(user: Any, year: int) -> dict[int, dict[str, int | None]]:
    """Planned and spent by partner, and what was spent for the children themselves."""
    rows = Cost.objects.visible_to(user).filter(year=year).order_by().values_list("organisation")
    own = Sum("spent", filter=Q(item__in=FOR_CHILDREN))
    return {
        partner: {"planned": planned, "spent": spent, "own": for_children}
        for partner, planned, spent, for_children in rows.annotate(Sum("planned"), Sum("spent"), own=own)
    }


def _grouped(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
