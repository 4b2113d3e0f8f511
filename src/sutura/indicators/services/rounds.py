"""Rounds of reports: what is asked for which days, and who owes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, keep_all, record
from sutura.coordination.models import Body
from sutura.indicators.models import Definition, Report, Round, RoundItem
from sutura.partners.models import Organisation


@transaction.atomic
def open_round(
    *,
    title: str,
    body: Body,
    first: date,
    last: date,
    due_on: date,
    definitions: Iterable[Definition],
    by: Any,
) -> Round:
    """A body asks for values of these days, in the definitions of today."""
    require(by, "indicators.write", body.region)
    asked = list(definitions)
    _check(first, last, due_on)
    if not asked or not all(definition.is_typed for definition in asked):
        raise Invalid(_("Choose at least one indicator that organisations report."), field="definitions")
    made = keep(Round(title=title.strip(), body=body, first=first, last=last, due_on=due_on), by=by)
    keep_all(RoundItem, [RoundItem(round=made, definition=each) for each in asked], by=by)
    record(by, "indicators.open_round", of=made)
    return made


@transaction.atomic
def expect(*, round: Round, organisations: Iterable[Organisation], regions: Iterable[str], by: Any) -> Round:
    """Each of these organisations owes a report for each of these regions; those expected already stay as they are."""
    require(by, "indicators.write", round.body.region)
    known = set(round.reports.values_list("organisation", "region"))
    places = list(regions) or [""]
    owed = [
        Report(round=round, organisation=organisation, region=region)
        for organisation in organisations
        for region in places
        if (organisation.pk, region) not in known
    ]
    if not owed:
        raise Invalid(_("All of these are expected already. Choose another."), field="organisations")
    keep_all(Report, owed, by=by)
    record(by, "indicators.expect", of=round, fields=f"{len(owed)}")
    return round


def _check(first: date, last: date, due_on: date) -> None:
    if last < first:
        raise Invalid(_("The end is before the beginning. Correct one of the two days."), field="last")
    if due_on < last:
        raise Invalid(_("Reports are due after the days they tell of. Correct this day."), field="due_on")
