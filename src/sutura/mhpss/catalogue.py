"""The lists of codes in use, read once: words of a code, its flags, what it suggests in another list."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from sutura.mhpss.choices import ListKind, Relation
from sutura.mhpss.models import Crosswalk, Term
from sutura.places.rules import plain

LISTS = {
    "codes": ListKind.ACTIVITY, "layers": ListKind.LAYER, "packages": ListKind.PACKAGE, "distress": ListKind.DISTRESS,
    "themes": ListKind.THEME, "groups": ListKind.GROUP, "languages": ListKind.LANGUAGE,
    "modalities": ListKind.MODALITY,
}  # fmt: skip
"""Field of a service → the list whose codes it holds."""


class Catalogue:
    """All codes in use, by kind of list; one statement."""

    def __init__(self) -> None:
        self.terms: dict[str, dict[str, Term]] = {kind.value: {} for kind in ListKind}
        for term in Term.objects.filter(scheme__is_active=True).select_related("scheme"):
            if "group" not in term.flags.split():
                self.terms[term.scheme.kind][term.code] = term

    def of(self, kind: str) -> dict[str, Term]:
        """Codes of a kind of list, in its order."""
        return self.terms[kind]

    def flags(self, kind: str) -> dict[str, list[str]]:
        """What the rules need to know of each code."""
        return {code: term.flags.split() for code, term in self.of(kind).items()}

    def choices(self, kind: str) -> list[tuple[str, str]]:
        """Codes with their words; activities with the code before."""
        full = kind in (ListKind.ACTIVITY, ListKind.PACKAGE)
        return [(code, term.full if full else str(term)) for code, term in self.of(kind).items()]

    def words(self, kind: str, codes: Iterable[str]) -> list[str]:
        """Codes in words, in the order of the list; one of an older list as it stands."""
        chosen, known = list(codes), self.of(kind)
        first = [
            known[code].full if kind == ListKind.ACTIVITY else str(known[code])
            for code in known
            if code in chosen
        ]
        return first + [code for code in chosen if code not in known]

    def ordered(self, kind: str, codes: Iterable[str]) -> str:
        """Codes as they are kept: in the order of the list, one space between."""
        chosen = set(codes)
        known = [code for code in self.of(kind) if code in chosen]
        return " ".join(known + sorted(chosen - set(known)))

    def layers(self) -> list[Term]:
        """The layers that count, from the base."""
        return [term for term in self.of(ListKind.LAYER).values() if "uncounted" not in term.flags.split()]

    @cached_property
    def _spelt(self) -> dict[str, dict[str, str]]:
        return {
            kind: {
                plain(text): code
                for code, term in terms.items()
                for text in (term.name_fr, term.name_en, code)
            }
            for kind, terms in self.terms.items()
        }

    def code_of(self, kind: str, text: str) -> str:
        """The code that a text means, by itself or by its words in either language; nothing for no code."""
        given = text.strip()
        if given in self.of(kind):
            return given
        head = given.split(" ", 1)[0].rstrip(".–-:")
        return head if head in self.of(kind) else self._spelt[kind].get(plain(given), "")

    @cached_property
    def suggestions(self) -> list[tuple[str, str, str]]:
        """Kind of list, code, and the layer that it suggests."""
        rows = Crosswalk.objects.filter(relation=Relation.SUGGESTS, other__scheme__kind=ListKind.LAYER)
        return list(rows.values_list("term__scheme__kind", "term__code", "other__code"))
