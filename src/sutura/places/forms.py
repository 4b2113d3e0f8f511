"""What a person types about places."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.places.choices import Edition


class UnitFilter(forms.Form):
    """Filters of the register; they live in the address."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=120)
    geography = forms.ChoiceField(label=_("Geography"), required=False, choices=Edition.choices)

    def edition(self) -> str:
        """The edition asked for; that of 2021 unless a known one is named."""
        asked = self.cleaned_data.get("geography") if self.is_valid() else ""
        return asked or Edition.COD_2021

    def words(self) -> str:
        """What is looked for; nothing if it cannot be read."""
        return str(self.cleaned_data.get("q") or "").strip() if self.is_valid() else ""


class NameForm(forms.Form):
    """One more spelling of a place."""

    text = forms.CharField(
        label=_("Another spelling"), max_length=120, help_text=_("As people or files write it.")
    )
