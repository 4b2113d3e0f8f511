"""A line of a docket: what the form asks depends on what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.mhpss.forms.services import unit_of
from sutura.partners.models import Organisation
from sutura.response.choices import (
    ANSWERS,
    TO_COME,
    Actor,
    Correction,
    Kind,
    LateReason,
    Paper,
    Precision,
    Zone,
)
from sutura.response.models import Site, Step
from sutura.ui.fields import DayField, OneOfField

BLANK = ("", _("not stated"))
SIGNED = [BLANK, ("1", _("yes")), ("0", _("no"))]
QUESTIONS = {
    Kind.ENCOUNTER: _("How was the child met?"),
    Kind.HANDOVER: _("In what state did the child arrive?"),
    Kind.CARE: _("Where is the child cared for?"),
    Kind.TRACING: _("Where does the search stand?"),
    Kind.REUNIFICATION: _("To whom did the child return?"),
    Kind.PACKAGE: _("Which package, or its end?"),
    Kind.FOLLOW_UP: _("How is the child?"),
    Kind.OUTCOME: _("What became of the child?"),
    Kind.DETENTION: _("In what kind of place?"),
    Kind.LEGAL_BASIS: _("On what ground?"),
    Kind.CHARGE: _("What is the child accused of?"),
    Kind.JUDGE: _("Did the child see a judge?"),
    Kind.LAWYER: _("Did the child see a lawyer?"),
    Kind.SEPARATED: _("Is the child kept apart from adults?"),
    Kind.VISIT: _("What came of the visit?"),
    Kind.ILL_TREATMENT: _("What is alleged?"),
    Kind.HEARING: _("Where does the hearing stand?"),
    Kind.ADVOCACY: _("What was asked?"),
    Kind.RELEASE: _("How did the detention end?"),
    Kind.NEXT_ACTION: _("What is to be done?"),
}
WITH_SITE = (
    Kind.HANDOVER, Kind.CARE, Kind.DETENTION, Kind.SEPARATED, Kind.VISIT, Kind.RELEASE,
)  # fmt: skip
ONLY: dict[str, tuple[str, ...]] = {
    "site": WITH_SITE,
    "signed": (Kind.HANDOVER,),
    "late_reason": (Kind.HANDOVER,),
    "month": (Kind.FOLLOW_UP,),
}
"""Questions that some kinds of line alone ask."""


class WhenForm(forms.Form):
    """When, as far as anybody knows."""

    day = DayField(label=_("When?"), required=False, help_text=_("Leave it empty if nobody knows the day."))
    month_only = forms.BooleanField(label=_("Only the month is known"), required=False)
    at = forms.TimeField(
        label=_("At what time, if known?"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    zone = forms.ChoiceField(label=_("On whose clock?"), choices=Zone.choices, initial=Zone.BAMAKO)

    def clean(self) -> dict[str, Any]:
        """How exactly it is known, and the moment where it is known to the minute."""
        said = super().clean() or self.cleaned_data
        day, at, month_only = said.get("day"), said.pop("at", None), said.pop("month_only", False)
        if at and (month_only or not day):
            self.add_error("at", _("A time needs its day. Write the day, or leave out the time."))
        if month_only and not day:
            self.add_error("day", _("Choose any day of that month."))
        if self.errors:
            return said
        said["moment"] = datetime.combine(day, at, ZoneInfo(said["zone"])) if day and at else None
        said["precision"] = (
            Precision.UNKNOWN if not day else Precision.MONTH if month_only
            else Precision.TIME if at else Precision.DAY
        )  # fmt: skip
        return said


class StepForm(WhenForm):
    """Who, where, and the code which says how."""

    answer = OneOfField(label="")
    month = forms.TypedChoiceField(label=_("Which follow-up visit?"), coerce=int)
    actor = forms.ChoiceField(label=_("Who?"), choices=[BLANK, *Actor.choices], required=False)
    organisation: Any = forms.ModelChoiceField(
        queryset=Organisation.objects.in_use(), label=_("Which organisation?"), required=False,
        to_field_name="public_id", help_text=_("The office or organisation, never a person."),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Where?"), max_length=120, required=False,
        help_text=_("A commune, a cercle or a region: its P-code, or a path such as Mopti / Djenné."),
    )  # fmt: skip
    site: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("In which place of detention or centre?"),
        required=False,
        to_field_name="public_id",
    )
    signed = forms.ChoiceField(label=_("Was a record of handover signed?"), choices=SIGNED, required=False)
    late_reason = forms.ChoiceField(
        label=_("If it came after the limit, why?"), choices=[BLANK, *LateReason.choices], required=False
    )
    episode = forms.TypedChoiceField(label=_("After which encounter?"), coerce=int)

    field_order = (
        "answer", "month", "day", "month_only", "at", "zone", "actor", "organisation", "place", "site", "signed",
        "late_reason", "episode",
    )  # fmt: skip

    def __init__(
        self, *args: Any, kind: str, by: Any, months: tuple[int, ...] = (), encounters: int = 1, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["site"].queryset = Site.objects.visible_to(by).in_use()  # type: ignore[attr-defined]
        self.fields["month"].choices = [(month, month) for month in months]  # type: ignore[attr-defined]
        self.fields["episode"].choices = [(number, number) for number in range(encounters, 0, -1)]  # type: ignore[attr-defined]
        if kind in QUESTIONS:
            self.fields["answer"].label = QUESTIONS[Kind(kind)]
            self.fields["answer"].choices = ANSWERS[kind].choices  # type: ignore[attr-defined]
        else:
            del self.fields["answer"]
        for name, kinds in ONLY.items():
            if kind not in kinds:
                del self.fields[name]
        if encounters < 2:
            del self.fields["episode"]

    def clean_place(self) -> Any:
        """The unit that the text means."""
        typed = self.cleaned_data["place"]
        return unit_of(typed) if typed.strip() else None

    def clean_signed(self) -> bool | None:
        """Yes, no, or not stated."""
        return {"1": True, "0": False}.get(self.cleaned_data["signed"])

    def clean(self) -> dict[str, Any]:
        """A thing to come has a day."""
        said = super().clean()
        if self.kind in TO_COME and said.get("answer") in ("", "planned") and not said.get("day"):
            self.add_error("day", _("Write the day."))
        return said


class CorrectForm(StepForm):
    """A line that takes the place of another."""

    why = OneOfField(label=_("Why is it corrected?"), choices=Correction.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("episode", None)


class TakeBackForm(forms.Form):
    """Why a line no longer holds."""

    why = OneOfField(label=_("Why is it taken back?"), choices=Correction.choices)


class EvidenceForm(forms.Form):
    """A file kept with a line."""

    paper = OneOfField(label=_("What is it?"), choices=Paper.choices)
    file = forms.FileField(
        label=_("File"), help_text=_("It is sealed: only those who follow children in this region open it.")
    )


class WhyForm(forms.Form):
    """Why a sealed file is opened."""

    why = forms.CharField(
        label=_("Why do you open it?"), max_length=300, help_text=_("It is kept with your name.")
    )


def said_of(step: Step) -> dict[str, Any]:
    """What the form of a correction begins with."""
    moment = step.moment and step.moment.astimezone(ZoneInfo(step.zone))
    return {
        "answer": step.answer, "month": step.month, "day": step.day, "at": moment and moment.strftime("%H:%M"),
        "month_only": step.precision == Precision.MONTH, "zone": step.zone, "actor": step.actor,
        "organisation": step.organisation and step.organisation.public_id,
        "place": step.place.code if step.place else "", "site": step.site and step.site.public_id,
        "signed": "" if step.signed is None else str(int(step.signed)),
        "late_reason": step.late_reason,
    }  # fmt: skip
