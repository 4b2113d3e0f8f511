"""Columns for codes picked from the lists of `choices`: one code, several codes, an asked question.

The words of a list are kept out of migrations: a better wording must not need a change of schema.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from sutura.incidents.choices import Answer
from sutura.security.sealed import Sealed, SealedTextField

MARK = ";"
Label = Any  # a lazy translation: django-stubs names its type privately


def joined(codes: Iterable[str]) -> str:
    """`["b", "a"]` as stored: `;a;b;`, sorted and each once; nothing for no code."""
    kept = sorted(set(codes) - {""})
    return f"{MARK}{MARK.join(kept)}{MARK}" if kept else ""


def split(text: str) -> list[str]:
    """`;a;b;` as read: `["a", "b"]`."""
    return [code for code in text.split(MARK) if code]


class CodeField(models.CharField):
    """One code of a list, or empty where it was not recorded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Without the words."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs


class CodesField(models.TextField):
    """Several codes of a list in one text column, `list[str]` in Python; the order carries no meaning."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Without the words."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_rest: object) -> list[str]:
        """What the column holds, as a list."""
        return split(value or "")

    def to_python(self, value: object) -> list[str]:
        """A list from a list, or from text with `;` between codes."""
        if value is None:
            return []
        if isinstance(value, str):
            return sorted(set(split(value)))
        if isinstance(value, (list, tuple, set, frozenset)):
            return sorted({str(code) for code in value} - {""})
        raise ValidationError(_("Give a list of codes."), code="invalid")

    def get_prep_value(self, value: object) -> str:
        """As stored."""
        return joined(self.to_python(value))

    def get_default(self) -> Any:
        """An empty list."""
        return []

    def value_to_string(self, obj: models.Model) -> str:
        """As stored, for serialisers."""
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Every code must be in the list."""
        known = {str(code) for code, _label in self.flatchoices}
        strange = [code for code in value or [] if code not in known]
        if known and strange:
            raise ValidationError(
                _("%(codes)s: not in the list."), code="invalid_choice", params={"codes": ", ".join(strange)}
            )
        if not self.blank and not value:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Check boxes, one per code."""
        return forms.MultipleChoiceField(
            choices=kwargs.get("choices", self.flatchoices),
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            widget=kwargs.get("widget", forms.CheckboxSelectMultiple),
        )


@CodesField.register_lookup
class Has(models.Lookup):
    """`.filter(vulnerabilities__has="displaced")`: the code is among those picked."""

    lookup_name = "has"

    def get_prep_lookup(self) -> str:
        """The pattern of one code, its marks included."""
        return f"%{MARK}{self.rhs}{MARK}%"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """`LIKE` on both databases; codes hold no wildcard but `_`, which then stands for itself too."""
        column, values = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*values, self.rhs)


def display(field: CodesField, codes: Iterable[str]) -> list[str]:
    """The words of the codes, in the order of the list; a code which left the list is shown as it is."""
    words = {str(code): str(label) for code, label in field.flatchoices}
    held = set(codes)
    return [label for code, label in words.items() if code in held] + sorted(held - words.keys())


def asked(label: Label) -> CodeField:
    """A question answered yes, no or unknown; empty while it was not asked."""
    return CodeField(label, max_length=8, choices=Answer.choices, blank=True, default="")


def picked(label: Label, choices: Any) -> CodeField:
    """One code of a list, optional."""
    return CodeField(label, choices=choices.choices, blank=True, default="")


def tally(label: Label) -> models.PositiveIntegerField:
    """A number of people or things, zero unless told; the database refuses less than zero."""
    return models.PositiveIntegerField(label, default=0)


def line(label: Label, length: int = 200) -> models.CharField:
    """A short text, optional."""
    return models.CharField(label, max_length=length, blank=True, default="")


def text(label: Label) -> models.TextField:
    """A long text, optional."""
    return models.TextField(label, blank=True, default="")


class SealedCodesField(CodesField, SealedTextField):
    """Several codes of a list that lie sealed in their column; which ones nobody can ask the database."""

    empty: Any = ()

    def from_db_value(self, value: str | None, *_rest: object) -> Any:
        """Nothing, or something sealed."""
        return Sealed(value) if value else []

    def to_python(self, value: Any) -> Any:
        """What was sealed stays so."""
        return value if isinstance(value, Sealed) else self.read(value)

    def get_prep_value(self, value: Any) -> Any:
        """As stored; codes that have not been sealed are refused."""
        return SealedTextField.get_prep_value(self, value or "")

    def read(self, value: Any) -> Any:
        """A list of codes."""
        return CodesField.to_python(self, value)

    def told(self, value: Any) -> str:
        """The codes as one text."""
        return joined(value)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Every code must be in the list."""
        if not isinstance(value, Sealed):
            super().validate(value, model_instance)


def sealed_line(label: Label, length: int = 200) -> SealedTextField:
    """A short text, optional, that lies sealed in its column."""
    return SealedTextField(label, max_length=length, blank=True, default="")


def sealed_text(label: Label) -> SealedTextField:
    """A text, optional, that lies sealed in its column."""
    return SealedTextField(label, blank=True, default="")


def flag(label: Label) -> models.BooleanField:
    """Told yes, or not told."""
    return models.BooleanField(label, default=False)
