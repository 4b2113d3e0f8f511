"""What a keeper types about supervision, peer support and quality visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sutura.capacity.choices import PeerKind, PeerPurpose, QualityItem, QualityMark, SupervisionKind
from sutura.capacity.forms.fields import OneOfRegister, RegionField, RegisterForm
from sutura.capacity.models import Cohort, Group, Professional
from sutura.partners.models import Organisation
from sutura.ui.fields import CountField, DayField, OneOfField

NOT_APPLICABLE = "na"


class SupervisionForm(RegisterForm):
    """Who is supervised by whom, and how often."""

    professional: Any = OneOfRegister(Professional, label=_("Who is supervised?"))
    supervisor: Any = OneOfRegister(
        Professional, label=_("By whom?"), help_text=_("Best apart from the line of command.")
    )
    kind = OneOfField(label=_("Kind"), choices=SupervisionKind.choices)
    every_days = CountField(
        label=_("Days planned between two meetings"), min_value=1, max_value=365, initial=30
    )
    starts_on = DayField(label=_("From"), initial=timezone.localdate)
    ends_on = DayField(label=_("Until"), required=False)


class SupervisionMeetingForm(forms.Form):
    """A meeting."""

    held_on = DayField(label=_("Met on"), initial=timezone.localdate)
    minutes = CountField(label=_("Length in minutes"), min_value=1, max_value=1000)


class SchemeForm(RegisterForm):
    """A scheme of peer support; numbers, no names, nothing of anybody's health."""

    kind = OneOfField(label=_("Which peer support?"), choices=PeerKind.choices)
    name = forms.CharField(label=_("Name"), max_length=120)
    region = RegionField()
    organisation: Any = OneOfRegister(Organisation, label=_("Organisation"))
    charter_on = DayField(label=_("Charter accepted on"), required=False)
    opened_on = DayField(label=_("Opened on"), initial=timezone.localdate)
    supporters = CountField(label=_("People who support"), max_value=10_000)
    supervised = CountField(label=_("Of whom supervised"), max_value=10_000)


class ContactForm(forms.Form):
    """A contact of peer support."""

    met_on = DayField(label=_("Met on"), initial=timezone.localdate)
    people = CountField(label=_("People met"), min_value=1, max_value=1000)
    minutes = CountField(label=_("Length in minutes"), min_value=1, max_value=1000)
    purpose = OneOfField(label=_("What for?"), choices=PeerPurpose.choices)
    alerted = forms.BooleanField(label=_("An alert had to be raised"), required=False)


class QualityVisitForm(RegisterForm):
    """A quality visit: the checklist, and two short notes."""

    cohort: Any = OneOfRegister(Cohort, label=_("Which cohort was visited?"), required=False)
    group: Any = OneOfRegister(Group, label=_("Or which practice group?"), required=False)
    visited_on = DayField(label=_("Visited on"), initial=timezone.localdate)
    visitors = forms.CharField(
        label=_("Who visited?"), max_length=120, help_text=_("The service or organisation.")
    )
    strengths = forms.CharField(
        label=_("What is good"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    improvements = forms.CharField(
        label=_("What is to be improved"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("At most 280 characters. No name, no telephone, no date, nothing of a child or a family."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = [("", "—"), *reversed(QualityMark.choices), (NOT_APPLICABLE, _("does not apply"))]
        for item in QualityItem:
            self.fields[item.value] = forms.ChoiceField(label=capfirst(item.label), choices=marks)
        self.order_fields(["cohort", "group", "visited_on", "visitors", *QualityItem.values])

    def clean(self) -> dict[str, Any]:
        """The marks by item, apart from the rest."""
        said = super().clean() or self.cleaned_data
        told = {item: said.pop(item, NOT_APPLICABLE) for item in QualityItem.values}
        marks = {item: None if mark == NOT_APPLICABLE else int(mark) for item, mark in told.items()}
        return said | {"marks": marks}
