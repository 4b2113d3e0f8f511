"""What a person types to take coded data out, or to answer somebody who asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import EVERYWHERE, regions
from sutura.disclosure.choices.exports import Kind
from sutura.places.models import Unit
from sutura.reporting.choices import Geography, Product
from sutura.reporting.rules.periods import FORMS, NotAPeriod, period
from sutura.security.age import SECRET
from sutura.ui.fields import OneOfField, SomeOfField

KEY_HELP = _("It begins with age1. Check it with the receiver by another way than the one it came by.")


class KeyField(forms.CharField):
    """A public key; a secret one is never written back into the page."""

    def __init__(self, **more: Any) -> None:
        super().__init__(label=_("Public key of the receiver"), max_length=200, help_text=KEY_HELP, **more)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, unless it is a secret."""
        return "" if SECRET in str(data or "").upper() else data


class ExportForm(forms.Form):
    """What, where, of which time, why and for whom."""

    kind = OneOfField(label=_("What leaves"), choices=[one for one in Kind.choices if one[0] != Kind.MINUTES])
    product = forms.ChoiceField(label=_("Product"), choices=Product.choices)
    period = forms.CharField(
        label=_("Period"),
        max_length=24,
        help_text=_("2026 for a year, 2026-Q1 for a quarter, 2026-04-01..2026-09-30 for a window of dates."),
    )
    geography = forms.ChoiceField(label=_("Edition of the regions"), choices=Geography.choices)
    everywhere = forms.BooleanField(label=_("Whole country"), required=False)
    codes = SomeOfField(label=_("Regions"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it is needed for. The person who approves reads it, and it stays on record."),
    )
    receiver = forms.CharField(
        label=_("Receiver"), max_length=150, help_text=_("Who will open the file: person and organisation.")
    )
    key = KeyField()

    def __init__(self, *args: Any, by: Any, minutes: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        read = regions(by, "verification.read" if minutes else "reporting.read")
        asked = regions(by, "disclosure.request")
        units = Unit.objects.regions().order_by("code")
        fields: Any = self.fields
        fields["codes"].choices = [(u.code, u.name) for u in units if u.code in read and u.code in asked]
        if not (read is EVERYWHERE and asked is EVERYWHERE):
            del self.fields["everywhere"]
        if minutes:
            for name in ("kind", "product", "period", "geography"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if bool(typed.pop("everywhere", False)) == bool(typed.get("codes")):
            self.add_error("codes", _("Choose the whole country, or some regions."))
        if "product" in typed and "period" in typed:
            try:
                typed["period"] = period(typed["product"], typed["period"].strip()).text
            except NotAPeriod as error:
                said = _("This is not a period of the product. Write it like %(form)s.")
                self.add_error("period", said % {"form": error.form or FORMS[typed["product"]]})
        return typed


class RefusalForm(forms.Form):
    """Why not."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person who asked reads it."),
    )


class KeyForm(forms.Form):
    """One's own public key."""

    key = KeyField()
