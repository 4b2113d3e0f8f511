"""The columns of a workbook here: those of the format, with the details and word lists of the incident file."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.translation import override

from sutura.incidents.choices import Answer, PlaceKind, SourceKind
from sutura.incidents.codes import CodeField, CodesField
from sutura.incidents.models import DETAILS
from sutura.intake.columns import (
    DATE,
    FLAG,
    FORMAT,
    INCIDENTS,
    OPTION,
    SOURCES,
    TEXT,
    VIOLATIONS,
    WHOLE,
    WORD,
    WORDS,
    YES_NO_UNKNOWN,
    Column,
    Layout,
    fold,
)

# `notes` of a file are those of the violation; the link is not for typing.
_NOT_TYPED = {"notes", "violation"}
# The names which the existing database gives to the same facts (mrm-codebook.md B3).
_CODEBOOK = {
    "context": ("context_km",),
    "means": ("attack_type",),
    "weapon": ("weapon_type",),
    "targeted": ("victim_targeted",),
    "took_part": ("victim_a_participant",),
    "indiscriminate": ("indiscriminate_nature",),
    "factors": ("factors_of_recruitment",),
    "role": ("child_role",),
    "combat_roles": ("child_role_combatant",),
    "support_roles": ("child_role_noncombatant",),
    "had_weapon": ("child_owned_weapon",),
    "had_training": ("child_military_type_training",),
    "released": ("released_indicator",),
    "forms": ("sexual_violence_type",),
    "purposes": ("abduction_purpose", "military_use_purpose"),
    "freed": ("abduction_regained_freedom",),
    "freed_how": ("abduction_regained_freedom_how",),
    "attack_kind": ("facility_attack_type",),
    "recurrent": ("recurrent_attack",),
    "operational_before": ("facility_operational_before",),
    "impact": ("facility_impact",),
    "closed": ("facility_closed",),
    "methods": ("denial_method",),
    "organisations": ("denial_organizations_affected",),
    "aid_kinds": ("types_of_aid_disrupted_denial",),
    "facility_kind": ("military_use_type",),
    "reasons": ("reasons_deprivation_liberty",),
    "places": ("facilty_victims_held", "facility_victims_held"),
}
_KINDS: tuple[tuple[type[models.Field], str], ...] = (
    (models.DateField, DATE),
    (models.BooleanField, FLAG),
    (models.IntegerField, WHOLE),
    (models.CharField, TEXT),
    (models.TextField, TEXT),
)


@lru_cache(maxsize=1)
def layout() -> Layout:
    """The columns of the four sheets: the format's own first, then one per detail field and violation type."""
    found = dict(FORMAT)
    found[INCIDENTS] = _with_words(found[INCIDENTS], "place_kind", PlaceKind, "place_kind_other")
    found[SOURCES] = _with_words(found[SOURCES], "kind", SourceKind, "kind_other")
    found[VIOLATIONS] = (*found[VIOLATIONS], *detail_columns())
    return found


def _with_words(
    columns: tuple[Column, ...], name: str, choices: type[models.TextChoices], beside: str
) -> tuple[Column, ...]:
    """The columns, one of which now knows the words of its list."""
    words, options = vocabulary(choices.choices)
    return tuple(
        replace(column, words=words, options=options, beside=beside) if column.name == name else column
        for column in columns
    )


def vocabulary(choices: Any) -> tuple[dict[str, str], tuple[str, ...]]:
    """Folded codes and labels (both languages) → code; and the codes."""
    words: dict[str, str] = {}
    pairs = [(str(code), label) for code, label in choices if code]
    for code, _label in pairs:
        words[fold(code)] = code
    for language in ("fr", "en"):
        with override(language):
            for code, label in pairs:
                words.setdefault(fold(str(label)), code)
    return words, tuple(code for code, _label in pairs)


def detail_columns() -> tuple[Column, ...]:
    """A column for each field of the details; fields of one name and different lists are one column per type."""
    by_model: defaultdict[type[models.Model], list[str]] = defaultdict(list)
    for kind, model in DETAILS.items():
        by_model[model].append(str(kind))
    found = [
        _column(field, {f.name for f in model._meta.concrete_fields}, tuple(types))
        for model, types in by_model.items()
        for field in model._meta.concrete_fields
        if field.name not in _NOT_TYPED and not field.is_relation
    ]
    found = [replace(column, others=_CODEBOOK.get(column.name, ())) for column in found]
    own = {fold(column.french) for column in FORMAT[VIOLATIONS]} | {
        fold(column.name) for column in FORMAT[VIOLATIONS]
    }
    claims = Counter(heading for heading, _name in {(fold(column.french), column.name) for column in found})
    # A label which two fields share names neither: their English headings still do.
    return tuple(
        column
        if claims[fold(column.french)] == 1 and fold(column.french) not in own
        else replace(column, french="")
        for column in found
    )


def _column(field: Any, names: set[str], types: tuple[str, ...]) -> Column:
    with override("fr"):
        french = str(field.verbose_name)
    if isinstance(field, CodeField | CodesField):
        words, options = vocabulary(field.flatchoices)
        if set(options) == set(Answer.values):
            return Column(field.name, french, OPTION, options=YES_NO_UNKNOWN, types=types)
        beside = next(
            (name for name in (f"{field.name}_other", f"{field.name[:-1]}_other") if name in names), ""
        )
        kind = WORDS if isinstance(field, CodesField) else WORD
        return Column(field.name, french, kind, options=options, types=types, beside=beside, words=words)
    kind = next(kind for model_field, kind in _KINDS if isinstance(field, model_field))
    longest = getattr(field, "max_length", None) or 0
    low = 1 if kind == WHOLE and field.default == 1 else None
    return Column(field.name, french, kind, types=types, longest=longest, low=low)
