"""A violation with its numbers, and the details of each type: only its own questions."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from sutura.incidents.choices import LethalContext, Type
from sutura.incidents.forms.columns import PartForm, Section, total_field, values_of
from sutura.incidents.models import DETAILS, Violation
from sutura.incidents.rules import CROSSFIRE, JOINT
from sutura.places.models import Facility

NOTES = Section("", ("notes",))
REPORTED = _("A note for the reader: these children are never added to the victims.")
SHARED_WEAPONS = ("means", "means_other", "weapon", "weapon_other")
CHILDREN_WITHOUT = Section(
    _("Children who lost the service"),
    ("deprived_boys", "deprived_girls", "deprived_unknown"),
    kind="tally",
    help=REPORTED,
)
SCHOOL = ("school_kinds", "school_kind_other", "school_ages", "school_sex")
HEALTH = ("health_kinds", "health_kind_other")
FACILITY = ("facility", "facility_name", "number_of_facilities")
DAMAGE = Section(_("What it did to the facility"), ("impact", "closed", "closed_days"))


def _three(prefix: str, ends: str = "boys girls unknown") -> tuple[str, ...]:
    return tuple(f"{prefix}_{end}" for end in ends.split())


def _attack(kinds: tuple[str, ...]) -> tuple[Section, ...]:
    staff = "men women unknown"
    return (
        Section(_("The attack"), ("attack_kind", "also", *SHARED_WEAPONS, "personnel_targeted", "recurrent")),
        Section(_("The facility"), (*FACILITY, *kinds, "operational_before", "facility_details")),
        DAMAGE,
        Section(
            _("Children killed in it"),
            _three("killed"),
            kind="tally",
            fold=True,
            help=_("Count them as a killing too: here they are a note, so that they are not lost."),
        ),
        Section(_("Children injured in it"), _three("injured"), kind="tally", fold=True),
        Section(_("Staff killed"), _three("staff_killed", staff), kind="tally", fold=True),
        Section(_("Staff injured"), _three("staff_injured", staff), kind="tally", fold=True),
        CHILDREN_WITHOUT,
        Section("", ("deprived_estimated", "objective", "notes")),
    )


def _lethal(*more: str) -> tuple[Section, ...]:
    return (
        Section(_("How it happened"), ("context", *SHARED_WEAPONS)),
        Section(_("Questions of law"), ("targeted", "took_part", "indiscriminate", "indiscriminate_details")),
        Section(_("What it left behind"), more),
        NOTES,
    )


def _aid_workers(what: str, title: Any) -> Section:
    return Section(title, _three(f"staff_{what}", "men women unknown"), kind="tally", fold=True)


DETAIL_SECTIONS: dict[str, tuple[Section, ...]] = {
    Type.KILLING: _lethal(),
    Type.MAIMING: _lethal("consequences", "consequences_other"),
    Type.RECRUITMENT_USE: (
        Section(_("How they came to it"), ("factors", "factors_other", "under_15")),
        Section(
            _("A campaign, an earlier time"),
            ("campaign", "campaign_details", "re_recruitment", "re_recruitment_details"),
            fold=True,
        ),
        Section(
            _("What they did"),
            ("role", "combat_roles", "combat_roles_other", "support_roles", "support_roles_other"),
        ),
        Section("", ("had_weapon", "had_training", "saw_children", "saw_children_number")),
        Section(
            _("How they left"),
            (
                "released",
                "released_number",
                "released_estimated",
                "left_on",
                "left_on_estimated",
                "way_out",
                "association_detained",
            ),
        ),
        NOTES,
    ),
    Type.SEXUAL_VIOLENCE: (
        Section(_("What happened"), ("forms", "military_operation", "nexus")),
        Section(
            _("Told unasked"),
            ("effects",),
            fold=True,
            help=_("Never look for these: note only what the child or the family told of their own accord."),
        ),
        NOTES,
    ),
    Type.ABDUCTION: (
        Section(_("What for"), ("purpose", "purposes", "purpose_other")),
        Section(_("Where they are held"), ("held_country", "held_at")),
        Section(_("Freedom regained"), ("freed", "freed_how", "freed_how_other", "freed_number", "freed_on")),
        NOTES,
    ),
    Type.ATTACK_SCHOOL: _attack(SCHOOL),
    Type.ATTACK_HOSPITAL: _attack(HEALTH),
    Type.DENIAL: (
        Section(
            _("How aid was kept away"), ("methods", "methods_other", "organisations", "organisations_other")
        ),
        Section(_("Aid which did not arrive"), ("aid_kinds", "aid_other", "population_affected")),
        Section(_("Adults affected"), ("adults_affected", "adults_estimated")),
        _aid_workers("killed", _("Aid workers killed")),
        _aid_workers("injured", _("Aid workers injured")),
        _aid_workers("abducted", _("Aid workers abducted")),
        _aid_workers("threatened", _("Aid workers threatened")),
        Section(
            _("Goods and vehicles"),
            ("staff_estimated", "vehicles", "vehicles_estimated", "property_value"),
            fold=True,
        ),
        NOTES,
    ),
    Type.MILITARY_USE: (
        Section(
            _("The facility"),
            ("facility_kind", *FACILITY, *SCHOOL, *HEALTH, "operational_before", "facility_details"),
        ),
        Section(
            _("The use"), ("from_date", "to_date", "dates_estimated", "vacated", "purposes", "purposes_other")
        ),
        DAMAGE,
        CHILDREN_WITHOUT,
        Section("", ("deprived_estimated", "notes")),
    ),
    Type.DEPRIVATION_LIBERTY: (
        Section(_("Why and by whom"), ("reasons", "reasons_details", "authorities", "authority_name")),
        Section(_("Where"), ("places", "place_other", "place_details")),
        Section(_("How long"), ("from_date", "to_date", "ongoing", "length", "number_released")),
        Section(_("How they are held"), ("lawyer_seen", "apart_from_adults", "adults_held")),
        Section(
            _("Ill-treatment"), ("ill_treatment", "ill_treatment_kinds", "ill_treatment_other"), fold=True
        ),
        NOTES,
    ),
}
"""What is asked about each type (codebook B3), in the order in which it is told."""


class ViolationForm(PartForm):
    """One violation: its type and its numbers; the parties come with the perpetrators."""

    model = Violation
    needed = ("type",)
    sections = (
        Section("", ("type",)),
        Section(
            _("How many children"),
            ("boys", "girls", "unknown", "total"),
            kind="tally",
            help=_("For an attack, a use of buildings or a denial of access: those affected, as a note."),
        ),
        Section("", ("tally_estimated", "attribution")),
        Section(
            _("Across a border, or linked to another violation"),
            ("cross_border", "cross_border_country", "related", "related_types"),
            fold=True,
        ),
        NOTES,
    )
    total = total_field()

    def prepare(self) -> None:
        """How several parties acted is asked once there are several."""
        fields: Any = self.fields
        if self.part is None or self.part.attribution not in (JOINT, CROSSFIRE):
            del fields["attribution"]
        else:
            offered = fields["attribution"].choices
            fields["attribution"].choices = [one for one in offered if one[0] in (JOINT, CROSSFIRE)]

    def clean(self) -> dict[str, Any]:
        """The total told is the sum."""
        typed = super().clean() or {}
        self.check_total(typed)
        return typed


class DetailForm(PartForm):
    """The details of one violation; `part` is the violation, which names the table and the questions."""

    def __init__(self, *args: Any, part: Violation, **kwargs: Any) -> None:
        self.model = DETAILS[part.type]
        super().__init__(*args, part=part, **kwargs)

    @cached_property
    def details(self) -> models.Model | None:
        """The details, once there are some."""
        return self.part.detail

    def record(self) -> models.Model | None:
        """The details themselves are what is asked."""
        return self.details

    def told(self, part: Violation) -> dict[str, Any]:
        """What its details say now."""
        return values_of(self.details) if self.details else {}

    def corrects(self) -> bool:
        """The first details correct nothing."""
        return self.details is not None

    def layout(self) -> tuple[Section, ...]:
        """The sections of its type."""
        return DETAIL_SECTIONS[self.part.type]

    def prepare(self) -> None:
        """Facilities of the cercle; a murder is no context of a maiming."""
        fields: Any = self.fields
        if "facility" in fields:
            label, hint = fields["facility"].label, fields["facility"].help_text
            fields["facility"] = forms.ModelChoiceField(
                queryset=_facilities(self.part), required=False, label=label, help_text=hint, empty_label="—"
            )
            if not fields["facility"].queryset.exists():
                del fields["facility"]
        if self.part.type == Type.MAIMING:
            kept = [one for one in fields["context"].choices if one[0] != LethalContext.SINGLE_MURDER]
            fields["context"].choices = kept
        if "number_of_facilities" in fields:
            self.initial["number_of_facilities"] = self.initial.get("number_of_facilities") or 1

    def values(self) -> dict[str, Any]:
        """The columns of the details; a facility is one at least."""
        told = super().values()
        if "number_of_facilities" in told:
            told["number_of_facilities"] = told["number_of_facilities"] or 1
        return told


def _facilities(violation: Violation) -> Any:
    place = violation.incident.place
    within = place.parent if place.level == 3 and place.parent else place
    kind = {Type.ATTACK_SCHOOL: "school", Type.ATTACK_HOSPITAL: "health"}.get(Type(violation.type))
    found = Facility.objects.within(within)
    return (found.filter(kind=kind) if kind else found).order_by("name")
