"""What a keeper types about the courses of institutes, initiatives of sectors, and themes for several of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.capacity.choices import Carried, CourseLevel, GroupTheme, UnitState
from sutura.capacity.forms.fields import OneOfRegister, PlacedFilter, RegionField, RegisterForm
from sutura.capacity.models import Course, Module
from sutura.capacity.rules import AHEAD
from sutura.partners.choices import OrganisationKind, Sector
from sutura.partners.models import Organisation
from sutura.ui.fields import CountField, DayField, OneOfField, SomeOfField

NEUTRAL = _("At most 280 characters. No name, no telephone, no date, nothing of a child or a family.")


class CourseForm(RegisterForm):
    """A course of study."""

    institute: Any = OneOfRegister(
        Organisation,
        label=_("Which institute?"),
        help_text=_("An institute that is missing is first added to the organisations."),
    )
    name = forms.CharField(label=_("Name of the course"), max_length=150)
    level = OneOfField(label=_("Where does it lead?"), choices=CourseLevel.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["institute"]
        field.queryset = field.queryset.in_use().filter(kind=OrganisationKind.TRAINING)


class UnitForm(RegisterForm):
    """A module is proposed to a course."""

    course: Any = OneOfRegister(Course, label=_("To which course?"))
    module: Any = OneOfRegister(Module, label=_("Which module?"))
    hours = CountField(label=_("Hours in the course"), min_value=1, max_value=500)
    since = DayField(label=_("Proposed on"), initial=timezone.localdate)


class StepForm(forms.Form):
    """The next step of a module in a course."""

    state = forms.ChoiceField(label=_("What comes next?"), widget=forms.RadioSelect)
    since = DayField(label=_("Since"), initial=timezone.localdate)
    words = forms.CharField(
        label=_("Who decided?"), max_length=200, required=False, help_text=_("Such as: pedagogical council.")
    )
    year = forms.CharField(
        label=_("Academic year"), max_length=9, required=False,
        help_text=_("When it is taught: such as 2026-2027. Each year is noted once."),
    )  # fmt: skip
    women = CountField(label=_("Women among the students"), max_value=10_000, required=False)
    men = CountField(label=_("Men among the students"), max_value=10_000, required=False)

    def __init__(self, *args: Any, last: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(state, UnitState(state).label) for state in AHEAD[last]]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]


class InitiativeForm(RegisterForm):
    """An initiative of a sector."""

    title = forms.CharField(label=_("Title"), max_length=150)
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", "—"), *Sector.choices])
    organisation: Any = OneOfRegister(Organisation, label=_("Led by"))
    carried = OneOfField(label=_("With UNICEF, or outside?"), choices=Carried.choices)
    region = RegionField(whole=True)
    themes = SomeOfField(label=_("Themes"), choices=GroupTheme.choices)
    module: Any = OneOfRegister(
        Module,
        label=_("Which module of ours does it equal?"),
        required=False,
        help_text=_("For a training of another sector that teaches the same; else leave it empty."),
    )
    starts_on = DayField(label=_("From"), initial=timezone.localdate)
    ends_on = DayField(label=_("Until"), required=False)
    words = forms.CharField(
        label=_("In one sentence"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NEUTRAL,
    )


class JointThemeForm(RegisterForm):
    """A theme for several sectors."""

    theme = forms.ChoiceField(label=_("Which theme?"), choices=[("", "—"), *GroupTheme.choices])
    region = RegionField(whole=True)
    sectors = SomeOfField(label=_("Which sectors must answer together?"), choices=Sector.choices)
    why = forms.CharField(
        label=_("Why together?"), widget=forms.Textarea(attrs={"rows": 3}), help_text=NEUTRAL
    )
    raised_on = DayField(label=_("Asked on"), initial=timezone.localdate)


class AnswerForm(forms.Form):
    """How the sectors answered."""

    answered_on = DayField(label=_("Answered on"), initial=timezone.localdate)
    answer = forms.CharField(
        label=_("What is the answer?"), widget=forms.Textarea(attrs={"rows": 3}), help_text=NEUTRAL
    )


class InitiativeFilter(PlacedFilter):
    """Filters of the register of initiatives, as they stand in the address."""

    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("All")), *Sector.choices])
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=[("", _("All")), *GroupTheme.choices])
    when = forms.ChoiceField(
        label=_("When"), required=False, choices=[("", _("All")), ("now", _("under way"))]
    )
