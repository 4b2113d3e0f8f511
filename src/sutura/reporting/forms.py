"""What a person types for reports: a reason, a period, two moments to compare, filters of the trends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.ledger.choices import Axis
from sutura.reporting.choices import Geography, Product
from sutura.reporting.rules.periods import ANNUAL, FORMS, NotAPeriod, period
from sutura.ui.fields import DayField


class FreezeForm(forms.Form):
    """Why an edition is made; needed from the second on."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was corrected, and on whose word. It is printed in the edition."),
    )

    def __init__(self, *args: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed
        if not needed:
            self.fields["reason"].label = _("Remark")
            self.fields["reason"].help_text = ""


class PeriodForm(forms.Form):
    """Figures of a year, of a quarter or of any window of dates."""

    product = forms.ChoiceField(label=_("Product"), choices=Product.choices, required=False)
    period = forms.CharField(
        label=_("Period"),
        max_length=24,
        help_text=_("2026 for a year, 2026-Q1 for a quarter, 2026-04-01..2026-09-30 for a window of dates."),
    )
    geography = forms.ChoiceField(label=_("Regions"), choices=Geography.choices, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "product" in typed and "period" in typed:
            asked = typed["period"].strip()
            product = typed["product"] or product_of(asked)
            try:
                typed["when"] = period(product, asked)
            except NotAPeriod as error:
                said = _("This is not a period of the product. Write it like %(form)s.")
                self.add_error("period", said % {"form": error.form or FORMS[product]})
        typed["geography"] = typed.get("geography") or Geography.COD_AB_2021
        return typed


def product_of(asked: str) -> str:
    """The product to which a period written so belongs; a year when it is none."""
    for product in Product.values:
        try:
            period(product, asked)
        except NotAPeriod:
            continue
        return product
    return ANNUAL


class CompareForm(forms.Form):
    """Two editions or moments of one report."""

    product = forms.CharField(widget=forms.HiddenInput)
    period = forms.CharField(widget=forms.HiddenInput)
    geography = forms.CharField(widget=forms.HiddenInput, required=False)
    before = forms.ChoiceField(label=_("Before"))
    after = forms.ChoiceField(label=_("After"), required=False)
    before_day = DayField(label=_("or at the end of this day"), required=False)
    after_day = DayField(label=_("or at the end of this day"), required=False)

    def __init__(self, *args: Any, moments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].choices = moments  # type: ignore[attr-defined]


class TrendForm(forms.Form):
    """Along what, where and since when the trends are shown; the choice lives in the address."""

    axis = forms.ChoiceField(label=_("By"), required=False)
    level = forms.ChoiceField(
        label=_("Map"), choices=[("region", _("Regions")), ("cercle", _("Cercles"))], required=False
    )
    geography = forms.ChoiceField(
        label=_("Edition of the regions"), choices=Geography.choices, required=False
    )
    kind = forms.ChoiceField(label=_("Type of violation"), required=False)
    status = forms.ChoiceField(
        label=_("Basis"),
        choices=[("verified", _("Verified")), ("unverified", _("Not verified"))],
        required=False,
    )
    years = forms.ChoiceField(
        label=_("Over"),
        choices=[("2", _("two years")), ("3", _("three years")), ("5", _("five years"))],
        required=False,
    )

    def __init__(self, *args: Any, types: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        axes = [("type", _("Type")), *[(one, Axis(one).label) for one in ("region", "party", "sex", "age")]]
        self.fields["axis"].choices = axes  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("All types")), *types.items()]  # type: ignore[attr-defined]
