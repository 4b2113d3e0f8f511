"""A child as the register knows one: sex, age and how it is known, association; and the worklist's filter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.mhpss.forms.services import unit_of
from sutura.parties.models import Party
from sutura.partners.models import Organisation
from sutura.response.choices import AgeBand, AgeBasis, Association, Due, Kind, Sex, SiteKind, Stage
from sutura.response.forms.steps import BLANK, StepForm
from sutura.ui.fields import CountField, DayField, OneOfField


class ChildForm(forms.Form):
    """What is known of the child, by code."""

    sex = OneOfField(label=_("Sex"), choices=Sex.choices)
    age = CountField(
        label=_("Age"),
        max_value=17,
        required=False,
        help_text=_("At the encounter. Leave it empty if unknown."),
    )
    age_basis = forms.ChoiceField(
        label=_("How is the age known?"), choices=[BLANK, *AgeBasis.choices], required=False
    )
    association = OneOfField(
        label=_("Was the child with an armed force or group?"), choices=Association.choices,
        help_text=_("This answer never leaves this register without a consent of its own."),
    )  # fmt: skip
    party: Any = forms.ModelChoiceField(
        queryset=Party.objects.all(), label=_("Which one?"), required=False, to_field_name="public_id"
    )


class NewDocketForm(ChildForm, StepForm):
    """A child met for the first time: the child, and the encounter."""

    field_order = (
        "sex", "age", "age_basis", "association", "party", "answer", "day", "month_only", "at", "zone", "actor",
        "organisation", "place",
    )  # fmt: skip

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, kind=Kind.ENCOUNTER, by=by, **kwargs)
        self.fields["place"].required = True
        self.fields["day"].label = _("When was the child met or arrested?")
        self.fields["actor"].label = _("By whom?")

    def clean(self) -> dict[str, Any]:
        """The docket belongs to the region of the encounter."""
        said = super().clean()
        if said.get("place") is not None:
            said["region"] = said["place"].region
        return said


class DocketFilter(forms.Form):
    """What the worklist shows."""

    show = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[("", _("what is overdue")), ("open", _("all open dockets")), ("all", _("all dockets"))],
    )  # fmt: skip
    region = forms.ChoiceField(label=_("Region"), required=False)
    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", pgettext_lazy("filter", "any")), *Stage.choices]
    )
    due = forms.ChoiceField(
        label=_("Due next"), required=False, choices=[("", pgettext_lazy("filter", "any")), *Due.choices]
    )
    code = forms.CharField(label=_("Code"), required=False, max_length=12)

    def __init__(self, *args: Any, regions: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", pgettext_lazy("filter", "any")), *regions.items()]  # type: ignore[attr-defined]


class IndicatorFilter(forms.Form):
    """Of which encounters the indicators are read."""

    since = DayField(label=_("Met from"), required=False)
    until = DayField(label=_("until"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", pgettext_lazy("filter", "any")), *Sex.choices]
    )
    ages = forms.ChoiceField(
        label=_("Age"), required=False, choices=[("", pgettext_lazy("filter", "any")), *AgeBand.choices]
    )
    party: Any = forms.ModelChoiceField(
        queryset=Party.objects.all(), label=_("Party of association"), required=False, to_field_name="code",
        empty_label=pgettext_lazy("filter", "any"),
    )  # fmt: skip

    def __init__(self, *args: Any, regions: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", pgettext_lazy("filter", "any")), *regions.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        said = super().clean() or self.cleaned_data
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("This day is before the first one. Correct it."))
        return said


class SiteForm(forms.Form):
    """A place of detention or a centre."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Of the place, never of a person."))
    kind = OneOfField(label=_("What is it?"), choices=SiteKind.choices)
    place = forms.CharField(
        label=_("Where?"), max_length=120,
        help_text=_("A commune, a cercle or a region: its P-code, or a path such as Mopti / Djenné."),
    )  # fmt: skip
    run_by: Any = forms.ModelChoiceField(
        queryset=Organisation.objects.in_use(), label=_("Run by"), required=False, to_field_name="public_id"
    )

    def clean_place(self) -> Any:
        """The unit that the text means."""
        return unit_of(self.cleaned_data["place"])


class LimitsForm(forms.Form):
    """A new version of the time limits, each with its source."""

    valid_from = DayField(label=_("For encounters from"))
    handover_hours = CountField(label=_("Hours until the handover"), min_value=1, max_value=2000)
    handover_source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("The text and its article.")
    )
    plan_hours = CountField(label=_("Hours until the care plan"), min_value=1, max_value=2000)
    plan_source = forms.CharField(label=_("Source"), max_length=200)
    months = forms.CharField(
        label=_("Months of follow-up"), max_length=60, help_text=_("Such as 1 3 6 12 18.")
    )
    months_source = forms.CharField(label=_("Source"), max_length=200)
    confirm_days = CountField(
        label=_("Days until a detention is confirmed again"), min_value=1, max_value=1000
    )
    confirm_source = forms.CharField(label=_("Source"), max_length=200)

    def clean_months(self) -> list[int]:
        """The numbers."""
        typed = self.cleaned_data["months"].replace(",", " ").split()
        if not all(each.isdecimal() and 0 < int(each) <= 120 for each in typed):
            raise forms.ValidationError(_("Write the months of follow-up, such as 1 3 6 12 18."))
        return [int(each) for each in typed]
