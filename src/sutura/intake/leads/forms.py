"""The file of leads which a person gives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sutura.alerts.choices import LeadSource


class LeadsFileForm(forms.Form):
    """Whose list, and the file; its content is judged by the dry run."""

    source = forms.ChoiceField(label=_("Whose list?"), choices=LeadSource.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("CSV file"), help_text=_("As published; nothing is written before you confirm.")
    )

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > settings.SUTURA_IMPORT_BYTES:
            raise forms.ValidationError(_("The file is too large. Cut it by year or by country."))
        return given
