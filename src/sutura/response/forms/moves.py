"""Where a docket goes, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.response.choices.moves import MoveReason
from sutura.ui.fields import OneOfField


class MoveForm(forms.Form):
    """To which of the regions one keeps."""

    region = forms.ChoiceField(
        label=_("To which region?"), help_text=_("Only regions where you follow children yourself.")
    )
    why = OneOfField(label=_("Why?"), choices=MoveReason.choices)

    def __init__(self, *args: Any, regions: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = list(regions.items())  # type: ignore[attr-defined]
