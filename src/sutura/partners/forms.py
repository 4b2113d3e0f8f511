"""What a keeper of the directory types about organisations, their projects and the visits to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.partners.choices import Level, OrganisationKind, ProjectState, Sector
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.ui.fields import DayField, OneOfField, SomeOfField


class OrganisationFilter(forms.Form):
    """Filters of the directory; they live in the address."""

    q = forms.CharField(label=_("Name or acronym"), required=False, max_length=150)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *OrganisationKind.choices]
    )


class OrganisationForm(forms.Form):
    """What the directory says of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=150)
    acronym = forms.CharField(label=_("Acronym"), max_length=20, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    sectors = SomeOfField(label=_("Sectors"), choices=Sector.choices, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    region = forms.ChoiceField(label=_("Region"), required=False)
    parent = forms.ModelChoiceField(
        label=_("Stands under"), queryset=Organisation.objects.none(), required=False, empty_label=_("none"),
        help_text=_("For a service of the State: the one above it."),
    )  # fmt: skip
    contact_email = forms.EmailField(
        label=_("Address for convening"),
        required=False,
        help_text=_("A mailbox of the office, not of a person."),
    )

    def __init__(self, *args: Any, organisations: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", _("the whole country")), *regions]  # type: ignore[attr-defined]


class ChangeOrganisationForm(OrganisationForm):
    """A change: also whether it still exists, and why."""

    is_active = forms.BooleanField(label=_("It still exists"), required=False)
    why = forms.CharField(label=_("Why this change"), max_length=300, required=False)


class ConsortiumForm(forms.Form):
    """Which organisations make up a consortium."""

    organisations: Any = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Which organisations make it up?"), to_field_name="public_id", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = organisations  # type: ignore[attr-defined]


class ProjectForm(forms.Form):
    """A project that partners carry out."""

    title = forms.CharField(label=_("Title"), max_length=200)
    lead: Any = forms.ModelChoiceField(queryset=None, label=_("Led by"), to_field_name="public_id")
    partners: Any = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Who takes part?"), to_field_name="public_id", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    funder: Any = forms.ModelChoiceField(
        queryset=None, label=_("Funded by"), to_field_name="public_id", required=False
    )
    sectors = SomeOfField(label=_("Sectors"), choices=Sector.choices, required=False)
    regions = SomeOfField(
        label=_("Regions"), required=False, help_text=_("None: it works in the whole country.")
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("To"), required=False)
    budget = forms.IntegerField(
        label=_("Budget in FCFA"), min_value=0, max_value=10**13, required=False,
        help_text=_("Digits only; leave it empty if it is not known."),
    )  # fmt: skip
    state = OneOfField(label=_("State"), choices=ProjectState.choices, initial=ProjectState.UNDER_WAY)

    def __init__(self, *args: Any, organisations: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for name in ("lead", "partners", "funder"):
            fields[name].queryset = organisations
        fields["regions"].choices = regions


class ProjectFilter(forms.Form):
    """Filters of the list of projects; they live in the address."""

    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("All")), *Sector.choices])
    region = forms.ChoiceField(label=_("Region"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *ProjectState.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = Unit.objects.region_names()
        by_name = sorted(self.regions.items(), key=lambda one: one[1])
        self.fields["region"].choices = [("", _("All")), *by_name]  # type: ignore[attr-defined]

    @property
    def in_force(self) -> dict[str, Any]:
        """The filters that are understood, by name."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class VisitForm(forms.Form):
    """A visit of technical support."""

    organisation: Any = forms.ModelChoiceField(
        queryset=None, label=_("Which organisation was visited?"), to_field_name="public_id"
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    visited_on = DayField(label=_("On which day?"))
    visitors = forms.CharField(
        label=_("Who visited?"), max_length=200, help_text=_("Services and functions, not names.")
    )
    findings = forms.CharField(
        label=_("What was found?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("No name of a child, nothing of a case."),
    )  # fmt: skip
    follow_up_on = DayField(label=_("To be followed up by"), required=False)

    def __init__(self, *args: Any, organisations: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].queryset = organisations
        fields["region"].choices = regions


class FollowUpForm(forms.Form):
    """What a visit asked for was done."""

    followed_up_on = DayField(label=_("On which day?"), initial=timezone.localdate)
    outcome = forms.CharField(
        label=_("What was done?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
