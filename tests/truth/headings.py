"""Headings of the workbook, canonical English and French, as incidents-workbook.md section 1 lists them."""

from __future__ import annotations

import unicodedata

FRENCH: dict[str, dict[str, str]] = {
    "incidents": {
        "incident_ref": "Référence incident",
        "occurred_on": "Survenu le",
        "occurred_to": "Survenu jusqu'au",
        "open_ended": "Toujours en cours",
        "date_estimated": "Date estimée",
        "place": "Lieu",
        "locality": "Localité",
        "latitude": "Latitude",
        "longitude": "Longitude",
        "place_kind": "Type de lieu",
        "account_restricted": "Récit restreint",
        "account_shareable": "Récit partageable",
        "first_reported_on": "Signalé le",
        "reporting_organisation": "Organisation déclarante",
        "state": "État",
    },
    "violations": {
        "violation_ref": "Référence violation",
        "incident_ref": "Référence incident",
        "type": "Type",
        "boys": "Garçons",
        "girls": "Filles",
        "unknown": "Sexe inconnu",
        "parties": "Parties",
        "attribution": "Attribution",
        "status": "Statut",
        "decided_on": "Décidé le",
        "cross_border": "Transfrontalier",
    },
    "victims": {
        "victim_ref": "Référence victime",
        "violation_refs": "Références violations",
        "kind": "Nature",
        "child_ref": "Référence enfant",
        "sex": "Sexe",
        "age": "Âge",
        "age_estimated": "Âge estimé",
        "boys": "Garçons",
        "girls": "Filles",
        "unknown": "Sexe inconnu",
    },
    "sources": {
        "source_ref": "Référence source",
        "violation_refs": "Références violations",
        "category": "Catégorie",
        "kind": "Nature",
        "collected_on": "Recueilli le",
        "organisation": "Organisation",
        "reliability": "Fiabilité",
        "credibility": "Crédibilité",
        "consent_reporting": "Consentement signalement",
        "consent_sharing": "Consentement partage",
    },
}
EXTRA = {
    "incidents": ["remarks"],
    "violations": ["attack_kind", "observations"],
    "victims": [],
    "sources": [],
}
MANDATORY = {
    "incidents": ("incident_ref", "occurred_on", "place"),
    "violations": ("violation_ref", "incident_ref", "type", "status"),
    "victims": ("victim_ref", "violation_refs"),
    "sources": ("source_ref", "violation_refs"),
}
DATES = {"occurred_on", "occurred_to", "first_reported_on", "decided_on", "collected_on"}
WHOLE = {"boys", "girls", "unknown", "age"}
POINTS = {"latitude", "longitude"}
LISTS = {"violation_refs", "parties"}
YES_NO = {
    "open_ended",
    "date_estimated",
    "age_estimated",
    "cross_border",
    "consent_reporting",
    "consent_sharing",
}
WORDS = YES_NO | {"state", "type", "attribution", "status", "attack_kind", "sex", "category", "reliability"}
WORDS |= {"credibility"}


def columns(sheet: str) -> list[str]:
    """The canonical headings of a sheet, the extra ones last."""
    return [*FRENCH[sheet], *EXTRA[sheet]]


def is_word(sheet: str, column: str) -> bool:
    """Whether a column holds option words, which compare without case."""
    return column in WORDS or (sheet == "victims" and column == "kind")


def squeeze(heading: str) -> str:
    """A heading without case, accents, spaces, underscores, apostrophes."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", heading) if not unicodedata.combining(c))
    return "".join(c for c in bare.casefold() if c not in " _'’\u00a0\t")


def canonical(sheet: str, heading: str) -> str:
    """The canonical heading meant, or the heading itself for an extra column."""
    known = {squeeze(name): name for name in columns(sheet)}
    known |= {squeeze(french): name for name, french in FRENCH[sheet].items()}
    return known.get(squeeze(heading), heading.strip())
