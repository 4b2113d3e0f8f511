"""What a person typed about an alert, its triage, or access."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import regions
from sutura.alerts import choices
from sutura.places.choices import Edition
from sutura.places.models import Unit
from sutura.places.resolver import Register
from sutura.ui.fields import CountField, DayField, OneOfField, SomeOfField

WHEN = [
    ("today", _("Today")),
    ("yesterday", _("Yesterday")),
    ("week", _("In the last 7 days")),
    ("other", _("Another day, or not sure")),
]
NEEDS = [
    ("needs_medical", _("Medical care")),
    ("needs_safety", _("Safety: a child is in danger")),
    ("needs_family", _("A child is alone or separated")),
    ("needs_support", _("Psychosocial support")),
]
AGES = [
    ("2", _("over 48 hours")),
    ("7", _("over 7 days")),
    ("30", _("over 30 days")),
    ("60", _("over 60 days")),
    ("90", _("over 90 days")),
]


def region_choices(codes: Any = None) -> list[tuple[str, str]]:
    """The regions of the 2021 geography, or those of a set of codes."""
    found = Unit.objects.regions(Edition.COD_2021).values_list("code", "name")
    return [(code, name) for code, name in found if codes is None or code in codes]


class AlertForm(forms.Form):
    """The minimum facts of mrm.md 3.2, on one page, in under two minutes."""

    types = SomeOfField(label=_("What happened?"), choices=choices.ViolationType.choices, required=False)
    told = forms.CharField(
        label=_("In a few words"),
        help_text=_("No names here: no child, no family, no witness."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    when = OneOfField(label=_("When?"), choices=WHEN, required=False)
    happened_on = DayField(label=_("Day"), required=False)
    happened_to = DayField(label=_("Until, if it lasted or is not sure"), required=False)
    date_estimated = forms.BooleanField(label=_("The date is an estimate"), required=False)
    region = forms.ChoiceField(label=_("Region"))
    place = forms.CharField(
        label=_("Commune or village"),
        help_text=_("Type the first letters. Not in the list? Write it all the same."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "communes", "autocomplete": "off"}),
    )
    cercle = forms.ChoiceField(label=_("Cercle, if the commune is not in the list"), required=False)
    boys = CountField(label=_("Boys"), required=False)
    girls = CountField(label=_("Girls"), required=False)
    unknown = CountField(label=_("Sex not known"), required=False)
    children_unknown = forms.BooleanField(label=_("The number of children is not known"), required=False)
    needs = SomeOfField(label=_("Does a child need help now?"), choices=NEEDS, required=False)
    party_type = forms.ChoiceField(
        label=_("Who is said to have done it?"), choices=choices.PartyType.choices, initial="unidentified"
    )
    source_category = forms.ChoiceField(
        label=_("Who told you?"), choices=choices.SourceCategory.choices, initial="unknown"
    )
    access = forms.ChoiceField(
        label=_("Can one go there?"), choices=choices.Access.choices, initial="unknown"
    )
    consent_known = forms.ChoiceField(
        label=_("Does the person who told you agree to be contacted?"),
        choices=choices.YesNoUnknown.choices,
        initial="unknown",
    )

    def __init__(
        self, *args: Any, user: Any, written: date | None = None, everywhere: bool = False, **kwargs: Any
    ) -> None:
        """`written`: the day on which “today” was said; `everywhere`: with the places of all regions, of no one's."""
        super().__init__(*args, **kwargs)
        self.written, self.everywhere = written or timezone.localdate(), everywhere
        held = regions(user, "alerts.create")
        known = region_choices()
        fields: Any = self.fields
        # Both are asked for below, in any of several ways: the page must not call them optional.
        fields["types"].asked = fields["when"].asked = True
        fields["region"].choices = [("", "—"), *known]
        mine = [code for code, _name in known if code in held]
        if len(mine) == 1 and not everywhere:
            fields["region"].initial = mine[0]
        below = list(self._below(self.chosen_region))
        fields["cercle"].choices = [("", "—"), *[(unit.code, unit.name) for unit in below if unit.level == 2]]
        self.communes = [
            f"{unit.parent.name} / {unit.name}" for unit in below if unit.level == 3 and unit.parent
        ]

    @property
    def another_day(self) -> bool:
        """Whether the fields for another day are open: it is chosen, or something stands there."""
        names = ("happened_on", "happened_to", "date_estimated")
        return self["when"].value() == "other" or any(self[name].value() for name in names)

    @property
    def chosen_region(self) -> str:
        """The region typed, or the reader's own; nothing for a word that is no region."""
        fields: Any = self.fields
        asked = str(self["region"].value() or "")
        return asked if asked in dict(fields["region"].choices) else ""

    def _below(self, region: str) -> Any:
        if not region and not self.everywhere:
            return Unit.objects.none()
        units = Unit.objects.filter(level__in=(2, 3), edition=Edition.COD_2021)
        if region:
            units = units.filter(region=region)
        return units.select_related("parent").order_by("path")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("types") and not typed.get("told"):
            self.add_error("types", _("Say what happened: tick one line, or write a few words."))
        self._clean_days(typed)
        if typed.get("region"):
            typed["unit"], typed["locality"] = self._place(typed)
        return typed

    def _clean_days(self, typed: dict[str, Any]) -> None:
        today = self.written
        when = typed.get("when") or ("other" if typed.get("happened_on") else "")
        if not when:
            self.add_error("when", _("Say when it happened, even roughly."))
        if when == "other":
            if not typed.get("happened_on") and "happened_on" not in self.errors:
                self.add_error(
                    "happened_on", _("Give the day, even an approximate one, and tick “estimate”.")
                )
            return
        days: dict[str, tuple[date, date | None, bool]] = {
            "today": (today, None, False),
            "yesterday": (today - timedelta(days=1), None, False),
            "week": (today - timedelta(days=6), today, True),
        }
        if when in days:
            typed["happened_on"], typed["happened_to"], typed["date_estimated"] = days[when]

    @staticmethod
    def _place(typed: dict[str, Any]) -> tuple[Unit | None, str]:
        """The unit meant, and the words that the register does not know, kept as the village."""
        register = Register.current()
        region = register.coded(typed["region"]).unit
        cercle = register.coded(typed["cercle"]).unit if typed.get("cercle") else None
        words = (typed.get("place") or "").strip()
        if not words:
            return cercle or region, ""
        found = register.named(words, cercle or region)
        if found.unit is None and cercle is not None:
            found = register.named(words, region)
        if found.unit is not None and found.unit.level >= 2 and found.unit.region == typed["region"]:
            return found.unit, ""
        return cercle or region, words

    def facts(self) -> dict[str, Any]:
        """The arguments of `services.receive`."""
        typed = self.cleaned_data
        same = (
            "types", "told", "happened_on", "happened_to", "date_estimated", "locality", "party_type",
            "source_category", "access", "consent_known", "children_unknown",
        )  # fmt: skip
        facts = {name: typed[name] for name in same}
        facts |= {name: typed[name] or 0 for name in ("boys", "girls", "unknown")}
        facts |= {name: name in typed["needs"] for name, _label in NEEDS}
        unit = typed["unit"]
        return {
            **facts,
            "place": unit,
            "place_how": "name" if unit is not None and unit.level > 1 else "code",
        }


class InboxFilter(forms.Form):
    """The filters of the inbox, as they stand in the address."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    region = forms.ChoiceField(label=_("Region"), required=False)
    cercle = forms.ChoiceField(label=_("Cercle"), required=False)
    type = forms.ChoiceField(
        label=_("Suspected violation"),
        choices=[("", _("All")), *choices.ViolationType.choices],
        required=False,
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), ("pending", _("Not closed")), *choices.State.choices],
        required=False,
    )
    age = forms.ChoiceField(label=_("Received"), choices=[("", _("Any time")), *AGES], required=False)
    since = DayField(label=_("Received since"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = regions(user, "alerts.read")
        units = Unit.objects.filter(level__in=(1, 2), edition=Edition.COD_2021).order_by("path")
        mine = [
            (level, code, name)
            for level, code, name in units.values_list("level", "code", "name")
            if code[:4] in held
        ]
        fields: Any = self.fields
        for level, field in ((1, "region"), (2, "cercle")):
            found = [(code, name) for depth, code, name in mine if depth == level]
            fields[field].choices = [("", _("All")), *found]
        self.regions = {code: name for level, code, name in mine if level == 1}

    @property
    def in_force(self) -> dict[str, Any]:
        """The filters that are understood, by name."""
        self.is_valid()
        typed = getattr(self, "cleaned_data", {})
        return {name: value for name, value in typed.items() if value and name != "tab"}


class NotMrmForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it not MRM?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )


class DuplicateForm(forms.Form):
    of: Any = forms.ModelChoiceField(
        queryset=None, label=_("Same event as"), to_field_name="ref", widget=forms.TextInput
    )
    reason = forms.CharField(label=_("What makes you say so?"), max_length=1000, required=False)

    def __init__(self, *args: Any, alerts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["of"].queryset = alerts
        fields["of"].error_messages["invalid_choice"] = _("No alert that you may read has this reference.")


class AskForm(forms.Form):
    about = SomeOfField(
        label=_("What do you need to know?"),
        help_text=_("The sender reads these lines on the page of her alert."),
        choices=choices.Asked.choices,
    )
    question = forms.CharField(
        label=_("In your words, for the file"),
        help_text=_("Sealed like the alert: a sender who reads no alerts of the region does not read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )


class ProtectForm(forms.Form):
    done = forms.CharField(
        label=_("What was done for the child?"),
        help_text=_("Referral, medical care, shelter, who was called. No names."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )


class ReopenForm(forms.Form):
    reason = forms.CharField(label=_("Why open it again?"), max_length=1000)


class AccessNoteForm(forms.Form):
    """One note on access to a cercle."""

    unit: Any = forms.ModelChoiceField(queryset=None, label=_("Cercle"), to_field_name="code")
    level = OneOfField(label=_("Can people go there?"), choices=choices.Access.choices)
    observed_on = DayField(label=_("Observed on"))
    visited = forms.BooleanField(label=_("Somebody of ours went there"), required=False)
    source = forms.CharField(
        label=_("Who says so?"), help_text=_("An organisation or a service, no name."), max_length=150
    )
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = regions(user, "incidents.document")
        cercles = Unit.objects.filter(level=2, edition=Edition.COD_2021)
        mine = [code for code, _name in region_choices(held)]
        fields: Any = self.fields
        fields["unit"].queryset = cercles.filter(region__in=mine).order_by("path")
        fields["observed_on"].initial = timezone.localdate


class OpeningForm(forms.Form):
    """Why the words of an alert are opened; it is kept, and whoever sent the alert may see it."""

    why = forms.CharField(
        label=_("Why do you open it?"),
        help_text=_("It is kept with your name. No names of people."),
        error_messages={"required": _("Say why.")},
        max_length=300,
    )
