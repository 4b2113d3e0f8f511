"""What a person gives at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _


class WorkbookForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_(
            "An .xlsx or .ods file, or a .zip of .csv sheets named incidents, violations, victims, sources."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.zip"}),
    )

    def clean_file(self) -> Any:
        """Of a size that can be read at once."""
        file = self.cleaned_data["file"]
        if file.size > settings.SUTURA_IMPORT_BYTES:
            limit = filesizeformat(settings.SUTURA_IMPORT_BYTES)
            raise forms.ValidationError(_("The file is larger than %(limit)s. Split it.") % {"limit": limit})
        return file
