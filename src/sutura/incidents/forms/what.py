"""The first step: what happened, when and where; it opens the incident, and changes it later."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.access.rules import regions
from sutura.alerts.forms import region_choices
from sutura.incidents.choices import Type
from sutura.incidents.forms.columns import TALLY, PartForm, Section, total_field
from sutura.incidents.models import Incident
from sutura.incidents.parts import IncidentBundle, ViolationPart
from sutura.ledger.rules import CHILD_COUNTED_TYPES
from sutura.places.choices import Edition
from sutura.places.models import Unit
from sutura.places.resolver import Register
from sutura.ui.fields import DayField, OneOfField, SomeOfField

DAY, RANGE, ONGOING = "day", "range", "ongoing"
KINDS = [
    (DAY, _("On one day")),
    (RANGE, _("Over several days, or between two days")),
    (ONGOING, _("From a day on, and still going on")),
]


class WhatForm(PartForm):
    """What, when and where (codebook B1)."""

    model = Incident
    needed = ("title",)
    sections: tuple[Section, ...] = (
        Section(_("What"), ("title", "types")),
        Section(_("When"), ("when", "occurred_on", "occurred_to")),
        Section("", ("date_estimated", "date_notes", "first_reported_on")),
        Section(_("Where"), ("region", "place", "cercle"), kind="place"),
        Section("", ("locality", "place_kind", "place_kind_other")),
        Section(
            _("How many children, in all"),
            ("boys", "girls", "unknown", "total"),
            kind="tally",
            help=_(
                "Each child once, whatever it suffered. The numbers of each violation come in the next step."
            ),
        ),
        Section(
            _("More about the place and the people"),
            (
                "latitude",
                "longitude",
                "place_notes",
                "perpetrator_count",
                "reporting_organisation",
                "monitor_code",
                "notes",
            ),
            fold=True,
        ),
    )

    types = SomeOfField(
        label=_("Suspected violations"),
        choices=Type.choices,
        help_text=_("All that apply; each gets its own numbers and details."),
        error_messages={"required": _("Tick at least one violation, even if you are not sure.")},
    )
    when = OneOfField(label=_("How is the date known?"), choices=KINDS, initial=DAY)
    occurred_on = DayField(
        label=pgettext_lazy("date", "Day, or first day"),
        error_messages={"required": _("Say when it happened.")},
    )
    occurred_to = DayField(label=pgettext_lazy("date", "Last day"), required=False)
    region = forms.ChoiceField(label=_("Region"), error_messages={"required": _("Say where it happened.")})
    place = forms.CharField(
        label=_("Commune"),
        help_text=_("Type the first letters and choose. Not in the list? Write it all the same."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "communes", "autocomplete": "off"}),
    )
    cercle = forms.ChoiceField(label=_("Cercle, if the commune is not known"), required=False)
    total = total_field()

    def prepare(self) -> None:
        """The regions of the person, the cercles and communes of the one chosen."""
        fields: Any = self.fields
        if self.incident is not None:
            del fields["types"]
        held = self.held()
        known = [(code, name) for code, name in region_choices() if held is None or code in held]
        fields["region"].choices = [("", "—"), *known]
        if len(known) == 1:
            self.initial.setdefault("region", known[0][0])
        asked = str(self["region"].value() or "")
        below = list(_below(asked if asked in dict(known) else "", everywhere=held is None))
        fields["cercle"].choices = [("", "—"), *[(unit.code, unit.name) for unit in below if unit.level == 2]]
        self.communes = [
            f"{unit.parent.name} / {unit.name}" for unit in below if unit.level == 3 and unit.parent
        ]

    def held(self) -> Collection[str] | None:
        """The regions in which she may write; None where nothing depends on the person."""
        return regions(self.user, "incidents.document")

    def told(self, part: Incident) -> dict[str, Any]:
        """The incident, its place and its days as the form asks them."""
        kind = ONGOING if part.open_ended else RANGE if part.occurred_to else DAY
        return super().told(part) | placed(part.place) | {"when": kind}

    def clean(self) -> dict[str, Any]:
        """Days of the kind chosen, a place of the register, a sum which is right."""
        typed = super().clean() or {}
        when = typed.get("when")
        if when == RANGE and not typed.get("occurred_to") and "occurred_to" not in self.errors:
            self.add_error(
                "occurred_to", _("Give the last day, even an approximate one, and tick “estimated”.")
            )
        typed["occurred_to"] = typed.get("occurred_to") if when == RANGE else None
        typed["open_ended"] = when == ONGOING
        if typed.get("region"):
            typed["unit"], words = _unit(typed)
            typed["locality"] = typed.get("locality") or words
        self.check_total(typed)
        return typed

    def values(self) -> dict[str, Any]:
        """The columns of the incident."""
        typed = self.cleaned_data
        days = {name: typed[name] for name in ("occurred_on", "occurred_to", "open_ended")}
        return super().values() | days

    def bundle(self, **more: Any) -> IncidentBundle:
        """The incident to open, its suspected violations without details; one violation takes the numbers."""
        values = self.values()
        types = self.cleaned_data["types"]
        tally: dict[str, Any] = {name: values.get(name) or 0 for name in TALLY}
        alone = len(types) == 1 and types[0] in CHILD_COUNTED_TYPES
        parts = tuple(ViolationPart(type=kind, key=kind, **(tally if alone else {})) for kind in types)
        named = {name: values.pop(name) for name in tuple(values) if name in IncidentBundle.__slots__}
        given = {"place": self.cleaned_data["unit"], "violations": parts, "more": values}
        return IncidentBundle(**(given | named | more))


def _below(region: str, *, everywhere: bool = False) -> Any:
    units = Unit.objects.filter(level__in=(2, 3), edition=Edition.COD_2021)
    if not region and not everywhere:
        return Unit.objects.none()
    return (units.filter(region=region) if region else units).select_related("parent").order_by("path")


def _unit(typed: dict[str, Any]) -> tuple[Unit | None, str]:
    """The unit meant, and the words which the register does not know, kept as the village."""
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


def placed(unit: Unit | None) -> dict[str, Any]:
    """Region, cercle and commune of a unit, as the form asks them."""
    if unit is None or not unit.level:
        return {}
    told = {"region": unit.region, "place": "", "cercle": ""}
    if unit.level == 2:
        told["cercle"] = unit.code
    elif unit.level == 3 and unit.parent:
        told["place"] = f"{unit.parent.name} / {unit.name}"
    return told
