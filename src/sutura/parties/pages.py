"""What the pages of parties show: the tree, the file, the annexes year by year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sutura.parties.choices import Precision, Trigger
from sutura.parties.models import ActionPlan, Listing, Party
from sutura.places.rules import plain
from sutura.ui.wording import day


def tree(parties: Iterable[Party]) -> list[dict[str, Any]]:
    """Parties in the order of their names, each one followed by its parts, with the party it is part of."""
    known = list(parties)
    present = {party.pk for party in known}
    below: dict[int | None, list[Party]] = {}
    for party in sorted(known, key=lambda one: plain(str(one))):
        below.setdefault(party.parent_id if party.parent_id in present else None, []).append(party)
    rows: list[dict[str, Any]] = []

    def walk(parent: Party | None) -> None:
        for party in below.get(parent.pk if parent else None, []):
            rows.append({"party": party, "parent": parent, "listed": latest(party.listings.all())})
            walk(party)

    walk(None)
    return rows


def latest(listings: Iterable[Listing]) -> Listing | None:
    """The listing of the last year known."""
    return max(listings, key=lambda listing: listing.year, default=None)


def file_rows(party: Party) -> list[dict[str, Any]]:
    """What the register says of a party, as rows of label, value, address."""
    parent = party.parent
    return [
        {"label": _("Code"), "value": party.code},
        {"label": _("Type"), "value": party.get_type_display()},
        {"label": _("Name in French"), "value": party.name_fr},
        {"label": _("Name in English"), "value": party.name_en},
        {"label": _("Part of"), "value": parent or "", "url": parent.get_absolute_url() if parent else ""},
        {"label": _("Active from"), "value": day(party.active_from) if party.active_from else ""},
        {"label": _("Active until"), "value": day(party.active_to) if party.active_to else ""},
        {"label": _("Source"), "value": party.source},
        {"label": _("Notes"), "value": party.notes},
    ]


def annexes(listings: Iterable[Listing], *, keeper: bool) -> list[dict[str, Any]]:
    """The annexes by year, newest first: which violations, from which source; the years in between as not found."""
    by_year = {listing.year: listing for listing in listings}
    rows: list[dict[str, Any]] = []
    for year in range(max(by_year, default=0), min(by_year, default=1) - 1, -1):
        listing = by_year.get(year)
        ticks = [getattr(listing, trigger.value) if listing else None for trigger in Trigger]
        drop = reverse("parties:listing_drop", args=[listing.public_id]) if listing and keeper else ""
        rows.append({"year": year, "ticks": ticks, "source": listing.source if listing else "", "drop": drop})
    return rows


def plan_rows(plans: Iterable[ActionPlan]) -> list[dict[str, Any]]:
    """Action plans with their date as precisely as it is known."""
    return [{"plan": plan, "signed": signed(plan.signed_on, plan.precision)} for plan in plans]


def signed(on: date | None, precision: str) -> str:
    """A date as far as it is known: a day, a month, a year, or nothing."""
    if on is None:
        return ""
    return {Precision.MONTH: date_format(on, "F Y"), Precision.YEAR: str(on.year)}.get(
        Precision(precision), day(on)
    )


def versions(party: Party) -> list[dict[str, Any]]:
    """The history of a party for a timeline, newest first."""
    rows = party.history.select_related("history_user").order_by("-history_id")
    return [
        {
            "title": f"{row.name_fr} / {row.name_en}",
            "text": row.history_change_reason,
            "moment": row.history_date,
            "by": row.history_user,
        }
        for row in rows
    ]
