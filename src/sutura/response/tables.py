"""The programme as a table that may leave: in steps of five whoever asks, since nobody knows who reads a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sutura.coordination.tables import Table
from sutura.coordination.workbooks import Cell
from sutura.response.pages import programme as pages
from sutura.response.pages.telling import followed


def programme(user: Any, query: QueryDict) -> Table:
    """Centres, packages and partners, one row each."""
    heads = (
        _("What"), _("Name"), _("Partner"), _("Where"), pgettext("centre", "Places"), _("Children"),
        _("Cost of one place, in FCFA"),
        _("Planned, in FCFA"), _("Spent so far, in FCFA"), _("Cost per child, in FCFA"),
    )  # fmt: skip
    return Table("programme", _("Release and reintegration"), heads, lambda: _rows(user, query))


def _rows(user: Any, query: QueryDict) -> Iterable[Sequence[Cell]]:
    today, year = timezone.localdate(), pages.year_of(query)
    found, teller = pages.seen(user, year), pages.Teller(user, followed(user), travels=True)
    for row in pages.centres(user, found, teller, today):
        run_by = row["site"].run_by
        yield (
            _("Centre"), row["site"].name, run_by.short if run_by else "", row["where"], row["places"], row["care"],
            None, None, None, None,
        )  # fmt: skip
    for row in pages.packages(user, found, teller, today):
        offer, terms = row["offer"], row["terms"]
        yield (
            _("Package"), offer.get_kind_display(), offer.organisation.short, row["where"],
            terms.places if terms else None, row["children"], terms.unit_cost if terms else None, None, None, None,
        )  # fmt: skip
    for row in pages.partners(user, found, teller, year):
        yield (
            _("Partner in %(year)s") % {"year": year}, row["partner"].name, row["partner"].short, "", None,
            row["children"], None, row["planned"], row["spent"], row["each"],
        )  # fmt: skip
