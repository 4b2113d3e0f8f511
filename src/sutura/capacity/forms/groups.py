"""What a keeper types about practice groups: numbers and codes; the note is short and tells of nobody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.capacity.choices import Cancelled, GroupNeed, GroupState, GroupTheme, Mode
from sutura.capacity.forms.fields import OneOfRegister, PlacedFilter, RegionField, RegisterForm
from sutura.capacity.models import Cohort, Professional
from sutura.partners.models import Organisation
from sutura.ui.fields import CountField, DayField, OneOfField, SomeOfField


class GroupForm(RegisterForm):
    """A practice group."""

    code = forms.CharField(label=_("Code"), max_length=30, help_text=_("Such as GAPP-MOPTI-1."))
    name = forms.CharField(label=_("Name"), max_length=120)
    region = RegionField()
    host: Any = OneOfRegister(Organisation, label=_("Hosted by"))
    facilitator: Any = OneOfRegister(
        Professional,
        label=_("Facilitator"),
        required=False,
        help_text=_("Best outside the hierarchy of the members."),
    )
    second: Any = OneOfRegister(Professional, label=_("Second facilitator"), required=False)
    charter_on = DayField(
        label=_("Charter accepted on"), required=False,
        help_text=_("Respect, regularity, confidentiality, involvement: accepted at the first sitting."),
    )  # fmt: skip
    days_between = CountField(
        label=_("Days planned between two sittings"), min_value=1, max_value=365, initial=30
    )
    opened_on = DayField(label=_("Opened on"), initial=timezone.localdate)


class ChangeGroupForm(GroupForm):
    """A change; also when it was suspended or closed."""

    suspended_on = DayField(label=_("Suspended on"), required=False)
    closed_on = DayField(label=_("Closed on"), required=False)


class SittingForm(forms.Form):
    """A sitting: how many came and on what. Not what was said."""

    held_on = DayField(label=_("Held on"), initial=timezone.localdate)
    women = CountField(label=_("Women present"), max_value=100, initial=0)
    men = CountField(label=_("Men present"), max_value=100, initial=0)
    situations = CountField(label=_("Situations analysed"), max_value=50, initial=0)
    minutes = CountField(label=_("Length in minutes"), max_value=1000, required=False)
    mode = OneOfField(label=_("How?"), choices=Mode.choices, initial=Mode.IN_PERSON)
    themes = SomeOfField(label=_("Themes"), choices=GroupTheme.choices, required=False)
    needs = SomeOfField(label=_("What does the group ask for?"), choices=GroupNeed.choices, required=False)
    note = forms.CharField(
        label=_("Neutral note"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At most 280 characters. No name, no telephone, no date, nothing of a child or a family."),
    )  # fmt: skip
    cancelled = forms.ChoiceField(
        label=_("Not held because of"), required=False, choices=[("", _("it was held")), *Cancelled.choices]
    )


class BoardFilter(PlacedFilter):
    """Filters of the board, as they stand in the address."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *GroupState.choices])


class RuleForm(forms.Form):
    """What “functional” is to mean from now on."""

    window_days = CountField(label=_("Days looked back"), min_value=1, max_value=730)
    sittings = CountField(label=_("Sittings at least"), min_value=1, max_value=50)
    attendance = CountField(label=_("Median attendance at least"), min_value=1, max_value=50)


class PlanForm(RegisterForm):
    """The cohort in which a training asked for is planned."""

    cohort: Any = OneOfRegister(Cohort, label=_("In which cohort?"))
