"""What the programme asks: places, packages and their terms, a child that enters or leaves one, costs, prevention."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.mhpss.forms.services import unit_of
from sutura.partners.models import Organisation
from sutura.response.choices import Package
from sutura.response.choices.programme import (
    ActivityKind,
    CostItem,
    LeftPackage,
    PackageKind,
    PreventionTheme,
)
from sutura.response.forms.steps import BLANK, WhenForm
from sutura.response.models import Docket, Offer
from sutura.ui.fields import CountField, DayField, OneOfField

PLACE_HELP = _("A commune, a cercle or a region: its P-code, or a path such as Mopti / Djenné.")
MOST = 100_000


def partner_field() -> forms.ModelChoiceField:
    """One organisation of the directory."""
    return forms.ModelChoiceField(
        queryset=Organisation.objects.in_use(), label=_("Which partner?"), to_field_name="public_id"
    )


class PlacedForm(forms.Form):
    """Something of a partner, somewhere."""

    organisation: Any = partner_field()
    place = forms.CharField(label=_("Where?"), max_length=120, help_text=PLACE_HELP)

    def clean_place(self) -> Any:
        """The unit that the text means."""
        return unit_of(self.cleaned_data["place"])


class BedsForm(forms.Form):
    """How many places a centre has from a day on."""

    valid_from = DayField(label=_("From which day?"), initial=timezone.localdate)
    boys = CountField(label=_("Places for boys"), max_value=MOST)
    girls = CountField(label=_("Places for girls"), max_value=MOST)
    run_by: Any = forms.ModelChoiceField(
        queryset=Organisation.objects.in_use(), label=_("Run by"), required=False, to_field_name="public_id"
    )


class TermsForm(forms.Form):
    """How many places a package has, and what one costs."""

    valid_from = DayField(label=_("From which day?"), initial=timezone.localdate)
    places = CountField(label=_("Number of places"), max_value=MOST)
    unit_cost = CountField(label=_("Cost of one place, in FCFA"), max_value=100_000_000)


class OfferForm(PlacedForm, TermsForm):
    """A package of a partner, with its first terms."""

    kind = OneOfField(label=_("What does it give?"), choices=PackageKind.choices)
    field_order = ("organisation", "kind", "place", "valid_from", "places", "unit_cost")


class EnrolForm(WhenForm):
    """A child enters a package of its region."""

    offer: Any = forms.ModelChoiceField(
        queryset=None, label=_("Which package?"), to_field_name="public_id",
        help_text=_("Packages given in the region of the child."),
    )  # fmt: skip
    field_order = ("offer",)

    def __init__(self, *args: Any, docket: Docket, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = Offer.objects.visible_to(by).in_use().in_region(docket.region)
        self.fields["offer"].queryset = offers.select_related("organisation", "place")  # type: ignore[attr-defined]


class EndForm(WhenForm):
    """A child completes a package, or leaves it."""

    answer = OneOfField(
        label=_("How did it end?"),
        choices=[(code.value, code.label) for code in (Package.COMPLETED, Package.LEFT)],
    )
    left_for = forms.ChoiceField(
        label=_("If the child left, why?"), choices=[BLANK, *LeftPackage.choices], required=False
    )
    field_order = ("answer", "left_for")


class CostForm(forms.Form):
    """What a partner planned and spent in a region in a year, for one item."""

    organisation: Any = partner_field()
    region = forms.ChoiceField(label=_("In which region?"))
    year = CountField(label=_("Year"), min_value=2012, max_value=2100)
    item = OneOfField(label=_("For what?"), choices=CostItem.choices)
    planned = CountField(label=_("Planned, in FCFA"), max_value=10**13)
    spent = CountField(
        label=_("Spent so far, in FCFA"), max_value=10**13, required=False,
        help_text=_("Leave it empty as long as nobody reported it: nothing is not zero."),
    )  # fmt: skip

    def __init__(self, *args: Any, regions: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = list(regions.items())  # type: ignore[attr-defined]
        self.fields["year"].initial = timezone.localdate().year


class ActivityForm(PlacedForm):
    """Prevention in a community; participants by numbers."""

    kind = OneOfField(label=_("How?"), choices=ActivityKind.choices)
    theme = OneOfField(label=_("About what?"), choices=PreventionTheme.choices)
    held_on = DayField(label=_("On which day?"))
    girls_small = CountField(label=_("Girls under 12"), max_value=MOST, required=False)
    boys_small = CountField(label=_("Boys under 12"), max_value=MOST, required=False)
    girls = CountField(label=_("Girls from 12 to 17"), max_value=MOST, required=False)
    boys = CountField(label=_("Boys from 12 to 17"), max_value=MOST, required=False)
    women = CountField(label=_("Women"), max_value=MOST, required=False)
    men = CountField(label=_("Men"), max_value=MOST, required=False)
    field_order = ("kind", "theme", "place", "held_on", "organisation")

    def clean(self) -> dict[str, Any]:
        """A number left empty is none."""
        said = super().clean() or self.cleaned_data
        return {name: 0 if value is None and name in COUNTED else value for name, value in said.items()}


COUNTED = ("girls_small", "boys_small", "girls", "boys", "women", "men")


class ActivityFilter(forms.Form):
    """Which activities the list shows."""

    since = DayField(label=pgettext_lazy("period", "From"), required=False)
    until = DayField(label=_("until"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    kind = forms.ChoiceField(
        label=_("How"), required=False, choices=[("", pgettext_lazy("filter", "any")), *ActivityKind.choices]
    )
    theme = forms.ChoiceField(
        label=_("About what"), required=False,
        choices=[("", pgettext_lazy("filter", "any")), *PreventionTheme.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, regions: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", pgettext_lazy("filter", "any")), *regions.items()]  # type: ignore[attr-defined]


class ThemeFilter(forms.Form):
    """Which training is counted."""

    module = forms.ChoiceField(label=_("Trained in"), required=False)

    def __init__(self, *args: Any, modules: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = [("", _("any module")), *modules.items()]  # type: ignore[attr-defined]
