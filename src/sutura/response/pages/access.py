"""Which doors opened and which stayed shut: by place for whoever follows children, in steps of five for others.

How far a cercle can be reached is another fact, kept with the alerts; it is shown beside and neither changes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, Value
from django.db.models.functions import Coalesce, NullIf, TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.acting import beyond
from sutura.access.rules import may
from sutura.alerts.models import AccessNote
from sutura.response.choices import NoEntry, Office, Reaction, SiteKind, Standing
from sutura.response.models import Approach, Site, Visit
from sutura.response.pages.telling import said
from sutura.response.pages.visits import YEAR, look
from sutura.response.pages.worklist import region_names
from sutura.response.rules.clocks import blurred
from sutura.ui import wording

SHUT = Q(visits__standing__in=(Standing.REFUSED, Standing.UNANSWERED))
LAST = 50
OFFICE = Coalesce(NullIf("answered_by", Value("")), "asked_of")
"""Who refused; of a visit never answered, who was asked."""


def access(user: Any) -> dict[str, Any]:
    """Every place with its visits of twelve months and the cercle’s access; then the refusals, by office and month."""
    since, names = timezone.localdate() - YEAR, region_names(user)
    shut = Visit.objects.visible_to(user).shut().filter(planned_on__gte=since)
    return {
        "since": since,
        "places": places(user, names, since),
        "reads_alerts": may(user, "alerts.read"),
        "by_office": by_code(shut.values_list(OFFICE), Office),
        "by_month": by_month(shut),
        "refusals": [
            {"visit": each, "look": look(each)}
            for each in shut.select_related("site").order_by("-planned_on", "-id")[:LAST]
        ],
    }


def places(user: Any, names: dict[str, str], since: date) -> list[dict[str, Any]]:
    """Each place that works: asked, let in, shut, last time anybody was there."""
    this_year = Q(visits__planned_on__gte=since)
    sites = list(
        Site.objects.visible_to(user)
        .in_use()
        .select_related("place")
        .annotate(
            asked=Count("visits", filter=this_year & ~Q(visits__standing=Standing.PLANNED)),
            made=Count("visits", filter=this_year & Q(visits__standing=Standing.DONE)),
            shut=Count("visits", filter=this_year & SHUT),
            last=Max("visits__made_on"),
        )
    )
    known = cercles(user, {site.place.cercle for site in sites})
    return [
        {"site": site, "where": names.get(site.region, site.region), "note": known.get(site.place.cercle)}
        for site in sites
    ]


def cercles(user: Any, codes: set[str]) -> dict[str, AccessNote]:
    """The last note on access of each cercle, for whoever reads the alerts there."""
    notes = AccessNote.objects.visible_to(user).filter(unit__code__in=codes).select_related("unit")
    return {note.unit.code: note for note in notes.order_by("observed_on", "id")}


def by_code(rows: Any, codes: Any) -> list[tuple[Any, int]]:
    """How often each code, the most frequent first."""
    found = Counter(dict(rows.annotate(n=Count("pk")).order_by()))
    return [(codes(code).label if code else _("not stated"), n) for code, n in found.most_common()]


def by_month(rows: Any) -> list[tuple[str, int]]:
    """How many each month, the last first."""
    months = rows.annotate(month=TruncMonth("planned_on")).values_list("month").annotate(n=Count("pk"))
    return [(wording.month(month), n) for month, n in months.order_by("-month")]


def counts(user: Any) -> dict[str, Any]:
    """Visits and approaches of twelve months in steps of five, in all the regions of whoever asks together.

    Every word stands in its own order, none left out: a row that came or moved would tell one door from none.
    """
    today = timezone.localdate()
    found = tally(user, today - YEAR)
    return {
        "tables": [
            (title, [(code.label, said(blurred(found[name][code]))) for code in codes])
            for name, title, codes in (
                ("standing", _("Visits by where they stand"), Standing),
                ("kind", _("Doors that stayed shut, by kind of place"), SiteKind),
                ("office", _("Doors that stayed shut, by office"), Office),
                ("no_entry", _("Refusals, by the reason given"), NoEntry),
                ("reaction", _("Approaches by their last answer"), Reaction),
            )
        ],
        "months": [
            (wording.month(month), said(blurred(found["month"][month]))) for month in last_months(today)
        ],
    }


def last_months(today: date) -> list[date]:
    """The first days of this month and of the eleven before it, the last first."""
    index = today.year * 12 + today.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(index, index - 12, -1)]


@beyond("counts of visits and approaches in steps of five, for whoever coordinates and reads no docket")
def tally(user: Any, since: date) -> defaultdict[str, Counter[Any]]:
    """How many visits and approaches, by each word that may be counted."""
    found: defaultdict[str, Counter[Any]] = defaultdict(Counter)
    visits = Visit.objects.counted_for(user).filter(planned_on__gte=since)
    for standing, kind, office, asked_of, no_entry, planned_on, n in (
        visits.values_list("standing", "site__kind", "answered_by", "asked_of", "no_entry", "planned_on")
        .annotate(n=Count("pk"))
        .order_by()
    ):
        found["standing"][standing] += n
        if standing in (Standing.REFUSED, Standing.UNANSWERED):
            found["kind"][kind] += n
            found["office"][office or asked_of] += n
            found["no_entry"][no_entry] += n
            found["month"][planned_on.replace(day=1)] += n
    approaches = Approach.objects.counted_for(user).standing().filter(made_on__gte=since)
    found["reaction"] = Counter(dict(approaches.values_list("reaction").annotate(n=Count("pk")).order_by()))
    return found
