"""Sentences of the note, from the phrase bank (mrm.md 1.1): counts in words, singular and plural, zeros said well.

Every function answers in the language in force. French follows the wording of United Nations reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.parties.rules import CROSSFIRE, UNIDENTIFIED
from sutura.ui.wording import number


def violations(n: int) -> str:
    """`12 grave violations`."""
    return ngettext("%(n)s grave violation", "%(n)s grave violations", n) % {"n": number(n)}


def children(n: int) -> str:
    """`1 child`, `12 children`."""
    return ngettext("%(n)s child", "%(n)s children", n) % {"n": number(n)}


def sexes(counts: Mapping[str, int]) -> str:
    """` (3 boys, 1 girl, 2 of unknown sex)`, zeros left out; nothing when there is nobody."""
    parts = []
    if boys := counts["boys"]:
        parts.append(ngettext("%(n)s boy", "%(n)s boys", boys) % {"n": number(boys)})
    if girls := counts["girls"]:
        parts.append(ngettext("%(n)s girl", "%(n)s girls", girls) % {"n": number(girls)})
    if unknown := counts["unknown"]:
        parts.append(
            ngettext("%(n)s of unknown sex", "%(n)s of unknown sex", unknown) % {"n": number(unknown)}
        )
    return f" ({', '.join(parts)})" if parts else ""


def headline(totals: Mapping[str, int]) -> str:
    """The opening sentence: violations, children counted once, how many in several violations."""
    count = totals["violations"]
    if not count:
        return _("In the period under review, the United Nations verified no grave violation.")
    said = {"violations": violations(count), "children": children(totals["children"]), "sexes": sexes(totals)}
    if not totals["children"]:
        return (
            _(
                "In the period under review, the United Nations verified %(violations)s; none of "
                "them is counted by child."
            )
            % said
        )
    sentence = (
        _(
            "In the period under review, the United Nations verified %(violations)s, affecting "
            "%(children)s%(sexes)s"
        )
        % said
    )
    several = totals["children_multiple"]
    if several:
        sentence += ngettext(
            ", %(n)s of whom was a victim of multiple violations",
            ", %(n)s of whom were victims of multiple violations",
            several,
        ) % {"n": number(several)}
    return f"{sentence}."


def counted(kind: str, n: int, sexes_of: Mapping[str, int] | None = None) -> str:
    """The sentence of one type; `sexes_of` for types counted by child."""
    if not n:
        return _NONE[kind]()
    return _COUNTED[kind](n) % {"n": number(n), "sexes": sexes(sexes_of) if sexes_of else ""}


_COUNTED = {
    "killing": lambda n: ngettext(
        "Killing of %(n)s child%(sexes)s.", "Killing of %(n)s children%(sexes)s.", n
    ),
    "maiming": lambda n: ngettext(
        "Maiming of %(n)s child%(sexes)s.", "Maiming of %(n)s children%(sexes)s.", n
    ),
    "recruitment_use": lambda n: ngettext(
        "Recruitment and use of %(n)s child%(sexes)s.", "Recruitment and use of %(n)s children%(sexes)s.", n
    ),
    "sexual_violence": lambda n: ngettext(
        "Rape and other forms of sexual violence against %(n)s child%(sexes)s.",
        "Rape and other forms of sexual violence against %(n)s children%(sexes)s.",
        n,
    ),
    "abduction": lambda n: ngettext(
        "Abduction of %(n)s child%(sexes)s.", "Abduction of %(n)s children%(sexes)s.", n
    ),
    "attack_school": lambda n: ngettext(
        "%(n)s attack on schools, including on protected persons.",
        "%(n)s attacks on schools, including on protected persons.",
        n,
    ),
    "attack_hospital": lambda n: ngettext(
        "%(n)s attack on hospitals, including on protected persons.",
        "%(n)s attacks on hospitals, including on protected persons.",
        n,
    ),
    "denial_humanitarian_access": lambda n: ngettext(
        "%(n)s incident of denial of humanitarian access.",
        "%(n)s incidents of denial of humanitarian access.",
        n,
    ),
    "military_use": lambda n: ngettext(
        "Military use of schools or hospitals: %(n)s case.",
        "Military use of schools or hospitals: %(n)s cases.",
        n,
    ),
    "deprivation_liberty": lambda n: ngettext(
        "%(n)s child%(sexes)s deprived of liberty for alleged association with armed groups.",
        "%(n)s children%(sexes)s deprived of liberty for alleged association with armed groups.",
        n,
    ),
}
_NONE = {
    "killing": lambda: _("No killing of a child was verified."),
    "maiming": lambda: _("No maiming of a child was verified."),
    "recruitment_use": lambda: _("No recruitment or use of a child was verified."),
    "sexual_violence": lambda: _("No rape or other sexual violence against a child was verified."),
    "abduction": lambda: _("No abduction of a child was verified."),
    "attack_school": lambda: _("No attack on a school was verified."),
    "attack_hospital": lambda: _("No attack on a hospital was verified."),
    "denial_humanitarian_access": lambda: _("No denial of humanitarian access was verified."),
    "military_use": lambda: _("No military use of a school or hospital was verified."),
    "deprivation_liberty": lambda: _("No deprivation of liberty for alleged association was verified."),
}


def attribution(parties: Iterable[tuple[str, str, int]]) -> str:
    """`Attributed to unidentified perpetrators (12), JNIM (5).`; (label, words, count) in descending number."""
    listed = [f"{in_sentence(label, words)} ({number(count)})" for label, words, count in parties]
    return _("Attributed to %(parties)s.") % {"parties": "; ".join(listed)} if listed else ""


def in_sentence(label: str, words: str) -> str:
    """A party label inside a sentence: common nouns lose their capital, names keep it."""
    if label == UNIDENTIFIED or label.startswith(CROSSFIRE):
        return words[:1].lower() + words[1:]
    return words


def places(regions: Iterable[tuple[str, int]]) -> str:
    """`Regions: Mopti (12), Gao (5).`"""
    listed = [f"{name} ({number(count)})" for name, count in regions]
    return _("Regions: %(regions)s.") % {"regions": ", ".join(listed)} if listed else ""


def under_15(bands: Mapping[str, int]) -> str:
    """How many were under 15, among the children whose age is known; nothing when no age is known."""
    known = sum(count for band, count in bands.items() if band not in ("", "unknown"))
    young = known - bands.get("15-17", 0)
    if not known:
        return ""
    return ngettext(
        "Of %(known)s child whose age is known, %(young)s under 15.",
        "Of %(known)s children whose age is known, %(young)s under 15.",
        known,
    ) % {"known": number(known), "young": number(young)}


def compared(now: int, beside: Iterable[tuple[str, int]]) -> str:
    """`Q4 2025: 9 (+3); Q1 2025: 14 (−2).` Differences are signed and of the same basis."""
    listed = [f"{_says(words, count)} ({signed(now - count)})" for words, count in beside]
    return _("Compared with %(periods)s.") % {"periods": "; ".join(listed)} if listed else ""


def _says(words: str, count: int) -> str:
    return _("%(period)s: %(n)s") % {"period": words, "n": number(count)}


def signed(delta: int) -> str:
    """A difference with its sign: `+3`, `−2`, `±0`."""
    return "±0" if delta == 0 else f"+{number(delta)}" if delta > 0 else number(delta)


def late(n: int) -> str:
    """The sentence that opens the late part."""
    if not n:
        return _("No violation of an earlier quarter was verified late in this quarter.")
    return ngettext(
        "In addition, %(violations)s of an earlier quarter was verified in this quarter. It "
        "is not part of the totals above.",
        "In addition, %(violations)s of earlier quarters were verified in this quarter. They "
        "are not part of the totals above.",
        n,
    ) % {"violations": violations(n)}


def pending(n: int) -> str:
    """The sentence that opens the part of what is not verified."""
    if not n:
        return _("No alleged violation of this quarter is waiting for verification.")
    return ngettext(
        "%(violations)s alleged in this quarter is pending or could not be verified. It is part of no total.",
        "%(violations)s alleged in this quarter are pending or could not be verified. They "
        "are part of no total.",
        n,
    ) % {"violations": violations(n)}
