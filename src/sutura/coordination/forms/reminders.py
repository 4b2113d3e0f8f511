"""What a person typed about her reminders, and the filter of the calendar."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.reminders import Rhythm
from sutura.ui.fields import OneOfField


class ReminderForm(forms.Form):
    """How often, and where."""

    rhythm = OneOfField(label=_("Remind me by e-mail"), choices=Rhythm.choices)
    email = forms.EmailField(
        label=_("Professional e-mail address"),
        help_text=_("The message carries codes, days and links; what they are about stays here."),
        required=False,
    )


class CalendarFilter(forms.Form):
    """The filter of the calendar, as it stands in the address."""

    month = forms.CharField(required=False, widget=forms.HiddenInput)
    body: Any = forms.ModelChoiceField(
        queryset=None, label=_("Body"), to_field_name="public_id", required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].queryset = bodies
