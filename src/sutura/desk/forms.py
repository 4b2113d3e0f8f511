"""What a person looks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import may
from sutura.desk.choices import ACTS
from sutura.ui.fields import DayField


class SearchForm(forms.Form):
    """A reference code, whole or its beginning."""

    q = forms.CharField(
        label=_("Code of an incident, a violation, an alert or a sitting"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class TrailFilter(forms.Form):
    """The filters of the log, as they stand in the address."""

    act = forms.ChoiceField(label=_("Act"), choices=[("", _("All acts")), *ACTS.items()], required=False)
    actor = forms.CharField(label=_("Person"), max_length=150, required=False)
    record = forms.CharField(label=_("Record (reference)"), max_length=80, required=False)
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may(user, "audit.read", ""):
            del self.fields["actor"]

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are understood, by name."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
