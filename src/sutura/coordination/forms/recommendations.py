"""What a person typed about a recommendation: to write it, to move it, to report on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.recommendations import Blockage, Origin, Priority
from sutura.coordination.models import Axis, Body
from sutura.partners.models import Organisation
from sutura.places.choices import Edition
from sutura.places.models import Unit
from sutura.ui.fields import CountField, DayField, OneOfField

LINK_DAYS = [("14", _("14 days")), ("30", _("30 days")), ("60", _("60 days"))]
BY_LINK_BYTES = 900_000
"""A stranger's request is refused beyond one megabyte, before anything of it is read (`security.middleware`)."""


def regions() -> list[tuple[str, str]]:
    """The regions that a recommendation or a need may be about."""
    return list(Unit.objects.regions(Edition.COD_2021).values_list("code", "name"))


def lines(rows: int) -> forms.Textarea:
    """A box for words."""
    return forms.Textarea(attrs={"rows": rows})


class RecommendationFacts(forms.Form):
    """What a recommendation says, but for its body, its origin and its day."""

    text = forms.CharField(
        label=_("What is recommended?"),
        help_text=_("One act, one organisation. No name of a child, nothing of a case."),
        widget=lines(3),
        max_length=2000,
    )
    responsible: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("Responsible organisation"),
        help_text=_("It needs no account: it reports by a link or on paper."),
        to_field_name="public_id",
    )
    person = forms.CharField(
        label=_("Who is in charge there"),
        help_text=_("An office rather than a name."),
        max_length=120,
        required=False,
    )
    contributors: Any = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("Organisations that help"),
        to_field_name="public_id",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )
    priority = OneOfField(label=_("Priority"), choices=Priority.choices, initial=Priority.NORMAL)
    region = forms.ChoiceField(label=_("Region"), required=False)
    axis: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("Strategic axis"),
        help_text=_("Of a reference document."),
        to_field_name="public_id",
        required=False,
        empty_label=_("No axis named"),
    )
    theme: Any = forms.ModelChoiceField(
        queryset=None, label=_("Theme"), to_field_name="public_id", required=False
    )
    budget_need = forms.IntegerField(
        label=_("Budget needed, in CFA francs"), min_value=0, max_value=10**13, required=False
    )
    source = forms.CharField(
        label=_("Meeting, document or paragraph"),
        help_text=_("For example: 7th meeting, or S/AC.51/2020/11, paragraph 12."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, organisations: Any, themes: Any, axes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["responsible"].queryset = fields["contributors"].queryset = organisations
        fields["theme"].queryset, fields["axis"].queryset = themes, axes
        fields["axis"].label_from_instance = lambda each: f"{each} · {each.document}"
        fields["region"].choices = [("", _("The whole country")), *regions()]


class NewRecommendationForm(RecommendationFacts):
    """A recommendation to write down."""

    field_order = ("body", "text", "responsible", "due_on", "adopted")

    body: Any = forms.ModelChoiceField(queryset=None, label=_("Body"), to_field_name="public_id")
    origin = forms.ChoiceField(label=_("Born in"), choices=Origin.choices, initial=Origin.MEETING)
    party_code = forms.CharField(
        label=_("Code of the party"),
        help_text=_("For an action plan: the code of the register of parties."),
        max_length=20,
        required=False,
    )
    raised_on = DayField(label=_("Raised on"))
    due_on = DayField(label=_("To be done by"), required=False)
    adopted = forms.BooleanField(
        label=_("The body has adopted it"), help_text=_("Then it needs a day."), required=False
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].queryset = bodies
        fields["raised_on"].initial = timezone.localdate()


class ChangeRecommendationForm(RecommendationFacts):
    """The words of a recommendation, corrected; who is responsible, and the day, stay."""

    why = forms.CharField(label=_("Why this change?"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["responsible"]


class AdoptForm(forms.Form):
    due_on = DayField(label=_("To be done by"))


class ReportForm(forms.Form):
    """What was done, with its proof; the same for an account and for a link."""

    words = forms.CharField(label=_("What was done?"), widget=lines(3), max_length=2000)
    progress = CountField(label=_("Progress, in percent"), max_value=100)
    evidence = forms.CharField(
        label=_("What proves it?"),
        help_text=_("A list, a report, a decision and its number. Nothing of a child."),
        max_length=500,
        required=False,
    )
    file = forms.FileField(
        label=_("File"), help_text=_("A photograph, a PDF or an office document."), required=False
    )
    done = forms.BooleanField(
        label=_("It is done"), help_text=_("Another organisation will verify it."), required=False
    )


class LinkReportForm(ReportForm):
    """The same through a link, where only a small file passes."""

    def clean_file(self) -> Any:
        """A file that passes the door of strangers."""
        file = self.cleaned_data["file"]
        if file and file.size > BY_LINK_BYTES:
            said = _("The file is larger than 900 kB. Take a smaller photograph, or bring it on paper.")
            raise forms.ValidationError(said)
        return file


class VerifyForm(forms.Form):
    closing = forms.CharField(label=_("How did you see that it is done?"), widget=lines(2), max_length=1000)


class SendBackForm(forms.Form):
    reason = forms.CharField(label=_("What is still missing?"), widget=lines(2), max_length=500)


class BlockForm(forms.Form):
    blockage = OneOfField(label=_("What blocks it?"), choices=Blockage.choices)
    reason = forms.CharField(label=_("In one sentence"), max_length=500)


class DeferForm(forms.Form):
    due_on = DayField(label=_("New day"))
    reason = forms.CharField(label=_("Why does it need more time?"), max_length=500)


class LapseForm(forms.Form):
    reason = forms.CharField(label=_("Why is it no longer of use?"), max_length=500)


class ReplaceForm(forms.Form):
    successor: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("Replaced by"),
        help_text=_("Its reference."),
        to_field_name="ref",
        widget=forms.TextInput,
    )
    reason = forms.CharField(label=_("Why?"), max_length=500)

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["successor"].queryset = others
        fields["successor"].error_messages["invalid_choice"] = _(
            "No recommendation of this body has this reference."
        )


class LinkForm(forms.Form):
    days = OneOfField(label=_("How long does it open?"), choices=LINK_DAYS, initial="30")

    def clean_days(self) -> int:
        """As a number."""
        return int(self.cleaned_data["days"])


class VoidForm(forms.Form):
    why = forms.CharField(label=_("Why does it prove nothing?"), max_length=500)


SHOW = [
    ("open", _("Not closed")),
    ("late", _("Late")),
    ("escalated", _("Escalated to the lead of the body")),
    ("proposed", _("To adopt")),
    ("blocked", _("Those blocked")),
    ("deferred", _("Deferred")),
    ("declared", _("To verify")),
    ("verified", _("Verified")),
    ("closed", _("All closed ones")),
    ("all", _("All")),
]
AGES = [("0", "0–30"), ("1", "31–90"), ("2", "91–180"), ("3", "180+")]


class BoardFilter(forms.Form):
    """The filters of the board, as they stand in the address."""

    by = forms.CharField(required=False, widget=forms.HiddenInput)
    show = forms.ChoiceField(label=_("State"), choices=SHOW, required=False)
    body = forms.ChoiceField(label=_("Body"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    axis = forms.ChoiceField(label=_("Axis"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    age = forms.ChoiceField(label=_("Days since adoption"), choices=[("", _("All")), *AGES], required=False)
    q = forms.CharField(label=_("Reference or words"), max_length=80, required=False)

    def __init__(
        self,
        *args: Any,
        bodies: list[Body],
        organisations: list[Organisation],
        axes: list[Axis],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.regions = dict(regions())
        self.bodies = {str(body.public_id): body for body in bodies}
        self.organisations = {str(each.public_id): each for each in organisations}
        self.axes = {str(each.public_id): each for each in axes}
        found = {
            "body": [(key, body.acronym) for key, body in self.bodies.items()],
            "organisation": [(key, each.short) for key, each in self.organisations.items()],
            "axis": [(key, str(each)) for key, each in self.axes.items()],
            "region": list(self.regions.items()),
        }
        fields: Any = self.fields
        for name, known in found.items():
            fields[name].choices = [("", _("All")), *known]

    @property
    def in_force(self) -> dict[str, Any]:
        """The filters that are understood, by name."""
        self.is_valid()
        typed = getattr(self, "cleaned_data", {})
        return {name: value for name, value in typed.items() if value and name != "by"}
