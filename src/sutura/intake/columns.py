"""The four sheets of the incidents workbook, version 1: every column, its French heading, what it may hold.

Source: formats/incidents-workbook.md, section 1. A change here needs a new version of that format.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

INCIDENTS, VIOLATIONS, VICTIMS, SOURCES = "incidents", "violations", "victims", "sources"
SHEETS = (INCIDENTS, VIOLATIONS, VICTIMS, SOURCES)
MANDATORY_SHEETS = (INCIDENTS, VIOLATIONS)

# The ways a cell may be meant.
REF, REFS, DATE, FLAG, OPTION, WHOLE, NUMBER, TEXT, PARTIES, PLACE = (
    "ref", "refs", "date", "flag", "option", "whole", "number", "text", "parties", "place",
)  # fmt: skip
WORD, WORDS = "word", "words"  # an option, or several, of a list which the format leaves to the codebook

PERSON_TYPES = ("killing", "maiming", "recruitment_use", "sexual_violence", "abduction")
# Types whose listed victims may not exceed the typed count.
LISTED_TYPES = (*PERSON_TYPES, "deprivation_liberty")
TYPES = (
    *PERSON_TYPES, "attack_school", "attack_hospital", "denial_humanitarian_access", "military_use",
    "deprivation_liberty",
)  # fmt: skip
SEXES = ("boy", "girl", "unknown")
TALLY = ("boys", "girls", "unknown")
TALLY_OF = dict(zip(SEXES, TALLY, strict=True))
LEVELS = ("high", "medium", "low")
YES_NO_UNKNOWN = ("yes", "no", "unknown")


@dataclass(frozen=True)
class Column:
    """One column: canonical heading, French heading, how its cells are meant."""

    name: str
    french: str
    kind: str
    mandatory: bool = False
    options: tuple[str, ...] = ()
    default: str = ""
    low: float | None = None
    high: float | None = None
    longest: int = 0
    types: tuple[str, ...] = ()  # the violation types a detail column belongs to; empty for all
    others: tuple[str, ...] = ()  # further headings understood
    beside: str = ""  # the column which takes the words outside the list
    words: Mapping[str, str] = field(default_factory=dict, compare=False)  # folded word or label → code


def _incidents() -> tuple[Column, ...]:
    return (
        Column("incident_ref", "Référence incident", REF, mandatory=True, longest=80),
        Column("occurred_on", "Survenu le", DATE, mandatory=True),
        Column("occurred_to", "Survenu jusqu'au", DATE),
        Column("open_ended", "Toujours en cours", FLAG),
        Column("date_estimated", "Date estimée", FLAG),
        Column("place", "Lieu", PLACE, mandatory=True),
        Column("locality", "Localité", TEXT, longest=200),
        Column("latitude", "Latitude", NUMBER, low=-90, high=90),
        Column("longitude", "Longitude", NUMBER, low=-180, high=180),
        Column("place_kind", "Type de lieu", WORD),
        Column("account_restricted", "Récit restreint", TEXT),
        Column("account_shareable", "Récit partageable", TEXT),
        Column("first_reported_on", "Signalé le", DATE),
        Column("reporting_organisation", "Organisation déclarante", TEXT, longest=200),
        Column("state", "État", OPTION, options=("open", "closed", "duplicate", "void"), default="open"),
    )


def _violations() -> tuple[Column, ...]:
    return (
        Column("violation_ref", "Référence violation", REF, mandatory=True, longest=80),
        Column("incident_ref", "Référence incident", REF, mandatory=True, longest=80),
        Column("type", "Type", OPTION, mandatory=True, options=TYPES),
        Column("boys", "Garçons", WHOLE),
        Column("girls", "Filles", WHOLE),
        Column("unknown", "Sexe inconnu", WHOLE),
        Column("parties", "Parties", PARTIES),
        Column("attribution", "Attribution", OPTION, options=("sole", "joint", "crossfire", "unidentified")),
        Column(
            "status", "Statut", OPTION, mandatory=True,
            options=("pending", "could_not_verify", "verified", "not_mrm", "did_not_occur"),
        ),
        Column("decided_on", "Décidé le", DATE),
        Column("cross_border", "Transfrontalier", OPTION, options=YES_NO_UNKNOWN),
    )  # fmt: skip


def _victims() -> tuple[Column, ...]:
    return (
        Column("victim_ref", "Référence victime", REF, mandatory=True, longest=80),
        Column("violation_refs", "Références violations", REFS, mandatory=True),
        Column("kind", "Nature", OPTION, options=("individual", "group"), default="individual"),
        Column("child_ref", "Référence enfant", REF, longest=80),
        Column("sex", "Sexe", OPTION, options=SEXES),
        Column("age", "Âge", WHOLE),
        Column("age_estimated", "Âge estimé", FLAG),
        Column("boys", "Garçons", WHOLE),
        Column("girls", "Filles", WHOLE),
        Column("unknown", "Sexe inconnu", WHOLE),
    )


def _sources() -> tuple[Column, ...]:
    return (
        Column("source_ref", "Référence source", REF, mandatory=True, longest=80),
        Column("violation_refs", "Références violations", REFS, mandatory=True),
        Column(
            "category", "Catégorie", OPTION,
            options=("primary_victim", "primary_witness", "primary_alleged_perpetrator", "secondary"),
        ),
        Column("kind", "Nature", WORD),
        Column("collected_on", "Recueilli le", DATE),
        Column("organisation", "Organisation", TEXT, longest=200),
        Column("reliability", "Fiabilité", OPTION, options=LEVELS),
        Column("credibility", "Crédibilité", OPTION, options=LEVELS),
        Column("consent_reporting", "Consentement signalement", OPTION, options=YES_NO_UNKNOWN),
        Column("consent_sharing", "Consentement partage", OPTION, options=YES_NO_UNKNOWN),
    )  # fmt: skip


FORMAT: dict[str, tuple[Column, ...]] = {
    INCIDENTS: _incidents(),
    VIOLATIONS: _violations(),
    VICTIMS: _victims(),
    SOURCES: _sources(),
}
OWN_REF = {sheet: columns[0].name for sheet, columns in FORMAT.items()}
Layout = dict[str, tuple[Column, ...]]

_LEFT_OUT = str.maketrans("", "", " _'’ʼ`´‘\u00a0\u202f\u2009\t\n\r*:\ufeff")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A heading without case, accents, spaces, underscores, apostrophes: `Survenu jusqu'au` → survenujusquau."""
    flat = unicodedata.normalize("NFKD", text.translate(_LEFT_OUT))
    return (
        "".join(letter for letter in flat if not unicodedata.combining(letter))
        .casefold()
        .translate(_LEFT_OUT)
    )


def headings(columns: tuple[Column, ...]) -> dict[str, str]:
    """Folded heading → canonical name, English before French where both claim one word."""
    found: dict[str, str] = {}
    for column in columns:
        found.setdefault(fold(column.name), column.name)
    for column in columns:
        if column.french:
            found.setdefault(fold(column.french), column.name)
    for column in columns:
        for other in column.others:
            found.setdefault(fold(other), column.name)
    return found
