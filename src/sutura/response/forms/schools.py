"""What somebody notes of a school: codes, days as they are known, an office; never a sentence about a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.coordination.models import Body
from sutura.mhpss.forms.services import unit_of
from sutura.places.choices import FacilityKind
from sutura.places.models import Facility
from sutura.places.rules import fold
from sutura.response.choices import Correction, Precision
from sutura.response.choices.schools import (
    LINE_ANSWERS,
    LINE_QUESTIONS,
    Basis,
    Line,
    Office,
    Shown,
    Task,
    TaskLate,
    TaskState,
)
from sutura.response.forms.steps import BLANK, WhenForm
from sutura.response.models import SchoolAction, SchoolLine
from sutura.ui.fields import DayField, OneOfField

ANY = ("", pgettext_lazy("filter", "any"))


class SchoolForm(forms.Form):
    """A school that no incident names yet; one of the register is found by its name and place."""

    name = forms.CharField(
        label=_("Name of the school"),
        max_length=200,
        help_text=_("As the academy writes it, never a person."),
    )
    place = forms.CharField(
        label=_("Where?"), max_length=120,
        help_text=_("A commune, a cercle or a region: its P-code, or a path such as Mopti / Djenné."),
    )  # fmt: skip

    def clean_place(self) -> Any:
        """The unit that the text means."""
        return unit_of(self.cleaned_data["place"])

    def clean(self) -> dict[str, Any]:
        """The school of the register of that name there, where there is one alone."""
        said = super().clean() or self.cleaned_data
        if said.get("place") is not None and said.get("name"):
            schools = Facility.objects.within(said["place"]).filter(kind=FacilityKind.SCHOOL)
            same = list(schools.filter(folded=fold(said["name"]))[:2])
            if len(same) > 1:
                self.add_error(
                    "place", _("The register has several schools of this name here: write the commune.")
                )
            said["facility"] = same[0] if len(same) == 1 else None
        return said


class LineForm(WhenForm):
    """What became of a school: how, when, how it is known, and which office says so."""

    answer = OneOfField(label="")
    basis = OneOfField(label=_("How is it known?"), choices=Basis.choices)
    office = forms.ChoiceField(label=_("Which office says so?"), choices=[BLANK, *Office.choices])
    field_order = ("answer", "day", "month_only", "basis", "office", "why")

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("at", "zone"):
            del self.fields[name]
        if kind in LINE_ANSWERS:
            self.fields["answer"].label = str(LINE_QUESTIONS[Line(kind)])
            self.fields["answer"].choices = LINE_ANSWERS[kind].choices  # type: ignore[attr-defined]
        else:
            del self.fields["answer"]

    def clean(self) -> dict[str, Any]:
        """A day or a month; nobody notes minutes of a school."""
        said = super().clean()
        said.pop("moment", None)
        return said


class CorrectLineForm(LineForm):
    """A line that takes the place of another."""

    why = OneOfField(label=_("Why is it corrected?"), choices=[
        (code, label) for code, label in Correction.choices if code not in (Correction.DOCKET, Correction.PLACE)
    ])  # fmt: skip


class TakeBackLineForm(forms.Form):
    """Why a line no longer holds."""

    why = OneOfField(
        label=_("Why is it taken back?"),
        choices=[
            (Correction.TWICE, Correction.TWICE.label),
            (Correction.FACT, Correction.FACT.label),
            (Correction.PLACE, _("it belongs to another school")),
        ],
    )


class ActionForm(forms.Form):
    """What the education cluster waits for."""

    task = OneOfField(label=_("What is to be done?"), choices=Task.choices)
    office = forms.ChoiceField(label=_("By which office?"), choices=[BLANK, *Office.choices])
    due_on = DayField(label=_("Until when?"))


class AnswerActionForm(forms.Form):
    """How far it has come."""

    state = OneOfField(label=_("How far has it come?"), choices=TaskState.choices)
    done_on = DayField(label=_("If done, on which day?"), required=False)
    late_reason = forms.ChoiceField(
        label=_("If its day has passed, why?"), choices=[BLANK, *TaskLate.choices], required=False
    )


class SchoolFilter(forms.Form):
    """Which schools, of which region and period."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("until"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    show = forms.ChoiceField(label=_("Show"), required=False, choices=[ANY, *Shown.choices])

    def __init__(self, *args: Any, regions: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [ANY, *regions.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        said = super().clean() or self.cleaned_data
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("This day is before the first one. Correct it."))
        return said


class DeclarationForm(forms.Form):
    """The body that follows the commitments of the Safe Schools Declaration."""

    body: Any = forms.ModelChoiceField(
        queryset=None, label=_("Which body follows the Declaration?"), to_field_name="public_id"
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.kept_by(by).working()  # type: ignore[attr-defined]


def line_said(line: SchoolLine) -> dict[str, Any]:
    """What the form of a correction begins with."""
    return {
        "answer": line.answer, "day": line.day, "month_only": line.precision == Precision.MONTH, "basis": line.basis,
        "office": line.office,
    }  # fmt: skip


def action_said(action: SchoolAction) -> dict[str, Any]:
    """What the form of an answer begins with."""
    return {"state": action.state, "done_on": action.done_on, "late_reason": action.late_reason}
