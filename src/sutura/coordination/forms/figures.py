"""The stretch of days for which the figures of a body are told, as it stands in the address."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.rules.ownership import Span, year_to
from sutura.ui.fields import DayField

TEN_YEARS = timedelta(days=3653)
REVERSED = _("The end is before the beginning: change one of the two days.")
TOO_LONG = _("Choose ten years at most.")


class SpanForm(forms.Form):
    """From one day to another; the twelve months to today as long as nothing else is understood."""

    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", REVERSED)
        elif first and last and last - first > TEN_YEARS:
            self.add_error("last", TOO_LONG)
        return said

    def span(self, today: date) -> Span:
        """The days that are meant; one that is missing is a year from the other."""
        said = self.cleaned_data if self.is_valid() else {}
        last = said.get("last") or max(today, said.get("first") or today)
        usual = year_to(last)
        return Span(said.get("first") or usual.first, last)
