"""The forms of the gallery: one of each control."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.ui.fields import CountField, DayField, OneOfField, SomeOfField

KINDS = [
    ("seen", _("Seen by the person who tells")),
    ("heard", _("Heard from someone else")),
    ("unknown", _("Not known")),
]
NEEDS = [("health", _("Medical care")), ("family", _("Family tracing")), ("school", _("School"))]
REGIONS = [("", _("All regions")), ("ML05", "Mopti"), ("ML07", "Gao"), ("ML06", "Tombouctou")]
STATUSES = [
    ("", _("All statuses")),
    ("pending", pgettext_lazy("status", "Pending")),
    ("verified", pgettext_lazy("status", "Verified")),
]


class ExampleForm(forms.Form):
    """One of each control that a person meets."""

    title = forms.CharField(label=_("In a few words"), help_text=_("No names of people."), max_length=80)
    day = DayField(
        label=_("Day of the event"), help_text=_("If you only know the month, give its first day.")
    )
    kind = OneOfField(label=_("How is it known?"), choices=KINDS)
    boys = CountField(label=_("Boys"), initial=3)
    girls = CountField(label=_("Girls"), initial=2)
    unknown = CountField(label=_("Sex not known"), initial=1)
    total = CountField(label=_("Total told"), initial=7)
    region = forms.ChoiceField(label=_("Region"), choices=REGIONS)
    needs = SomeOfField(label=_("What is needed first?"), choices=NEEDS, required=False)
    account = forms.CharField(
        label=_("What happened"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    protect = forms.BooleanField(label=_("A child is in danger now"), required=False)


class ExampleFilter(forms.Form):
    """Filters that live in the address."""

    region = forms.ChoiceField(label=_("Region"), choices=REGIONS, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=STATUSES, required=False)
    since = DayField(label=_("Since"), required=False)
