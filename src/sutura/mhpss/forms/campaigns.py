"""What is typed about a mapping round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.mhpss.choices import Answer, Method
from sutura.mhpss.forms.services import unit_of
from sutura.ui.fields import DayField, OneOfField


class CampaignForm(forms.Form):
    """A mapping round."""

    title = forms.CharField(label=_("Title"), max_length=150)
    region = forms.ChoiceField(label=_("Region"))
    cercles = forms.CharField(
        label=_("Only these cercles"), max_length=300, required=False,
        help_text=_("Names or P-codes with ; between. Empty: the whole region."),
    )  # fmt: skip
    method = OneOfField(label=_("How does it ask?"), choices=Method.choices, initial=Method.SHEET)
    starts_on = DayField(label=_("From"), initial=timezone.localdate)
    ends_on = DayField(label=_("Until"))

    def __init__(self, *args: Any, regions: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = regions  # type: ignore[attr-defined]

    def clean_cercles(self) -> list[str]:
        """Codes of the cercles meant."""
        return [unit_of(part).code for part in self.cleaned_data["cercles"].split(";") if part.strip()]


class InviteForm(forms.Form):
    """Whose answer is awaited."""

    organisations: Any = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("Which organisations?"),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = organisations  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """How far an organisation has answered."""

    answer = OneOfField(label=_("How far is the answer?"), choices=Answer.choices)
    answered_on = DayField(label=_("Answered on"), initial=timezone.localdate)


class ConfirmForm(forms.Form):
    """One tap: all that still stands is ticked already."""

    services: Any = forms.ModelMultipleChoiceField(
        queryset=None, label=_("These services still stand as told here"), to_field_name="public_id", required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Untick what is no longer so: you will be called."),
    )  # fmt: skip

    def __init__(self, *args: Any, services: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"].queryset = services  # type: ignore[attr-defined]
        self.fields["services"].initial = [each.public_id for each in services]
