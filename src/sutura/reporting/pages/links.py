"""Addresses of pages: a number's records, an incident, a note, an edition."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404
from django.urls import NoReverseMatch, reverse

from sutura.access.errors import DomainError
from sutura.reporting.models import Edition
from sutura.reporting.render.paper import Paper
from sutura.reporting.rules.figures import instant
from sutura.reporting.rules.periods import GHN, Period, quarter
from sutura.reporting.services.collecting import period_of


def period_or_404(product: str, text: str) -> Period:
    """The period that an address names."""
    try:
        return period_of(product, text)
    except DomainError as error:
        raise Http404 from error


def records(
    when: Period, figure: str, *, as_at: datetime | None = None, geography: str = "2021", **more: str
) -> str:
    """The page of the records behind a number, at the moment of the number."""
    if not figure:
        return ""
    words = {"product": when.product, "period": when.text, "figure": figure}
    if as_at:
        words["as_at"] = instant(as_at)
    if geography != "2021":
        words["geography"] = geography
    return f"{reverse('reporting:records')}?{urlencode(words | more)}"


def behind(paper: Paper, figure: str) -> str:
    """The records behind a number of a report; those of a draft too are of its moment."""
    return records(paper.period, figure, as_at=paper.as_at, geography=paper.geography)


def report(when: Period, geography: str = "2021", as_at: datetime | None = None) -> str:
    """The page of a report as it stands, or stood at a moment."""
    words = {} if geography == "2021" else {"geography": geography}
    if as_at:
        words["as_at"] = instant(as_at)
    if when.product == GHN:
        address = reverse("reporting:note", args=[when.text])
    else:
        address, words = reverse("reporting:figures"), {"product": when.product, "period": when.text} | words
    return f"{address}?{urlencode(words)}" if words else address


def edition(found: Edition) -> str:
    """The page of an edition."""
    return reverse("reporting:edition", args=[found.public_id])


def compare(when: Period, geography: str, before: str, after: str = "") -> str:
    """Why did the figures change between two editions or moments?"""
    words = {"product": when.product, "period": when.text, "before": before}
    if after:
        words["after"] = after
    if geography != "2021":
        words["geography"] = geography
    return f"{reverse('reporting:compare')}?{urlencode(words)}"


def incident(public_id: UUID | str) -> str:
    """The file of an incident."""
    return named("incidents:detail", public_id)


def incidents(number: int, **filters: str) -> str:
    """The incidents of a quarter (such as 20261), filtered as far as their list can."""
    when = quarter(number // 10, number % 10)
    return named("incidents:list", first=when.start.isoformat(), last=when.end.isoformat(), **filters)


def named(name: str, *args: Any, **query: str) -> str:
    """An address of a later chapter, or nothing while that chapter has not landed."""
    try:
        address = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(query)}" if query else address
