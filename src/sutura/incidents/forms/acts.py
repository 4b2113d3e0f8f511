"""Acts on a record, each with its reason; and the filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import regions
from sutura.alerts.forms import region_choices
from sutura.incidents.choices import State, Status, Type
from sutura.incidents.listing import Filters
from sutura.incidents.models import Incident
from sutura.incidents.rules import NO_PARTY
from sutura.parties.models import Party
from sutura.ui.fields import DayField

REASON = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 500}


class ReasonForm(forms.Form):
    """Why; the record keeps it."""

    why = forms.CharField(
        label=_("Why?"),
        help_text=_("One or two sentences. It is kept with your name. No names of people."),
        error_messages={"required": _("Say why.")},
        **REASON,  # type: ignore[arg-type]
    )

    def __init__(self, *args: Any, user: Any, incident: Incident, **kwargs: Any) -> None:
        self.user, self.incident = user, incident
        super().__init__(*args, **kwargs)


class OpeningForm(ReasonForm):
    """Why sealed parts are opened; whoever owns the file reads it."""

    why = forms.CharField(
        label=_("Why do you open it?"),
        help_text=_("It is kept with your name, and whoever keeps the file sees it. No names of people."),
        error_messages={"required": _("Say why.")},
        max_length=300,
    )


class NameForm(forms.Form):
    """The name to find among sealed ones, and why; it is sent in the body, so that no log of addresses holds it."""

    words = forms.CharField(
        label=_("Name, or a part of it"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    reason = forms.CharField(
        label=_("Why do you look for it?"),
        help_text=_("It is kept with your name on each file found. No names of people."),
        error_messages={"required": _("Say why.")},
        max_length=300,
    )


class CloseForm(ReasonForm):
    """Closing may go without a reason."""

    why = forms.CharField(label=_("A word on it"), required=False, **REASON)  # type: ignore[arg-type]


class KeepForm(ReasonForm):
    """Until when the file is kept on, and why."""

    until = DayField(label=_("Keep it until"), error_messages={"required": _("Say until when.")})
    field_order = ("until", "why")


class DuplicateForm(ReasonForm):
    """The incident which tells the same event, by its reference."""

    of = forms.CharField(
        label=_("Same event as"),
        help_text=_("The reference of the incident to keep, such as INC-2026-00012."),
        max_length=20,
    )
    field_order = ("of", "why")

    def clean_of(self) -> Incident:
        """An incident which the person may read."""
        found = (
            Incident.objects.visible_to(self.user).filter(ref=self.cleaned_data["of"].strip().upper()).first()
        )
        if found is None:
            raise forms.ValidationError(_("No incident that you may read has this reference."))
        return found


class ListFilter(forms.Form):
    """The filters of the list, as they stand in the address."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    type = forms.ChoiceField(label=_("Violation"), choices=[("", _("All")), *Type.choices], required=False)
    status = forms.ChoiceField(
        label=_("Verification"), choices=[("", _("All")), *Status.choices], required=False
    )
    party = forms.ChoiceField(label=_("Attributed to"), required=False)
    state = forms.ChoiceField(
        label=_("State of the file"), choices=[("", _("All")), *State.choices], required=False
    )
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)
    ref = forms.CharField(label=_("Reference, title or village"), required=False, max_length=80)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = regions(user, "incidents.read")
        known = region_choices()
        self.regions = dict(known)
        fields: Any = self.fields
        fields["region"].choices = [("", _("All")), *[(code, name) for code, name in known if code in held]]
        name = "name_en" if (get_language() or "").startswith("en") else "name_fr"
        found = Party.objects.exclude(type=NO_PARTY).order_by("code").values_list("code", name)
        parties = [(code, f"{code} · {words}") for code, words in found]
        fields["party"].choices = [("", _("All")), (NO_PARTY, _("Not identified")), *parties]

    @property
    def in_force(self) -> dict[str, Any]:
        """The filters which are understood, by name; what is not filters nothing."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    def filters(self) -> Filters:
        """For the list."""
        told = self.in_force
        words = told.pop("ref", "")
        return Filters(words=words, **told)
