"""How the columns of a record are asked: each by the control that suits it, in sections, its own fields only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import may
from sutura.incidents.choices import Answer
from sutura.incidents.codes import CodesField
from sutura.incidents.forms.hints import HINTS
from sutura.incidents.models import Incident
from sutura.security.privacy import IDENTIFYING, classes
from sutura.security.sealed import Sealed, SealedDateField, SealedFloatField, held, sealed_fields
from sutura.ui.fields import CountField, DayField, OneOfField, SomeOfField
from sutura.vault.revealing import may_open

Opening = Callable[[list[models.Model]], Any]
"""Opens the sealed fields of records in memory."""

# A field which is asked only after an answer, hidden until then by the style sheet alone.
AFTER_YES = frozenset(
    "campaign_details re_recruitment_details indiscriminate_details saw_children_number released_number freed_how"
    " ill_treatment_kinds cross_border_country related_types children_number arrested_details detained_details"
    " convicted_details consent_sharing_with".split()
)
AFTER = {"occurred_to": "if-range", "child_key": "if-same"}
# A list longer than this is a drop-down.
IN_SIGHT = 5
TALLY = ("boys", "girls", "unknown")


@dataclass(frozen=True)
class Section:
    """Some fields under one heading; kind: "" one below the other, `row` side by side, `tally` with their sum.

    `fold` sections stay closed until asked for, or until something in them is filled or wrong.
    """

    title: Any
    names: tuple[str, ...]
    kind: str = ""
    help: Any = ""
    fold: bool = False


@dataclass(frozen=True)
class Drawn:
    """A section as a page shows it."""

    title: Any
    help: Any
    kind: str
    fold: bool
    open: bool
    fields: list[tuple[forms.BoundField, str]]
    total_of: str
    must_be: str


def control(model: type[models.Model], name: str) -> forms.Field:
    """The field of a form for one column."""
    column: Any = model._meta.get_field(name)
    said: dict[str, Any] = {
        "label": capfirst(str(column.verbose_name)),
        "help_text": HINTS.get((model.__name__, name)) or HINTS.get(("", name)) or column.help_text,
        "required": False,
    }
    if isinstance(column, CodesField):
        return SomeOfField(choices=column.flatchoices, **said)
    if column.choices:
        return _choice(column, said)
    if isinstance(column, models.DateField | SealedDateField):
        return DayField(**said)
    if isinstance(column, models.BooleanField):
        return forms.BooleanField(**said)
    if isinstance(column, models.FloatField | SealedFloatField):
        return forms.FloatField(**said)
    if isinstance(column, models.IntegerField):
        return CountField(widget=forms.NumberInput(attrs={"placeholder": " "}), **said)
    if isinstance(column, models.TextField) and not column.max_length:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "placeholder": " "}), **said)
    # The space makes `:placeholder-shown` tell an empty field from a filled one.
    shown = forms.TextInput(attrs={"placeholder": " "})
    return forms.CharField(max_length=column.max_length, widget=shown, **said)


def _choice(column: Any, said: dict[str, Any]) -> forms.Field:
    choices = [(code, label) for code, label in column.flatchoices if code]
    if choices == list(Answer.choices):
        return OneOfField(choices=[("", _("Not asked")), *choices], **said)
    if not column.blank:
        kind = OneOfField if len(choices) <= IN_SIGHT else forms.ChoiceField
        if kind is forms.ChoiceField and not column.has_default():
            choices = [("", "—"), *choices]
        return kind(choices=choices, **{**said, "required": True})
    return forms.ChoiceField(choices=[("", "—"), *choices], **said)


def values_of(record: models.Model) -> dict[str, Any]:
    """The values of a record by name of column, a tally of nothing left empty."""
    found = {}
    for column in record._meta.concrete_fields:
        value = getattr(record, column.attname)
        empty = value == 0 and not isinstance(value, bool) and column.has_default()
        found[column.name] = None if empty or isinstance(value, Sealed) else value
    return found


class PartForm(forms.Form):
    """What a person typed about one record of an incident; the sections say which columns are asked.

    Identifying columns are absent for who may not read them, so that saving leaves them as they are.
    """

    model: type[models.Model]
    sections: tuple[Section, ...] = ()
    needed: tuple[str, ...] = ()

    def __init__(
        self,
        *args: Any,
        user: Any,
        incident: Incident | None = None,
        part: Any = None,
        opening: Opening | None = None,
        **kwargs: Any,
    ) -> None:
        self.user, self.incident, self.part = user, incident, part
        record = self.record()
        self.may_open = record is None or not held([record]) or may_open(user, record)
        opening = opening if self.may_open else None
        if record is not None and opening is not None:
            opening([record])
        self.sealed = [field.name for _record, fields in held([record] if record else []) for field in fields]
        told = self.told(part) if part is not None else {}
        kwargs["initial"] = told | dict(kwargs.pop("initial", None) or {})
        super().__init__(*args, **kwargs)
        sees, privacy = self.sees(), classes(self.model)
        for section in self.layout():
            for name in section.names:
                if name not in self.base_fields and (sees or privacy.get(name) != IDENTIFYING):
                    self.fields[name] = self.add(name)
        for name in self.needed:
            if name in self.fields:
                self.fields[name].required = True
        self.prepare()
        self._seal(opening is not None)
        if incident is not None and self.corrects():
            self.fields["why"] = why_field(incident)

    def sees(self) -> bool:
        """Whether identifying columns are asked."""
        return may(self.user, "incidents.restricted", self.incident.region if self.incident else None)

    def record(self) -> models.Model | None:
        """The record whose columns are asked, once there is one."""
        return self.part

    def _seal(self, opened: bool) -> None:
        """Say which answers are sealed: they are not shown, and stay unless something else is written."""
        self.sealed = [name for name in self.sealed if name in self.fields]
        for name in self.sealed:
            self.fields[name].help_text = _(
                "Sealed. What you write here takes its place; leave it empty to keep it."
            )
            self.fields[name].required = False
        if opened and self.record() is not None:
            self.fields["opened"] = forms.CharField(required=False, initial="1", widget=forms.HiddenInput)

    def corrects(self) -> bool:
        """Whether something recorded may change, so that the reason is asked."""
        return self.part is not None

    def told(self, part: Any) -> dict[str, Any]:
        """What the record says now, as the form asks it."""
        return values_of(part)

    def layout(self) -> tuple[Section, ...]:
        """The sections, in order."""
        return self.sections

    def add(self, name: str) -> forms.Field:
        """The question behind a name."""
        return control(self.model, name)

    def prepare(self) -> None:
        """Choices which depend on the incident."""

    def values(self) -> dict[str, Any]:
        """What was typed, by name of column; fields which are no column are left to whoever saves."""
        columns = {column.name for column in self.model._meta.concrete_fields}
        # What is sealed never equals what was typed: only what the person changed is written again.
        same = {field.name for field in sealed_fields(self.model)} - set(self.changed_data)
        kept = same if self.record() is not None else set()
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in columns and name not in self.base_fields and name not in kept
        }

    @property
    def why(self) -> str:
        """The reason given for a change."""
        return str(self.cleaned_data.get("why") or "")

    def drawn(self) -> Iterator[Drawn]:
        """The sections as a page shows them; an empty one is not."""
        for section in self.layout():
            fields = [self[name] for name in section.names if name in self.fields]
            if fields:
                yield drawn(section, fields)

    def check_total(self, typed: Mapping[str, Any]) -> None:
        """The total told, where it was given, is the sum of its parts."""
        total, summed = typed.get("total"), sum(typed.get(name) or 0 for name in TALLY)
        if total is not None and total != summed:
            self.add_error(
                "total",
                _("Boys, girls and unknown add up to %(sum)s, not %(total)s. Correct one of them.")
                % {"sum": summed, "total": total},
            )


def drawn(section: Section, fields: list[forms.BoundField]) -> Drawn:
    """A section with its fields; one that is filled or wrong stands open."""
    told = any(bound.errors or bound.value() not in (None, "", [], False) for bound in fields)
    summed = [bound.html_name for bound in fields if bound.name != "total"] if section.kind == "tally" else []
    must_be = "total" if len(summed) < len(fields) else ""
    styled = [(bound, style(bound)) for bound in fields]
    return Drawn(
        section.title, section.help, section.kind, section.fold, told, styled, " ".join(summed), must_be
    )


def style(bound: forms.BoundField) -> str:
    """How a field stands: its answers side by side, or shown only after the answer that calls for it."""
    choices = list(getattr(bound.field, "choices", []))
    if (
        isinstance(bound.field, OneOfField)
        and choices
        and choices[0][0] == ""
        and len(choices) == len(Answer) + 1
    ):
        return "choices-row"
    if bound.name.endswith("_other"):
        return "if-other"
    return "if-yes" if bound.name in AFTER_YES else AFTER.get(bound.name, "")


def why_field(incident: Incident) -> forms.CharField:
    """Why a record is changed: asked always, required once the file was judged or closed."""
    judged = incident.state != "open" or incident.violations.standing().exclude(status="pending").exists()
    return forms.CharField(
        label=_("Why this change?"),
        help_text=_("It is kept with your name beside what stood before. No names."),
        max_length=500,
        required=judged,
    )


def total_field() -> CountField:
    """The total told by the source, to check the parts against."""
    return CountField(
        label=_("Total told"), required=False, help_text=_("If the source gave one: the parts must add up.")
    )


def violation_choices(incident: Incident) -> list[tuple[str, str]]:
    """The standing violations of the incident, to tick: reference → words."""
    found = incident.violations.standing().order_by("pk")
    return [
        (one.ref, f"{one.ref.rpartition('-')[2]} · {one.get_type_display()} ({one.total})") for one in found
    ]


class LinkedForm(PartForm):
    """A record which belongs to violations of the incident, ticked by their reference."""

    violations = SomeOfField(
        label=_("Violations"),
        error_messages={"required": _("Tick at least one violation.")},
    )

    def prepare(self) -> None:
        """The violations to tick; a single one is ticked already."""
        choices = self.offered()
        fields: Any = self.fields
        fields["violations"].choices = choices
        if self.part is None and len(choices) == 1:
            self.initial.setdefault("violations", [choices[0][0]])

    def offered(self) -> list[tuple[str, str]]:
        """What may be ticked."""
        assert self.incident is not None
        return violation_choices(self.incident)

    def told(self, part: Any) -> dict[str, Any]:
        """The record, and the violations which it belongs to."""
        held = part.links.filter(violation__voided_reason="").order_by("violation")
        return super().told(part) | {"violations": list(held.values_list("violation__ref", flat=True))}
