"""What a keeper types about modules, pathways, people, cohorts, sessions and results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.capacity.choices import Cadre, Cancelled, DropOut, Mastery, Mode, Sex, TestKind
from sutura.capacity.forms.fields import (
    OneOfRegister,
    PlacedFilter,
    RegionField,
    RegisterForm,
    SomeOfRegister,
)
from sutura.capacity.models import Competency, Enrolment, Module, Pathway, Professional, Session
from sutura.partners.models import Organisation
from sutura.ui.fields import CountField, DayField, OneOfField


class ModuleForm(forms.Form):
    """A module, or its next version."""

    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("The code of a known module makes its next version.")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    hours = CountField(label=_("Hours"), min_value=1, max_value=500)
    objectives = forms.CharField(
        label=_("Objectives"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    competencies = forms.CharField(
        label=_("Competencies, one a line"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("What somebody can do afterwards."),
    )  # fmt: skip
    harmonised_on = DayField(label=_("Harmonised by the working group on"), required=False)
    refresh_months = CountField(
        label=_("Refresher after how many months?"), required=False, min_value=1, max_value=120
    )

    def clean_competencies(self) -> list[str]:
        """One competency a line."""
        return [line.strip()[:200] for line in self.cleaned_data["competencies"].splitlines() if line.strip()]


class PathwayForm(RegisterForm):
    """A pathway, or its next version."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("The title of a known pathway makes its next version.")
    )
    cadre = OneOfField(label=_("Whom does it train?"), choices=Cadre.choices)
    modules: Any = SomeOfRegister(Module, label=_("Modules nobody may miss"))
    optional: Any = SomeOfRegister(Module, label=_("Optional modules"), required=False)
    attendance_percent = CountField(
        label=_("Half-days to attend, in %"), min_value=1, max_value=100, initial=80
    )
    test_percent = CountField(
        label=_("Last test to reach, in %"), min_value=1, max_value=100, required=False,
        help_text=_("Leave it empty where no test is asked."),
    )  # fmt: skip
    valid_from = DayField(label=_("Valid from"), initial=timezone.localdate)


class ProfessionalForm(RegisterForm):
    """A professional: what concerns her work, and nothing of her life or health."""

    name = forms.CharField(label=_("Name"), max_length=120)
    sex = OneOfField(label=_("Sex"), choices=Sex.choices)
    birth_year = forms.IntegerField(
        label=_("Year of birth"), required=False, widget=forms.NumberInput(attrs={"class": "short"})
    )
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    cadre = OneOfField(label=_("Group"), choices=Cadre.choices)
    profession = forms.CharField(label=_("Profession"), max_length=100, required=False)
    employer: Any = OneOfRegister(Organisation, label=_("Employer"), required=False)
    region = RegionField()
    consented_on = DayField(
        label=_("On which day did she consent to be in the register?"), initial=timezone.localdate,
        help_text=_("Tell her what it is for and who reads it. Without her consent she is not entered."),
    )  # fmt: skip


class CohortForm(RegisterForm):
    """A cohort."""

    code = forms.CharField(label=_("Code"), max_length=30, help_text=_("Such as MOPTI-2026-1."))
    pathway: Any = OneOfRegister(Pathway, label=_("Pathway"))
    organiser: Any = OneOfRegister(Organisation, label=_("Organised by"))
    funder: Any = OneOfRegister(Organisation, label=_("Funded by"), required=False)
    region = RegionField()
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))
    capacity = CountField(label=_("Number of places"), required=False, min_value=1, max_value=500)
    criteria = forms.CharField(label=_("How are people chosen?"), max_length=300, required=False)


class ChangeCohortForm(forms.Form):
    """What may change of a cohort that began."""

    capacity = CountField(label=_("Number of places"), required=False, min_value=1, max_value=500)
    ends_on = DayField(label=_("Until"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    criteria = forms.CharField(label=_("How are people chosen?"), max_length=300, required=False)


class SessionForm(RegisterForm):
    """A session of a cohort."""

    module: Any = OneOfRegister(Module, label=_("Module"))
    held_on = DayField(label=_("First day"))
    half_days = CountField(label=_("Half-days"), min_value=1, max_value=20, initial=2)
    trainers: Any = SomeOfRegister(Professional, label=_("Trainers"), required=False)
    language = forms.CharField(label=_("Language"), max_length=60, required=False)
    mode = OneOfField(label=_("How?"), choices=Mode.choices, initial=Mode.IN_PERSON)
    cancelled = forms.ChoiceField(
        label=_("Not held because of"), required=False, choices=[("", _("it was held, or will be")), *Cancelled.choices]
    )  # fmt: skip

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["module"]
        field.queryset = field.queryset.filter(steps__pathway=pathway)  # type: ignore[attr-defined]
        trainers = self.fields["trainers"]
        trainers.queryset = trainers.queryset.single().filter(  # type: ignore[attr-defined]
            cadre__in=(Cadre.TRAINER, Cadre.SUPERVISOR)
        )


class EnrolmentForm(RegisterForm):
    """Who joins a cohort."""

    professional: Any = OneOfRegister(Professional, label=_("Who?"))
    enrolled_on = DayField(label=_("Enrolled on"), initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["professional"]
        field.queryset = field.queryset.single()  # type: ignore[attr-defined]


class AttendanceForm(forms.Form):
    """Who was there: a tick a half-day."""

    def __init__(self, *args: Any, session: Session, enrolments: Iterable[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(enrolment.public_id): enrolment for enrolment in enrolments}
        self.half_days = range(1, session.half_days + 1)
        ticks = [f"{public_id} {half}" for public_id in self.known for half in self.half_days]
        self.fields["present"] = forms.MultipleChoiceField(
            label=_("Present"), required=False, choices=[(tick, tick) for tick in ticks]
        )

    def clean_present(self) -> list[tuple[Enrolment, int]]:
        """Pairs of an enrolment and a half-day."""
        ticks = [tick.split() for tick in self.cleaned_data["present"]]
        return [(self.known[public_id], int(half)) for public_id, half in ticks]


class TestForm(forms.Form):
    """A result in percent; the answers stay on paper."""

    kind = OneOfField(label=_("Which test?"), choices=TestKind.choices)
    taken_on = DayField(label=_("Taken on"), initial=timezone.localdate)
    percent = CountField(label=_("Result in %"), max_value=100)
    instrument = forms.CharField(label=_("Version of the test"), max_length=60, required=False)


class MarkForm(forms.Form):
    """How far a competency was shown."""

    competency: Any = forms.ModelChoiceField(label=_("Competency"), queryset=Competency.objects.none())
    level = forms.TypedChoiceField(
        label=_("Level"), choices=Mastery.choices, coerce=int, widget=forms.RadioSelect
    )
    seen_on = DayField(label=_("Seen on"), initial=timezone.localdate)

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taught = Competency.objects.filter(module__steps__pathway=pathway)
        self.fields["competency"].queryset = taught  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Why somebody leaves."""

    left_on = DayField(label=_("Left on"), initial=timezone.localdate)
    left_for = OneOfField(label=_("Why?"), choices=DropOut.choices)


class CertifyForm(forms.Form):
    """Who signs a certificate."""

    issued_on = DayField(label=_("Issued on"), initial=timezone.localdate)
    signatories = forms.CharField(label=_("Signed by"), max_length=200)


class RevokeForm(forms.Form):
    """Why a certificate no longer stands."""

    why = forms.CharField(label=_("Why is it revoked?"), max_length=300)


class CodeForm(forms.Form):
    """The code of a certificate, as it is printed."""

    code = forms.CharField(label=_("Code of the certificate"), max_length=30)


class RegisterFilter(PlacedFilter):
    """Filters of the register."""

    q = forms.CharField(label=_("Name"), required=False, max_length=120)
    cadre = forms.ChoiceField(label=_("Group"), required=False, choices=[("", _("All")), *Cadre.choices])
    certified = forms.ChoiceField(
        label=_("Certificate"), required=False, choices=[("", _("All")), ("yes", _("certified"))]
    )
    supervised = forms.ChoiceField(
        label=_("Supervision"), required=False, choices=[("", _("All")), ("no", _("nobody supervises her"))]
    )
    field_order = ["q", "region", "cadre"]

    def __init__(self, *args: Any, names: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not names:
            del self.fields["q"], self.fields["certified"], self.fields["supervised"]
