"""What a person types to prepare a table for the public, and to decide on one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.disclosure.choices import BLOCKS, Shape
from sutura.reporting.choices import Product
from sutura.reporting.models import Edition
from sutura.reporting.rules.periods import FORMS, NotAPeriod, period


class PrepareForm(forms.Form):
    """Which table, of which period, from an edition or from the figures of now."""

    product = forms.ChoiceField(label=_("Product"), choices=Product.choices, initial=Product.ANNUAL)
    period = forms.CharField(
        label=_("Period"),
        max_length=24,
        help_text=_("2026 for a year, 2026-Q1 for a quarter, 2026-04-01..2026-09-30 for a window of dates."),
    )
    block = forms.ChoiceField(label=_("Basis"), choices=list(BLOCKS.items()))
    shape = forms.ChoiceField(label=_("Rows"), choices=Shape.choices)
    edition = forms.IntegerField(
        label=_("Number of a cleared edition"),
        required=False,
        min_value=1,
        help_text=_("Without one, the figures of this moment are frozen for this table."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed from the second release of a table on; it is printed in it."),
    )

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "product" in typed and "period" in typed:
            try:
                typed["period"] = period(typed["product"], typed["period"].strip())
            except NotAPeriod as error:
                said = _("This is not a period of the product. Write it like %(form)s.")
                self.add_error("period", said % {"form": error.form or FORMS[typed["product"]]})
            else:
                typed["edition"] = self._edition(typed)
        return typed

    def _edition(self, typed: dict[str, Any]) -> Edition | None:
        """The edition of that number; its moment holds for every geography."""
        if not typed.get("edition"):
            return None
        geography = "2023" if typed.get("shape") == Shape.REGION_2023 else "2021"
        known = Edition.objects.visible_to(self.user).of(typed["period"], geography)
        found = known.filter(number=typed["edition"]).first()
        if found is None:
            self.add_error(
                "edition", _("There is no edition of this number for this period and these regions.")
            )
        return found


class DecideForm(forms.Form):
    """Let it go, or decline it with a reason."""

    approved = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Publish this table")), ("no", _("Decline"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to decline."),
    )

    def clean_approved(self) -> bool:
        """Yes or no as a truth."""
        return bool(self.cleaned_data["approved"] == "yes")
