"""Which codes go with which cadres, what a code asks for, and which layers it suggests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

TEXT, OTHER, DISCOURAGED, UNCOUNTED = "text", "other", "discouraged", "uncounted"
SPECIALIST, NON_SPECIALISED = "specialist", "non_specialised"
Flags = Mapping[str, Collection[str]]


def refusal(
    codes: Iterable[str], cadres: Collection[str], *, said: str, activity: Flags, cadre: Flags
) -> str:
    """Why codes cannot stand, as a word; nothing if they can. `cadres`: those with at least one person there.

    9 or 10 is decided by the cadre of whoever provides the care, never by the code that somebody typed.
    """
    chosen = list(codes)
    wanted = {flag for code in chosen for flag in activity[code] if flag in (SPECIALIST, NON_SPECIALISED)}
    if wanted and not cadres:
        return "no_cadre"
    special = {name for name in cadres if SPECIALIST in cadre[name]}
    if SPECIALIST in wanted and not special:
        return "not_specialist"
    if NON_SPECIALISED in wanted and special == set(cadres):
        return "specialist"
    if not said and any(TEXT in activity[code] for code in chosen):
        return "no_words"
    return ""


def to_recode(codes: Collection[str], activity: Flags) -> bool:
    """Whether a service joins the queue of codes to look at again: none is certain, or one is “other”."""
    return not codes or any(OTHER in activity[code] for code in codes)


def discouraged(codes: Iterable[str], activity: Flags) -> list[str]:
    """The codes that are recorded to be discouraged."""
    return [code for code in codes if DISCOURAGED in activity[code]]


def suggested(codes: Iterable[str], crosswalk: Iterable[tuple[str, str]]) -> list[str]:
    """What the codes suggest in another list, in its order of codes; only the organisation declares it."""
    wanted = set(codes)
    return sorted({to for code, to in crosswalk if code in wanted})
