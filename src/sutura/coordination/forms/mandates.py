"""What a person typed about the targets of a body, a mandate, or days worked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.forms.bodies import AccountField
from sutura.coordination.forms.recommendations import regions
from sutura.ui.fields import CountField, DayField, SomeOfField

HALF = Decimal("0.5")


class ProgrammeForm(forms.Form):
    """How much a body sets out to hold; it begins with the numbers of the usual terms of reference."""

    body: Any = forms.ModelChoiceField(queryset=None, label=_("Body"), to_field_name="public_id")
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))
    thematic = CountField(label=_("Thematic workshops"), initial=3, max_value=100)
    regions = SomeOfField(label=_("A strategic workshop in each of these regions"), required=False)
    national = CountField(label=_("National capitalisation workshops"), initial=1, max_value=100)
    conferences = CountField(label=_("Conferences"), initial=2, max_value=100)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].queryset = bodies
        fields["regions"].choices = regions()


class MandateForm(forms.Form):
    """Somebody works for a body so many days."""

    body: Any = forms.ModelChoiceField(queryset=None, label=_("Body"), to_field_name="public_id")
    person = forms.CharField(label=_("Person"), help_text=_("An office rather than a name."), max_length=120)
    account = AccountField(
        label=_("Account of this tool"),
        help_text=_("Its account name; she then notes her days herself."),
        max_length=150,
        required=False,
    )
    days = CountField(label=_("Days of work"), initial=180, min_value=1, max_value=1000)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].queryset = bodies


class ChangeMandateForm(forms.Form):
    """More days, or a later end."""

    person = forms.CharField(label=_("Person"), help_text=_("An office rather than a name."), max_length=120)
    days = CountField(label=_("Days of work"), min_value=1, max_value=1000)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))
    why = forms.CharField(label=_("Why this change?"), max_length=500)


class StintForm(forms.Form):
    """Days worked."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    days = forms.DecimalField(
        label=_("Days worked"),
        help_text=_("Halves are allowed: 2.5"),
        min_value=HALF,
        max_value=366,
        step_size=HALF,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    words = forms.CharField(label=_("On what?"), max_length=200)
    event: Any = forms.ModelChoiceField(
        queryset=None, label=_("Workshop or mission"), to_field_name="public_id", required=False
    )

    def __init__(self, *args: Any, events: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["event"].queryset = events
        fields["event"].label_from_instance = lambda event: f"{event.ref} · {event.title}"
