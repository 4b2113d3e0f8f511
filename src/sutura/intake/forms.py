"""What a person gives at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    """A file of a size that can be read at once."""

    def clean_file(self) -> Any:
        """Said before anything is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.SUTURA_IMPORT_BYTES:
            limit = filesizeformat(settings.SUTURA_IMPORT_BYTES)
            raise forms.ValidationError(_("The file is larger than %(limit)s. Split it.") % {"limit": limit})
        return file


class WorkbookForm(FileForm):
    """One file."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_(
            "An .xlsx or .ods file, or a .zip of .csv sheets named incidents, violations, victims, sources."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.zip"}),
    )


class SheetForm(FileForm):
    """One 4Ws sheet."""

    file = forms.FileField(
        label=_("4Ws sheet"),
        help_text=_(
            ".xlsx, .ods or .csv, French or English headings; nothing is written before you confirm."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )


class HeadingsForm(forms.Form):
    """What the headings that nobody knows stand for; remembered for every later sheet."""

    def __init__(
        self, *args: Any, headings: dict[str, str], columns: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headings = list(headings)
        choices = [("", _("not explained yet")), ("-", _("leave it aside, always")), *columns]
        for number, words in enumerate(headings.values()):
            self.fields[f"heading_{number}"] = forms.ChoiceField(
                label=words[:80], choices=choices, required=False
            )

    @property
    def letters(self) -> dict[str, str]:
        """Heading as compared → letter; empty for one to leave aside."""
        said = ((name, self.cleaned_data[f"heading_{number}"]) for number, name in enumerate(self.headings))
        return {name: letter.strip("-") for name, letter in said if letter}
