"""Names of parties, compared and joined: pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from sutura.places.rules import plain

CODE = re.compile(r"^[A-Z][A-Z0-9_]{0,19}$")
CROSSFIRE = "crossfire:"
UNIDENTIFIED = "unidentified"
_ASIDE = re.compile(r"\([^)]*\)")
_PARTS = re.compile(r"[,;+&/]|\band\b|\bet\b", re.IGNORECASE)
_NOBODY = frozenset(
    {
        "", "unidentified", "unknown", "noinformation", "notknown", "na", "inconnu", "inconnue", "inconnus",
        "nonidentifie", "nonidentifies", "unidentifiedarmedactor", "unidentifiedarmedactors", "unidentifiedarmedgroup",
        "unidentifiedarmedgroupmali", "unidentifiedarmedindividuals", "unidentifiedarmedelements",
        "unidentifiedarmedmen", "unidentifiedperpetrators", "armedmen", "unknownarmedgroup", "hommesarmesnonidentifies",
        "elementsarmesnonidentifies", "individusarmesnonidentifies", "groupearmenonidentifie", "auteursnonidentifies",
        "militia", "criminal", "criminals",
    }
)  # fmt: skip


def key(text: str) -> str:
    """What two spellings of one party share: no case, accents, spaces, hyphens, apostrophes or brackets."""
    return plain(_ASIDE.sub(" ", text) if _ASIDE.sub("", text).strip() else text).replace(" ", "")


def says_nobody(text: str) -> bool:
    """Whether a text says that the party is not identified."""
    return key(text) in _NOBODY


def pieces(text: str) -> list[str]:
    """The names in a text that holds several (`Mali Armed Forces, Wagner Group`)."""
    return [part.strip() for part in _PARTS.split(_ASIDE.sub(" ", text)) if part and part.strip()]


def join_codes(codes: Collection[str], *, crossfire: bool = False) -> str:
    """The one label of a violation's parties: `unidentified`, `JNIM`, `A+B`, `crossfire:A+B` (codes sorted)."""
    if not codes:
        return UNIDENTIFIED
    return (CROSSFIRE if crossfire else "") + "+".join(sorted(set(codes)))


def split_label(label: str) -> tuple[bool, list[str]]:
    """Whether a label is crossfire, and its codes; no code for `unidentified`."""
    crossfire = label.startswith(CROSSFIRE)
    codes = [code for code in label.removeprefix(CROSSFIRE).split("+") if code and code != UNIDENTIFIED]
    return crossfire, codes


def goes_round(code: str, parent: str, parents: Mapping[str, str] | Callable[[str], str]) -> bool:
    """Whether a party would become its own ancestor if `parent` became its parent."""
    look = parents if callable(parents) else lambda one: parents.get(one, "")
    seen = {code}
    while parent:
        if parent in seen:
            return True
        seen.add(parent)
        parent = look(parent)
    return False
