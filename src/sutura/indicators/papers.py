"""What leaves the indicators as a file, on record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, QueryDict

from sutura.access.rules import require
from sutura.audit.services import record
from sutura.indicators import workbook
from sutura.indicators.dhis2 import plan
from sutura.indicators.models import Round
from sutura.indicators.pages.definitions import Asked
from sutura.indicators.rules import dhis2_period


def figures_file(*, by: Any, kind: str, query: QueryDict, hxl: bool = True) -> bytes:
    """Figures and accepted values over the days and the place of an address: `xlsx` or `csv`."""
    require(by, "indicators.read")
    asked = Asked(by, query)
    where = (asked.span.first, asked.span.last, asked.region)
    content = workbook.as_xlsx(by, *where) if kind == "xlsx" else workbook.as_csv(by, *where, hxl=hxl)
    with transaction.atomic():
        record(by, "indicators.export", fields=f"{kind} {asked.query()}")
    return content


def dhis2_file(round: Round, *, by: Any) -> bytes:
    """The values of a round for DHIS2; there is none while the period has no name there."""
    require(by, "indicators.write", round.body.region)
    made = plan(round)
    if not made.period:
        raise Http404
    with transaction.atomic():
        record(by, "indicators.export_dhis2", of=round, fields=f"values={len(made.sent)}")
    return made.text.encode()


def round_of_period(period: str) -> Round | None:
    """The last round of a period as DHIS2 names it."""
    return next((each for each in Round.objects.all() if dhis2_period(each.first, each.last) == period), None)
