"""A visit: planned, asked for, answered, made; the place by code, the children one by one, what is left to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.partners.models import Organisation
from sutura.response.choices import (
    Action,
    Answer,
    Correction,
    Crowding,
    Ending,
    Enough,
    Health,
    IllTreatment,
    Later,
    Mixed,
    Mode,
    NoEntry,
    Office,
    Seen,
    Standing,
    Task,
)
from sutura.response.forms.dockets import ChildForm
from sutura.response.forms.refs import one_docket
from sutura.response.forms.steps import BLANK
from sutura.response.models import Site
from sutura.ui.fields import CountField, DayField, OneOfField

MISTAKES = (Correction.DATE, Correction.FACT, Correction.PLACE, Correction.TWICE)
ANY = ("", pgettext_lazy("filter", "any"))


def maybe(label: Any, codes: Any, **more: Any) -> forms.ChoiceField:
    """A question that may stay open."""
    return forms.ChoiceField(label=label, choices=[BLANK, *codes.choices], required=False, **more)


def which_office(label: Any) -> forms.ChoiceField:
    """One office, out of many."""
    return forms.ChoiceField(label=label, choices=[("", "—"), *Office.choices])


def of_directory(label: Any, **more: Any) -> forms.ModelChoiceField:
    """One organisation of the directory."""
    return forms.ModelChoiceField(
        queryset=Organisation.objects.in_use(), label=label, to_field_name="public_id", **more
    )


class PlanForm(forms.Form):
    """Which place, when, by whom."""

    site: Any = forms.ModelChoiceField(
        queryset=None, label=_("Which place of detention or centre?"), to_field_name="public_id"
    )
    planned_on = DayField(label=_("Planned for"))
    lead: Any = of_directory(_("Which organisation leads?"))
    companions: Any = forms.ModelMultipleChoiceField(
        queryset=Organisation.objects.in_use(), label=_("Who else comes?"), to_field_name="public_id", required=False,
        help_text=_("Organisations, never people."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = Site.objects.visible_to(by).in_use()  # type: ignore[attr-defined]


class NothingForm(forms.Form):
    """Nothing is asked: to send it is the answer."""


class AskForm(forms.Form):
    """Whom and when."""

    asked_of = which_office(_("Which office was asked?"))
    asked_on = DayField(label=_("On which day?"), initial=timezone.localdate)


class AuthoriseForm(forms.Form):
    """Who agreed, and when."""

    answered_by = which_office(_("Which office answered?"))
    answered_on = DayField(label=_("On which day?"), initial=timezone.localdate)


class RefuseForm(AuthoriseForm):
    """Who refused, when, and with what reason."""

    no_entry = OneOfField(label=_("Which reason was given?"), choices=NoEntry.choices)


class PostponeForm(forms.Form):
    """To which day, and why."""

    planned_on = DayField(label=_("Planned for"))
    later = OneOfField(label=_("Why?"), choices=Later.choices)


class DropForm(forms.Form):
    """Why it will not be made."""

    later = OneOfField(label=_("Why?"), choices=Later.choices)


class UndoForm(forms.Form):
    """Why what was noted last is taken back."""

    why = OneOfField(label=_("Why is it taken back?"), choices=[(one, one.label) for one in MISTAKES])


class PlaceForm(forms.Form):
    """The place, by code; what nobody looked at stays open."""

    places = CountField(label=_("Places for children"), required=False, max_value=5000)
    children = CountField(
        label=_("Children counted there"), required=False, max_value=5000,
        help_text=_("All of them, followed or not. Leave it empty if nobody counted."),
    )  # fmt: skip
    crowding = maybe(_("Is there room?"), Crowding)
    mixed = maybe(_("Are children among adults?"), Mixed)
    food = maybe(_("Food and water"), Enough)
    care = maybe(_("Health care"), Enough)
    books = maybe(_("Is a register of children kept?"), Answer)
    alone = maybe(_("Could children be heard without a guard?"), Answer)


class HoldForm(PlaceForm):
    """The day, and the place."""

    made_on = DayField(label=_("On which day was it made?"), initial=timezone.localdate)
    field_order = ("made_on",)


class FoundForm(forms.Form):
    """What is told of a child; each answer becomes a line of the docket or stands beside it."""

    separated = maybe(_("Is the child kept apart from adults?"), Answer)
    lawyer = maybe(_("Did the child see a lawyer?"), Answer)
    ill_treatment = maybe(
        _("What is alleged?"), IllTreatment,
        help_text=_("Only what the child told without being asked for more. Nothing is looked for."),
    )  # fmt: skip
    health = maybe(_("How does the child seem?"), Health, help_text=_("A visitor judges no illness."))
    age_disputed = maybe(_("Is the age disputed?"), Answer)
    family = maybe(_("Is there contact with the family?"), Answer)
    action = maybe(_("What is to be done next for this child?"), Action)
    action_on = DayField(label=_("On which day?"), required=False)

    def clean(self) -> dict[str, Any]:
        """What is to be done has a day."""
        said = super().clean() or self.cleaned_data
        if said.get("action") and not said.get("action_on"):
            self.add_error("action_on", _("Write the day."))
        return said


class SeenForm(FoundForm):
    """A child followed: its code, and whether it was seen."""

    docket = forms.CharField(label=_("Code of the docket"), max_length=12)
    answer = OneOfField(
        label=_("Was the child seen?"), choices=[(one, one.label) for one in (Seen.SEEN, Seen.ABSENT)]
    )
    field_order = ("docket", "answer")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_docket(self) -> Any:
        """The docket of that code, if one reads it."""
        return one_docket(self.cleaned_data["docket"], self.by)


class FirstForm(ChildForm, FoundForm):
    """A child whom nobody followed yet."""

    mode = OneOfField(
        label=_("How was the child first held or met?"), choices=Mode.choices, initial=Mode.ARRESTED
    )
    field_order = ("sex", "age", "age_basis", "association", "party", "mode")


class ToDoForm(forms.Form):
    """Something to do after the visit."""

    task = OneOfField(label=_("What is to be done?"), choices=Task.choices)
    organisation: Any = of_directory(_("Which organisation sees to it?"))
    office = maybe(_("With which office?"), Office)
    due_on = DayField(label=_("Until when?"))


class EndForm(forms.Form):
    """What became of it."""

    ending = OneOfField(label=_("What became of it?"), choices=Ending.choices)
    ended_on = DayField(label=_("On which day?"), initial=timezone.localdate)


class VisitFilter(forms.Form):
    """Which visits are shown; without a word, those which wait."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    site: Any = forms.ModelChoiceField(
        queryset=None, label=_("Place"), required=False, to_field_name="public_id",
        empty_label=pgettext_lazy("filter", "any"),
    )  # fmt: skip
    standing = forms.ChoiceField(label=_("Where it stands"), required=False, choices=[ANY, *Standing.choices])
    asked_of = forms.ChoiceField(label=_("Asked of"), required=False, choices=[ANY, *Office.choices])

    def __init__(self, *args: Any, regions: dict[str, str], by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [ANY, *regions.items()]  # type: ignore[attr-defined]
        self.fields["site"].queryset = Site.objects.visible_to(by)  # type: ignore[attr-defined]
