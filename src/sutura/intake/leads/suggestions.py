"""What a lead may be about: suggestions for the person who triages, never a finding."""

from __future__ import annotations

import re

from sutura.alerts.rules import VIOLATION_TYPES

BY_DATASET = {
    "education": "attack_school",
    "health": "attack_hospital",
    "aid_worker": "denial_humanitarian_access",
    "crsv": "sexual_violence",
}
CHILD = re.compile(
    r"\b(child(ren)?|minors?|bab(y|ies)|infants?|girls?|boys?|students?|pupils?|school\s?(boy|girl|child)\w*|toddlers?"
    r"|teen\w*|enfants?|fille(tte)?s?|garçons?|élèves?|mineure?s?|bébés?|nourrissons?)\b",
    re.IGNORECASE,
)
# About adults alone these words are not a matter of this mechanism, so a word for a child must be near.
OF_A_CHILD = (
    (
        "killing",
        re.compile(r"\b(kill\w*|dead|died|death|murder\w*|execut\w*|tué\w*|mort\w*)\b", re.IGNORECASE),
    ),
    ("maiming", re.compile(r"\b(injur\w*|wound\w*|maim\w*|blessé\w*|mutil\w*)\b", re.IGNORECASE)),
    ("recruitment_use", re.compile(r"\b(recruit\w*|child soldiers?|enrôl\w*|recrut\w*)\b", re.IGNORECASE)),
    ("abduction", re.compile(r"\b(kidnap\w*|abb?duct\w*|hostages?|enlev\w*|enlèvement\w*)\b", re.IGNORECASE)),
    (
        "deprivation_liberty",
        re.compile(r"\b(arrest\w*|detain\w*|detention|détenu\w*|arrêté\w*)\b", re.IGNORECASE),
    ),
    ("sexual_violence", re.compile(r"\b(rap(e|ed|es|ing)|sexual\w*|viol(s|ée?s?)?)\b", re.IGNORECASE)),
)
OF_A_PLACE = (
    (
        "attack_school",
        re.compile(r"\b(schools?|classrooms?|teachers?|écoles?|lycées?|enseignants?)\b", re.IGNORECASE),
    ),
    (
        "attack_hospital",
        re.compile(
            r"\b(hospitals?|health (cent(er|re)s?|post|facilit\w+|workers?)|clinics?|ambulances?|nurses?|doctors?"
            r"|hôpita(l|ux)|centres? de santé|infirmi\w+|médecins?)\b",
            re.IGNORECASE,
        ),
    ),
)


def types_of(*, text: str, datasets: tuple[str, ...] = (), killed: int | None = None) -> tuple[str, ...]:
    """Violation types which the datasets and words of a lead suggest, in the usual order; often none."""
    found = {BY_DATASET[name] for name in datasets if name in BY_DATASET}
    if CHILD.search(text):
        found.update(kind for kind, words in OF_A_CHILD if words.search(text))
        if killed:
            found.add("killing")
    found.update(kind for kind, words in OF_A_PLACE if words.search(text))
    return tuple(kind for kind in VIOLATION_TYPES if kind in found)
