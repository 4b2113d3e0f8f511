"""The whole incident on one sheet: what the steps ask one after the other, for whoever writes without a network.

Nothing on it depends on who fills it in: every region and every party, and identifying answers too, since it is sealed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.incidents.childcodes import new_key
from sutura.incidents.choices import Type, VictimKind
from sutura.incidents.forms.columns import TALLY, LinkedForm, PartForm, Section
from sutura.incidents.forms.evidence import SourceForm
from sutura.incidents.forms.people import NEW_KEY, PerpetratorForm, VictimForm
from sutura.incidents.forms.what import WhatForm
from sutura.incidents.parts import IncidentBundle, ViolationPart
from sutura.parties.models import Party
from sutura.ui.fields import CountField

CONSENTS = ("consent_reporting", "consent_sharing", "consent_contact", "needs_services")
CLONED = "__prefix__"
"""Stands in the names of a row which the page copies."""


class OnSheet(PartForm):
    """A part of the sheet."""

    def sees(self) -> bool:
        """Everything is asked: what is written is sealed."""
        return True


class SheetWhatForm(OnSheet, WhatForm):
    """What, when and where, with the places of the whole country, and the two accounts."""

    everywhere = True
    sections: tuple[Section, ...] = (
        *WhatForm.sections[:-1],
        Section(_("Restricted account"), ("account_restricted",)),
        Section(_("Shareable account"), ("account_shareable",)),
        WhatForm.sections[-1],
    )

    def held(self) -> None:
        """Every region: whether the sender may write there is asked when it is taken over."""


class RowForm(OnSheet, LinkedForm):
    """A row: its violations are named by their types, and what was left empty is no row."""

    def __init__(self, *args: Any, types: list[str], **kwargs: Any) -> None:
        self.types = types
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)

    def offered(self) -> list[tuple[str, str]]:
        """The suspected violations which were ticked; all of them while nothing is."""
        return [(code, str(label)) for code, label in Type.choices if not self.types or code in self.types]

    def prepare(self) -> None:
        """Which of several violations is asked; a single one needs no answer."""
        super().prepare()
        self.initial.pop("violations", None)  # a row in which nothing was written equals an empty one
        self.fields["violations"].required = len(self.types) > 1

    def clean(self) -> dict[str, Any]:
        """A single violation is meant without being ticked."""
        typed = super().clean() or {}
        if len(self.types) == 1:
            typed["violations"] = list(self.types)
        return typed


class SheetVictimForm(RowForm, VictimForm):
    """One child or one group; what is asked only where protection calls for it waits for the file."""

    both = (
        Section(_("Consent"), CONSENTS, fold=True),
        Section(_("Risk and disability"), ("vulnerabilities", "disability"), fold=True),
        Section("", ("notes",)),
    )


class SheetPerpetratorForm(RowForm, PerpetratorForm):
    """Who is held responsible: no name and no rank on a device which may be taken."""

    sections: tuple[Section, ...] = (
        Section("", ("violations", "party", "category", "nexus")),
        Section("", ("number", "number_estimated", "sex", "with_children", "children_number", "notes")),
    )

    def parties(self) -> Any:
        """All of the register: the day is not told yet."""
        return Party.objects.all()


class SheetSourceForm(RowForm, SourceForm):
    """Who or what told; why it is trusted waits for the file."""

    sections: tuple[Section, ...] = (
        Section("", ("violations", "category", "kind", "code", "collected_on", "organisation", "trained")),
        Section("", ("reliability", "credibility")),
        Section(_("Consent"), CONSENTS, fold=True),
        Section("", ("notes",)),
    )


class NumbersForm(forms.Form):
    """How many children one of several violations counts."""

    boys = CountField(label=_("Boys"), required=False)
    girls = CountField(label=_("Girls"), required=False)
    unknown = CountField(label=_("Sex not known"), required=False)

    @property
    def label(self) -> str:
        """The violation."""
        return str(Type(str(self.prefix)).label)


ROWS: dict[str, type[RowForm]] = {
    "victims": SheetVictimForm,
    "perpetrators": SheetPerpetratorForm,
    "sources": SheetSourceForm,
}


class Sheet:
    """All that a person tells of one incident; `data` None: nothing yet. `blank`: an empty row ends each list."""

    def __init__(self, data: Any = None, *, user: Any, blank: bool = False) -> None:
        self.user = user
        self.what = SheetWhatForm(data, user=user)
        self.types = [code for code in data.getlist("types") if code in Type.values] if data else []
        self.numbers = [NumbersForm(data, prefix=code) for code in Type.values]
        self.rows = {name: [self._row(name, at, data) for at in _numbers(data, name)] for name in ROWS}
        self.blank = self._blank() if blank else {}

    def is_valid(self) -> bool:
        """Whether all of it can be taken over."""
        return not self.errors

    def parts(self) -> Iterator[forms.Form]:
        """Every form of the sheet that was filled in."""
        yield self.what
        yield from self.numbers
        for rows in self.rows.values():
            yield from rows

    @property
    def errors(self) -> dict[str, Any]:
        """Name of field → its errors."""
        return {
            form[name].html_name if name in form.fields else name: found
            for form in self.parts()
            for name, found in form.errors.items()
        }

    def templates(self) -> list[tuple[str, RowForm]]:
        """An empty row of each kind, for the page to copy."""
        kinds = [("child", "victims", VictimKind.INDIVIDUAL), ("group", "victims", VictimKind.GROUP)]
        made = [(name, self._row(of, CLONED, None, kind=kind)) for name, of, kind in kinds]
        return [*made, *((name, self._row(name, CLONED, None)) for name in ("perpetrators", "sources"))]

    def bundle(self) -> IncidentBundle:
        """The incident with its parts, once it is valid."""
        types = self.what.cleaned_data["types"]
        more: dict[str, Any] = {name: tuple(self._told(name)) for name in ROWS}
        if len(types) > 1:
            told = {str(form.prefix): form.cleaned_data for form in self.numbers}
            tally: dict[str, Any] = {code: {name: told[code][name] or 0 for name in TALLY} for code in types}
            more["violations"] = tuple(ViolationPart(type=code, key=code, **tally[code]) for code in types)
        return self.what.bundle(**more)

    def _told(self, name: str) -> Iterator[Any]:
        for form in self.rows[name]:
            if not form.cleaned_data:
                continue
            if isinstance(form, SheetVictimForm):
                new = form.cleaned_data.get("key_how") == NEW_KEY
                yield form.victim_part(new_key() if new else form.cleaned_data.get("child_key") or "")
            elif isinstance(form, SheetPerpetratorForm):
                yield form.perpetrator_part()
            elif isinstance(form, SheetSourceForm):
                yield form.source_part()

    def _row(self, name: str, at: object, data: Any, **initial: Any) -> RowForm:
        return ROWS[name](data, user=self.user, prefix=f"{name}-{at}", types=self.types, initial=initial)

    def _blank(self) -> dict[str, list[RowForm]]:
        """One more row of each kind, behind those which are there."""
        after = {name: 1 + max((int(str(row.prefix).rpartition("-")[2]) for row in rows), default=-1)
                 for name, rows in self.rows.items()}  # fmt: skip
        child, group = VictimKind.INDIVIDUAL, VictimKind.GROUP
        victims = [
            self._row("victims", after["victims"] + n, None, kind=k) for n, k in enumerate((child, group))
        ]
        others = {name: [self._row(name, after[name], None)] for name in ("perpetrators", "sources")}
        return {"victims": victims, **others}


def _numbers(data: Any, name: str) -> list[int]:
    """The numbers of the rows which were sent, in order."""
    found = (re.fullmatch(rf"{name}-(\d{{1,4}})-\w+", key) for key in (data or ()))
    return sorted({int(match[1]) for match in found if match})
