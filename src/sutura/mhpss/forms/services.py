"""A service as somebody types it, by the questions that its user would ask: who, what, where, for whom, how."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.mhpss.catalogue import LISTS, Catalogue
from sutura.mhpss.choices import Basis, Cost, Entry, ListKind, Precision, Sex, SiteKind, State, Working
from sutura.places.resolver import Register
from sutura.ui.fields import CountField, DayField, OneOfField, SomeOfField

SUPERVISED = [("", _("not known")), ("1", _("yes")), ("0", _("no"))]
NO_NAME = _("No name of a child, nothing of a case.")


class ServiceForm(forms.Form):
    """Everything that the map says of a service."""

    organisation: Any = forms.ModelChoiceField(
        queryset=None, label=_("Organisation that runs it"), to_field_name="public_id",
        help_text=_("Never the donor."),
    )  # fmt: skip
    description = forms.CharField(
        label=_("The service in one sentence"),
        max_length=220,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_NAME,
    )
    codes = forms.MultipleChoiceField(
        label=_("Activity codes"), required=False,
        help_text=_("Care by general staff is 9, by specialists 10: the cadre decides. Leave it empty when unsure."),
    )  # fmt: skip
    specified = forms.CharField(
        label=_("In words, if the code is “other” or asks for it"), max_length=150, required=False
    )
    layers = SomeOfField(
        label=_("Layers of the pyramid, as the organisation declares them"), required=False,
        help_text=_("The code only suggests a layer."),
    )  # fmt: skip
    distress = SomeOfField(label=_("For which levels of distress?"), required=False)
    themes = SomeOfField(label=_("Themes"), required=False)
    place = forms.CharField(
        label=_("Where?"), max_length=120,
        help_text=_("A commune, a cercle or a region: its P-code, or a path such as Mopti / Djenné."),
    )  # fmt: skip
    site = forms.CharField(
        label=_("Site"), max_length=150, required=False, help_text=_("The building or the quarter.")
    )
    site_kind = forms.ChoiceField(label=_("Kind of site"), choices=SiteKind.choices, required=False)
    coverage = forms.CharField(
        label=_("Also works in"),
        max_length=300,
        required=False,
        help_text=_("Other places of the region, separated by ;"),
    )
    is_sensitive = forms.BooleanField(
        label=_("Sensitive site: whoever goes there could be put at risk"), required=False
    )
    precision = OneOfField(
        label=_("What may the public know of the place?"), choices=Precision.choices, initial=Precision.SITE
    )
    groups = SomeOfField(label=_("Groups served"), required=False)
    min_age = CountField(label=_("From age"), required=False, max_value=120)
    max_age = CountField(label=_("To age"), required=False, max_value=120)
    sex = OneOfField(label=_("Whom does it receive?"), choices=Sex.choices, initial=Sex.ALL)
    languages = SomeOfField(label=_("Languages spoken"), required=False)
    cost = forms.ChoiceField(label=_("Do users pay?"), choices=Cost.choices, required=False)
    access = forms.CharField(
        label=_("Access for people with disabilities"), max_length=150, required=False,
        help_text=_("A ramp, a sign language, visits at home."),
    )  # fmt: skip
    entry = forms.ChoiceField(label=_("How does one come in?"), choices=Entry.choices, required=False)
    hours = forms.CharField(label=_("Days and hours"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telephone for users"), max_length=40, required=False)
    modalities = SomeOfField(label=_("Where is it delivered?"), required=False)
    trained_in = forms.CharField(label=_("Trained in, and for how long"), max_length=250, required=False)
    supervised = forms.ChoiceField(label=_("Are the staff supervised?"), choices=SUPERVISED, required=False)
    capacity = CountField(label=_("People received in a month, at most"), required=False)
    waiting_days = CountField(label=_("Waiting time in days"), required=False, max_value=999)
    reached = CountField(
        label=_("People supported in the last 30 days"), required=False,
        help_text=_("Never added up across services: the same person may come to several."),
    )  # fmt: skip
    basis = forms.ChoiceField(label=_("What does this number count?"), choices=Basis.choices, required=False)
    state = OneOfField(label=_("State"), choices=State.choices, initial=State.RUNNING)
    working = OneOfField(label=_("Can one be sent there?"), choices=Working.choices, initial=Working.YES)
    starts_on = DayField(label=_("Began on"), required=False)
    funded_until = DayField(label=_("Funded until"), required=False)
    updated_on = DayField(label=_("Information of"), initial=timezone.localdate)
    partners = forms.CharField(label=_("Other organisations"), max_length=300, required=False)
    focal_name = forms.CharField(
        label=_("Focal point"), max_length=120, required=False, help_text=_("A function rather than a name.")
    )
    focal_phone = forms.CharField(label=_("Telephone of the focal point"), max_length=40, required=False)
    focal_email = forms.EmailField(label=_("Address of the focal point"), required=False)
    is_public = forms.BooleanField(
        label=_("The organisation agrees that this service is in the public directory"), required=False
    )

    PARTS = (
        (_("Who and what"), ("organisation", "description", "codes", "specified", "layers", "distress", "themes")),
        (_("Where"), ("place", "site", "site_kind", "coverage", "is_sensitive", "precision")),
        (_("For whom"), ("groups", "min_age", "max_age", "sex", "languages", "cost", "access")),
        (_("How to reach it"), ("entry", "hours", "phone", "modalities")),
        (_("Who works there"), ("trained_in", "supervised", "capacity", "waiting_days", "reached", "basis")),
        (_("Until when"), ("state", "working", "starts_on", "funded_until", "updated_on")),
        (_("Contacts and publication"), ("partners", "focal_name", "focal_phone", "focal_email", "is_public")),
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["codes"].widget.attrs["size"] = 8
        for name, kind in LISTS.items():
            if name in self.fields:
                self.fields[name].choices = catalogue.choices(kind)  # type: ignore[attr-defined]
        self.cadres = catalogue.of(ListKind.CADRE)
        for code, term in self.cadres.items():
            for sex, words in (("women", _("women")), ("men", _("men"))):
                label = f"{term}, {words}"
                self.fields[f"{sex}_{code}"] = CountField(label=label, required=False, max_value=9999)

    def clean_place(self) -> Any:
        """The unit that the text means."""
        return unit_of(self.cleaned_data["place"])

    def clean_coverage(self) -> list[str]:
        """Codes of the units meant."""
        return [unit_of(part).code for part in self.cleaned_data["coverage"].split(";") if part.strip()]

    def clean_supervised(self) -> bool | None:
        """Yes, no, or not known."""
        return {"1": True, "0": False}.get(self.cleaned_data["supervised"])

    def clean(self) -> dict[str, Any]:
        """The numbers by cadre, together."""
        said = super().clean() or self.cleaned_data
        staff = {
            code: (said.pop(f"women_{code}", None) or 0, said.pop(f"men_{code}", None) or 0)
            for code in self.cadres
        }
        said["staff"] = {code: each for code, each in staff.items() if any(each)}
        return said

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The questions in their sections."""
        return [(title, [self[name] for name in names]) for title, names in self.PARTS]

    @property
    def staff_rows(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Cadre, women, men."""
        return [(term, self[f"women_{code}"], self[f"men_{code}"]) for code, term in self.cadres.items()]


def unit_of(text: str) -> Any:
    """The unit meant by a code or a path; one sentence when it is none, or several."""
    found = Register.current().named(text)
    if found.unit is None or not found.unit.region:
        raise forms.ValidationError(
            _("“%(text)s” is not one place of the register. Write its P-code, or Region / Cercle / Commune.")
            % {"text": text.strip()[:60]}
        )
    return found.unit


class VerifyForm(forms.Form):
    """Who confirmed the service, and when."""

    verified_by = forms.CharField(
        label=_("Confirmed by"), max_length=150, help_text=_("The organisation, or a person by her function.")
    )
    verified_on = DayField(label=_("On which day?"), initial=timezone.localdate)


class RecodeForm(forms.Form):
    """What becomes of a doubtful code."""

    codes = forms.MultipleChoiceField(label=_("Activity codes"))
    specified = forms.CharField(
        label=_("In words, if the code is “other” or asks for it"), max_length=150, required=False
    )

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = catalogue.choices(ListKind.ACTIVITY)  # type: ignore[attr-defined]
        self.fields["codes"].widget.attrs["size"] = 10


class RefuseForm(forms.Form):
    """Why a proposal does not come on the map."""

    reason = forms.CharField(label=_("Why not?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
