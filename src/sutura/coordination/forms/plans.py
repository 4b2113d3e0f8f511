"""What a person typed about an action plan, its activities, its axes and what may pay for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.plans import ActivityKind, ActivityState, FundingStage
from sutura.coordination.forms.recommendations import lines, regions
from sutura.ui.fields import CountField, DayField, OneOfField

UNKNOWN = _("The directory does not know this organisation: choose one of the list, or add it there first.")


class MoneyField(forms.IntegerField):
    """An amount in CFA francs; spaces between thousands are taken as such."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("In CFA francs."))
        super().__init__(min_value=0, max_value=10**13, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """With the number keys on a phone."""
        return {**super().widget_attrs(widget), "inputmode": "numeric"}

    def to_python(self, value: Any) -> int | None:
        """`45 000 000` is forty-five millions."""
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)


class PlanForm(forms.Form):
    """A new plan."""

    body: Any = forms.ModelChoiceField(queryset=None, label=_("Body"), to_field_name="public_id")
    title = forms.CharField(label=_("Title"), max_length=150)
    document: Any = forms.ModelChoiceField(
        queryset=None, label=_("Reference document"), to_field_name="public_id", required=False,
        help_text=_("Of the library: its activities can then follow the axes of this document."),
    )  # fmt: skip
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))

    def __init__(self, *args: Any, bodies: Any, documents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].queryset = bodies
        fields["document"].queryset = documents


class ChangePlanForm(PlanForm):
    """The same; the body stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["body"]


class LineForm(forms.Form):
    """What a draft plans of an activity."""

    title = forms.CharField(label=_("What is to be done?"), max_length=250)
    kind = OneOfField(label=_("Kind"), choices=ActivityKind.choices, initial=ActivityKind.TECHNICAL)
    axis: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("Strategic axis"),
        to_field_name="public_id",
        required=False,
        empty_label=_("No axis named"),
    )
    result = forms.CharField(label=_("Expected result"), max_length=250, required=False)
    lead: Any = forms.ModelChoiceField(
        queryset=None, label=_("Lead organisation"), to_field_name="public_id",
        error_messages={"invalid_choice": UNKNOWN},
    )  # fmt: skip
    helpers: Any = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Partner organisations"), to_field_name="public_id", required=False,
        widget=forms.CheckboxSelectMultiple, error_messages={"invalid_choice": UNKNOWN},
    )  # fmt: skip
    region = forms.ChoiceField(label=_("Region"), required=False)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))
    budget = MoneyField(
        label=_("Budget"), required=False,
        help_text=_("In CFA francs; leave it empty if nobody has worked it out."),
    )  # fmt: skip

    def __init__(self, *args: Any, axes: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["axis"].queryset = axes
        fields["lead"].queryset = fields["helpers"].queryset = organisations
        fields["region"].choices = [("", _("The whole country")), *regions()]


class ActivityReportForm(forms.Form):
    """How far an activity has come."""

    state = OneOfField(label=_("State"), choices=ActivityState.choices)
    progress = CountField(label=_("Progress, in percent"), max_value=100)
    funded = MoneyField(label=_("Funded so far"))
    words = forms.CharField(
        label=_("In one sentence"), widget=lines(2), max_length=500, required=False,
        help_text=_("Needed when it is suspended or given up: say why. Nothing of a child."),
    )  # fmt: skip


class LeadForm(forms.Form):
    """Somebody who might pay."""

    donor = forms.CharField(label=_("Donor"), max_length=150)
    call = forms.CharField(label=_("Call for projects"), max_length=200, required=False)
    amount = MoneyField(label=_("Amount"), required=False)
    stage = OneOfField(label=_("Stage"), choices=FundingStage.choices, initial=FundingStage.SPOTTED)
    closes_on = DayField(label=_("Closing day"), required=False)
    activity: Any = forms.ModelChoiceField(
        queryset=None, label=_("For which activity?"), to_field_name="public_id", required=False,
        empty_label=_("the whole plan"),
    )  # fmt: skip
    words = forms.CharField(label=_("Notes"), widget=lines(2), max_length=500, required=False)

    def __init__(self, *args: Any, activities: Any, names: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["activity"]
        field.queryset = activities
        field.label_from_instance = lambda each: f"{each.number}. {names.get(each.pk, '')}".strip()


class AxisForm(forms.Form):
    """An axis of a reference document."""

    document: Any = forms.ModelChoiceField(
        queryset=None, label=_("Reference document"), to_field_name="public_id"
    )
    number = CountField(label=_("Number of the axis"), min_value=1, max_value=99)
    title = forms.CharField(label=_("Axis"), max_length=120, help_text=_("As the document words it."))

    def __init__(self, *args: Any, documents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["document"].queryset = documents


class ChangeAxisForm(AxisForm):
    """The same; the document stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["document"]


class LineFilter(forms.Form):
    """The filters of the activities of a version, as they stand in the address."""

    show = forms.ChoiceField(label=_("Which activities"), required=False)
    axis = forms.ChoiceField(label=_("Axis"), required=False)
    lead = forms.ChoiceField(label=_("Lead organisation"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, shows: Iterable[tuple[str, str]], held: Any, **kwargs: Any) -> None:
        """`held`: the planned activities of the version, from which the choices are taken."""
        super().__init__(*args, **kwargs)
        self.regions = dict(regions())
        axes = {str(each.axis.public_id): str(each.axis) for each in held if each.axis}
        leads = {str(each.lead.public_id): each.lead.short for each in held}
        where = {each.region for each in held}
        given: dict[str, Iterable[tuple[str, Any]]] = {
            "show": shows,
            "axis": axes.items(),
            "lead": sorted(leads.items(), key=lambda one: one[1]),
            "region": [(code, self.regions.get(code, code)) for code in sorted(where - {""})],
            "kind": ActivityKind.choices,
        }
        fields: Any = self.fields
        for name, known in given.items():
            fields[name].choices = [("", _("All")), *known]

    @property
    def in_force(self) -> dict[str, Any]:
        """The filters that are understood, by name."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


class FundingFilter(forms.Form):
    """The filters of the list of funding leads."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    plan = forms.ChoiceField(label=_("Action plan"), required=False)

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans = {str(each.public_id): each for each in plans}
        fields: Any = self.fields
        fields["plan"].choices = [
            ("", _("All")), *((key, f"{each.body.acronym} · {each.title}") for key, each in self.plans.items())
        ]  # fmt: skip

    @property
    def in_force(self) -> dict[str, Any]:
        """The filters that are understood, by name."""
        self.is_valid()
        found = getattr(self, "cleaned_data", {}).items()
        return {name: value for name, value in found if value and name != "tab"}
