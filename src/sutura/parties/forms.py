"""What a keeper of the register types about parties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.parties.choices import Language, PartyType, Precision, Trigger
from sutura.parties.models import Party
from sutura.ui.fields import DayField, OneOfField, SomeOfField


class PartyFilter(forms.Form):
    """Filters of the register; they live in the address."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=150)
    type = forms.ChoiceField(
        label=_("Type"), required=False, choices=[("", _("All types")), *PartyType.choices]
    )


class PartyForm(forms.Form):
    """What is said of a party; dates only when a source gives them."""

    type = OneOfField(label=_("Type"), choices=PartyType.choices)
    name_fr = forms.CharField(label=_("Name in French"), max_length=150)
    name_en = forms.CharField(label=_("Name in English"), max_length=150)
    parent = forms.ModelChoiceField(
        label=_("Part of"), queryset=Party.objects.none(), required=False, empty_label=_("no other party")
    )
    active_from = DayField(
        label=_("Active from"), required=False, help_text=_("Leave empty unless a source gives the date.")
    )
    active_to = DayField(label=_("Active until"), required=False)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)
    notes = forms.CharField(
        label=_("Notes"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parties  # type: ignore[attr-defined]


class NewPartyForm(PartyForm):
    """A new party: also its code, for good."""

    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("Capital letters, digits and _; it can never change.")
    )
    field_order = ["code"]


class ChangePartyForm(PartyForm):
    """A change: also why."""

    why = forms.CharField(label=_("Why this change"), max_length=300)


class NameForm(forms.Form):
    """One more spelling of a party's name."""

    text = forms.CharField(
        label=_("Another spelling"), max_length=150, help_text=_("As people or files write it.")
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("none in particular")), *Language.choices]
    )


class ListingForm(forms.Form):
    """What the annexes of a year say of a party."""

    year = forms.IntegerField(label=_("Year of the list"), min_value=2002, max_value=2100)
    violations = SomeOfField(label=_("Listed for"), choices=Trigger.choices)
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("The document and its number, such as A/79/878.")
    )


class PlanForm(forms.Form):
    """An action plan signed with the United Nations."""

    signatory = forms.CharField(label=_("Who signed"), max_length=150)
    signed_on = DayField(label=_("Signed on"), required=False)
    precision = forms.ChoiceField(
        label=_("What is known of the date"), required=False, choices=[("", "–"), *Precision.choices]
    )
    violations = SomeOfField(
        label=_("Violations it covers"),
        choices=Trigger.choices,
        required=False,
        help_text=_("None if not known."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("The document and its number, such as A/79/878.")
    )
    notes = forms.CharField(label=_("Notes"), max_length=500, required=False)


class WhyForm(forms.Form):
    """The reason for taking something back."""

    why = forms.CharField(label=_("Why"), max_length=300)
