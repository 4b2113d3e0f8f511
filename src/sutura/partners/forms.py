"""What a keeper of the directory types about organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.partners.choices import Level, OrganisationKind, Sector
from sutura.partners.models import Organisation
from sutura.ui.fields import SomeOfField


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
