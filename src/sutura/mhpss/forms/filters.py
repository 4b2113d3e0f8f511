"""What the pages of the map are narrowed by; it lives in the address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.choices import ListKind
from sutura.mhpss.rules.freshness import AMBER, FRESH, RED
from sutura.ui.fields import DayField

FRESHNESS = (
    ("", _("All")), (FRESH, _("verified recently")), (AMBER, _("to verify soon")), (RED, _("to verify again")),
)  # fmt: skip
NONE_DECLARED = "none"


class MapFilter(forms.Form):
    """Which services: search words, place, layer, code, theme, organisation, how fresh."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80)
    region = forms.ChoiceField(label=_("Region"), required=False)
    cercle = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput())
    within = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput())  # a region of 2023
    regions = forms.CharField(
        required=False, max_length=4, widget=forms.HiddenInput()
    )  # the division of the country
    layer = forms.ChoiceField(label=_("Layer of the pyramid"), required=False)
    code = forms.ChoiceField(label=_("Activity code"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    organisation: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("Organisation"),
        to_field_name="public_id",
        required=False,
        empty_label=_("All"),
    )
    fresh = forms.ChoiceField(label=_("Verification"), required=False, choices=FRESHNESS)

    def __init__(
        self, *args: Any, catalogue: Catalogue, organisations: Any, regions: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        chosen: dict[str, list[Any]] = {
            "region": sorted(regions.items(), key=lambda one: one[1]),
            "layer": [*catalogue.choices(ListKind.LAYER), (NONE_DECLARED, _("none declared"))],
            "code": catalogue.choices(ListKind.ACTIVITY),
            "theme": catalogue.choices(ListKind.THEME),
        }
        for name, choices in chosen.items():
            self.fields[name].choices = every + choices  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    @property
    def in_force(self) -> dict[str, Any]:
        """What is understood of the filters, by name."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    @property
    def narrowing(self) -> dict[str, Any]:
        """The same without the division of the country, which leaves nothing out."""
        return {name: value for name, value in self.in_force.items() if name != "regions"}


class SinceForm(forms.Form):
    """From which day a bulletin tells."""

    since = DayField(label=_("Since"))

    def clean_since(self) -> date:
        """A day that is over: nothing has changed since tomorrow."""
        said: date = self.cleaned_data["since"]
        if said > timezone.localdate():
            raise forms.ValidationError(_("This day is after today. Correct it."))
        return said
