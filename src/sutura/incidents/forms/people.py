"""The children and the perpetrators of an incident: by code, never by name."""

from __future__ import annotations

from dataclasses import fields as parts_of
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.incidents.choices import PerpetratorCategory, Sex, VictimKind
from sutura.incidents.forms.columns import LinkedForm, PartForm, Section, control, values_of
from sutura.incidents.models import Child, Perpetrator, Victim, VictimLink
from sutura.incidents.parts import PerpetratorPart, VictimPart
from sutura.incidents.rules import NO_PARTY
from sutura.ledger.rules import CHILD_COUNTED_TYPES
from sutura.parties.models import Party
from sutura.ui.fields import OneOfField

NO_KEY, SAME_CHILD, NEW_KEY = "none", "same", "new"
KEYS = [
    (NO_KEY, _("This incident only")),
    (SAME_CHILD, _("A child who has a code already, from another incident")),
    (NEW_KEY, _("Give a new code, to recognise the child in another incident")),
]
CONSENTS = (
    "consent_reporting",
    "consent_sharing",
    "consent_sharing_with",
    "consent_sharing_other",
    "consent_contact",
    "needs_services",
)


def part_of(kind: type, values: dict[str, Any], /, **given: Any) -> Any:
    """A part for the services: its named fields, and the rest under `more`."""
    named = {field.name for field in parts_of(kind)}
    told = {name: value for name, value in values.items() if name in named and value is not None}
    return kind(more={name: value for name, value in values.items() if name not in named}, **(told | given))


class VictimForm(LinkedForm):
    """One child, or one group: each has its own questions, and none asks a name."""

    model = Victim
    kind = forms.ChoiceField(choices=VictimKind.choices, widget=forms.HiddenInput)
    key_how = OneOfField(label=_("Is the child known by a code?"), choices=KEYS, initial=NO_KEY)
    child_key = forms.CharField(
        label=_("Code of the child"),
        help_text=_("The code given when the child was first documented. Never a name."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    child: tuple[Section, ...] = (
        Section("", ("violations", "sex", "age", "age_estimated", "under_18_reason", "date_of_birth")),
        Section(_("The same child elsewhere"), ("key_how", "child_key")),
    )
    group: tuple[Section, ...] = (
        Section("", ("violations", "description")),
        Section(_("How many children"), ("boys", "girls", "unknown"), kind="tally"),
        Section("", ("size_estimated", "age_bands")),
        Section(_("Adults harmed with them"), ("adults", "adults_estimated", "adults_sex"), fold=True),
    )
    both: tuple[Section, ...] = (
        Section(
            _("Consent"), CONSENTS, help=_("Asked of the child or the parents. Not asked is an answer too.")
        ),
        Section(_("Risk and disability"), ("vulnerabilities", "disability"), fold=True),
        Section(
            _("Asked only where protection calls for it"), ("nationality", "ethnicity", "religion"), fold=True
        ),
        Section("", ("notes",)),
    )

    @property
    def is_group(self) -> bool:
        """Whether the questions are those of a group."""
        told = (
            self.part.kind
            if self.part
            else self.data.get(self.add_prefix("kind")) or self.initial.get("kind")
        )
        return bool(told == VictimKind.GROUP)

    def layout(self) -> tuple[Section, ...]:
        """The sections of a child or of a group."""
        return (*(self.group if self.is_group else self.child), *self.both)

    def prepare(self) -> None:
        """Sex in sight; a group has no code."""
        super().prepare()
        fields: Any = self.fields
        self.initial["kind"] = VictimKind.GROUP if self.is_group else VictimKind.INDIVIDUAL
        if self.is_group:
            del fields["key_how"], fields["child_key"]
        else:
            fields["sex"] = OneOfField(label=fields["sex"].label, choices=Sex.choices)

    def told(self, part: Victim) -> dict[str, Any]:
        """The victim, and its code."""
        key = part.child.key if part.child else ""
        return super().told(part) | {"child_key": key, "key_how": SAME_CHILD if key else NO_KEY}

    def clean(self) -> dict[str, Any]:
        """A code which is said to exist does."""
        typed = super().clean() or {}
        if typed.get("key_how") == SAME_CHILD:
            key = (typed.get("child_key") or "").strip()
            # Any child may be named by whoever holds its code: that is what counts it once across regions.
            if not Child.objects.filter(key=key).exists():
                self.add_error("child_key", _("No child has this code. Check it, or give a new one."))
            typed["child_key"] = key
        else:
            typed["child_key"] = ""
        if self.is_group and not sum(typed.get(name) or 0 for name in ("boys", "girls", "unknown")):
            self.add_error("boys", _("Say how many children are in the group, even about."))
        return typed

    def victim_part(self, key: str) -> VictimPart:
        """The victim to add, under the code of the child."""
        typed = self.cleaned_data
        part: VictimPart = part_of(
            VictimPart,
            self.values(),
            violations=tuple(typed["violations"]),
            kind=typed["kind"],
            child_key=key,
        )
        return part


class FateForm(PartForm):
    """What became of one child in each violation; `part` is the victim."""

    model = VictimLink
    names = ("outcome", "began_on", "ended_on", "age_at_end", "ill_treated")

    def __init__(self, *args: Any, part: Victim, **kwargs: Any) -> None:
        found = (
            part.links.filter(violation__voided_reason="").select_related("violation").order_by("violation")
        )
        self.links = [link for link in found if link.violation.type in CHILD_COUNTED_TYPES]
        super().__init__(*args, part=part, **kwargs)

    def record(self) -> None:
        """What becomes of a child is not sealed."""

    def told(self, part: Victim) -> dict[str, Any]:
        """What each link says now."""
        return {
            f"{name}_{link.pk}": value
            for link in self.links
            for name, value in values_of(link).items()
            if name in self.names
        }

    def layout(self) -> tuple[Section, ...]:
        """One section for each violation."""
        return tuple(
            Section(
                f"{link.violation.ref.rpartition('-')[2]} · {link.violation.get_type_display()}",
                tuple(f"{name}_{link.pk}" for name in self.names),
            )
            for link in self.links
        )

    def add(self, name: str) -> forms.Field:
        """The question behind a name such as `outcome_12`."""
        return control(self.model, name.rpartition("_")[0])

    def fate_of(self, link: VictimLink) -> dict[str, Any]:
        """What was typed of one link."""
        return {name: self.cleaned_data[f"{name}_{link.pk}"] for name in self.names}


class PerpetratorForm(LinkedForm):
    """Who is held responsible: a party of the register, or why an unknown one is held to be a party."""

    model = Perpetrator
    party = forms.ChoiceField(
        label=_("Party to the conflict"),
        required=False,
        help_text=_("Only what the sources allow. Alleged is enough; the attribution is verified apart."),
    )
    category = forms.ChoiceField(
        label=_("If no party is named: what kind?"),
        choices=PerpetratorCategory.choices,
        initial=NO_PARTY,
        required=False,
    )
    sections: tuple[Section, ...] = (
        Section("", ("violations", "party", "category", "nexus", "verified")),
        Section(
            _("How many they were"),
            ("number", "number_estimated", "sex", "with_children", "children_number", "children_estimated"),
            fold=True,
            help=_("Children among them are victims of recruitment and use: add that violation."),
        ),
        Section(
            _("Arrest, detention, conviction"),
            (
                "arrested",
                "arrested_details",
                "detained",
                "detained_details",
                "convicted",
                "convicted_details",
            ),
            fold=True,
        ),
        Section(
            _("Identifying details"),
            ("description", "name", "rank", "nationality", "ethnicity", "notes"),
            fold=True,
        ),
    )

    def prepare(self) -> None:
        """The parties active that day, by type."""
        super().prepare()
        groups: dict[str, list[tuple[str, str]]] = {}
        for party in self.parties().exclude(type=NO_PARTY).order_by("code"):
            groups.setdefault(str(party.get_type_display()), []).append(
                (party.code, f"{party} ({party.code})")
            )
        fields: Any = self.fields
        fields["party"].choices = [("", _("Not identified")), *groups.items()]

    def parties(self) -> Any:
        """Those which may have done it."""
        assert self.incident is not None
        return Party.objects.active_on(self.incident.occurred_on)

    def told(self, part: Perpetrator) -> dict[str, Any]:
        """The perpetrator, its party by code."""
        return super().told(part) | {"party": part.party.code if part.party else ""}

    def perpetrator_part(self) -> PerpetratorPart:
        """The perpetrator to add."""
        typed = self.cleaned_data
        part: PerpetratorPart = part_of(
            PerpetratorPart,
            self.values(),
            violations=tuple(typed["violations"]),
            party=typed["party"],
            category=typed["category"] or NO_PARTY,
        )
        return part
