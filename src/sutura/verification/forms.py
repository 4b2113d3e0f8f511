"""What a person typed about a judgement or a sitting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import regions
from sutura.incidents.choices import Status, Type
from sutura.places.models import Unit
from sutura.ui.fields import DayField, OneOfField
from sutura.verification.choices import Level, Mode
from sutura.verification.models import Sitting
from sutura.verification.rules import CTFMR, DECIDED

ORDER = (Status.VERIFIED, Status.COULD_NOT_VERIFY, Status.PENDING, Status.NOT_MRM, Status.DID_NOT_OCCUR)


class BenchFilter(forms.Form):
    """The filters of the bench, as they stand in the address."""

    age = forms.CharField(required=False, widget=forms.HiddenInput)
    region = forms.ChoiceField(label=_("Region"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=[("", _("All types")), *Type.choices], required=False)
    stage = forms.ChoiceField(
        label=_("Waits for"), choices=[("", _("Any level")), *Level.choices], required=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = regions(user, "verification.read")
        units = Unit.objects.regions().values_list("code", "name")
        self.regions = {code: name for code, name in units if code in held}
        self.fields["region"].choices = [("", _("All regions")), *self.regions.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are understood, by name."""
        self.is_valid()
        typed = getattr(self, "cleaned_data", {})
        return {name: value for name, value in typed.items() if value and name != "age"}

    @property
    def days(self) -> int:
        """The step of age asked for; 0 for any."""
        return next((days for days in settings.SUTURA_QUEUE_DAYS if self.data.get("age") == str(days)), 0)


class OpinionForm(forms.Form):
    """An opinion: what is concluded, on which day, why; and why an exception is made, if one is."""

    status = OneOfField(label=_("Opinion"))
    given_on = DayField(label=_("Date"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("What convinced you, or what is missing. Codes, no names."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    exception = forms.CharField(
        label=_("Exception to the minimum of sources"),
        help_text=_("Only to verify without a graded primary source: say what stands in its place."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, level: str, current: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = choices_for(level, current)  # type: ignore[attr-defined]
        if level == CTFMR:
            self.fields["status"].label = _("Decision")
        self.fields["given_on"].initial = timezone.localdate
        self.fields["given_on"].widget.attrs["max"] = timezone.localdate().isoformat()


def choices_for(level: str, current: str) -> list[tuple[str, Any]]:
    """What may be concluded, in words; pending means another thing to each level."""
    pending: Any = _("Not yet: more evidence is needed")
    if level == CTFMR:
        pending = _("Reopen: back to pending") if current in DECIDED else _("Defer to another sitting")
    return [(status.value, pending if status == Status.PENDING else status.label) for status in ORDER]


class SittingForm(forms.ModelForm):
    """A sitting: its day, how it is held, and what it noted."""

    held_on = DayField(label=_("Day of the sitting"))
    mode = OneOfField(label=_("How it is held"), choices=Mode.choices, initial=Mode.IN_PERSON)

    class Meta:
        model = Sitting
        fields = ("held_on", "mode", "venue", "attendance", "access_issues", "recommendations")
        labels = {
            "venue": _("Venue"),
            "attendance": _("Organisations present"),
            "access_issues": _("Access issues noted"),
            "recommendations": _("Recommendations"),
        }
        help_texts = {
            "attendance": _("One organisation a line, without names of people."),
            "access_issues": _("Goes into the minutes: no names."),
            "recommendations": _("Goes into the minutes: no names."),
        }
        widgets = {
            "attendance": forms.Textarea(attrs={"rows": 4}),
            "access_issues": forms.Textarea(attrs={"rows": 3}),
            "recommendations": forms.Textarea(attrs={"rows": 3}),
        }


class AgendaForm(forms.Form):
    """Violations to put on the agenda: picked from those which wait for the task force, or named by reference."""

    violations = forms.MultipleChoiceField(
        label=_("Waiting for the task force"), widget=forms.CheckboxSelectMultiple, required=False
    )
    references = forms.CharField(
        label=_("Other violations, by reference"),
        help_text=_("One reference a line, such as INC-2026-00012-V1: to reopen a decision, for instance."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=4000,
    )

    def __init__(self, *args: Any, offered: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["violations"].choices = offered  # type: ignore[attr-defined]

    def clean_references(self) -> list[str]:
        """Each reference once, in capitals."""
        return sorted({word.upper() for word in self.cleaned_data["references"].replace(",", " ").split()})
