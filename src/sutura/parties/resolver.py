"""The register of parties in memory: a text to its parties, a label to its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from sutura.parties.models import Party, PartyName
from sutura.parties.rules import CROSSFIRE, UNIDENTIFIED, join_codes, key, pieces, says_nobody, split_label


@dataclass(frozen=True)
class Named:
    """What a text about perpetrators says: parties of the register, and names that the register does not know."""

    parties: tuple[Party, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def party(self) -> Party | None:
        """The party, when there is exactly one and nothing else."""
        return self.parties[0] if len(self.parties) == 1 and not self.unknown else None

    @property
    def unidentified(self) -> bool:
        """Whether the text names no party of the register."""
        return not self.parties

    @property
    def label(self) -> str:
        """The label of these parties taken jointly."""
        return join_codes([party.code for party in self.parties])


class Parties:
    """All parties with their spellings, read in two queries, for whole files and whole pages."""

    def __init__(self, parties: Iterable[Party], names: Iterable[tuple[int, str]]) -> None:
        known = {party.pk: party for party in parties}
        self.by_code = {party.code: party for party in known.values()}
        self._by_key = {folded: known[party_id] for party_id, folded in names}

    @classmethod
    def current(cls) -> Parties:
        """The register of now."""
        return cls(Party.objects.all(), PartyName.objects.values_list("party_id", "folded"))

    def resolve(self, text: str) -> Named:
        """The parties a text names, by code or any spelling; a text that says nobody is known names none."""
        whole = self._one(text)
        if whole is not None:
            return Named((whole,))
        if says_nobody(text):
            return Named()
        found: dict[str, Party] = {}
        unknown = []
        for piece in pieces(text):
            party = self._one(piece)
            if party is not None:
                found[party.code] = party
            elif not says_nobody(piece):
                unknown.append(piece)
        return Named(tuple(found.values()), tuple(unknown))

    def label(self, label: str, language: str | None = None) -> str:
        """A violation's label in words: `crossfire:FAMA+JNIM` → tirs croisés entre …; an unknown code stays itself."""
        language = language or get_language() or "fr"
        crossfire, codes = split_label(label)
        with override(language):
            if not codes:
                return _("Unidentified perpetrators")
            names = [self.by_code[code].name_in(language) if code in self.by_code else code for code in codes]
            listed = names[0] if len(names) == 1 else _("%(names)s and %(last)s") % {
                "names": ", ".join(names[:-1]), "last": names[-1],
            }  # fmt: skip
            return _("Crossfire between %(names)s") % {"names": listed} if crossfire else listed

    def _one(self, text: str) -> Party | None:
        return self.by_code.get(text.strip().upper()) or self._by_key.get(key(text))


def resolve(text: str) -> Named:
    """`Parties.resolve` on the register of now; a loop takes `Parties.current()` once instead."""
    return Parties.current().resolve(text)


def label(party_label: str, language: str | None = None) -> str:
    """`Parties.label` on the register of now; a page with many labels takes `Parties.current()` once instead."""
    return Parties.current().label(party_label, language)


__all__ = ["CROSSFIRE", "UNIDENTIFIED", "Named", "Parties", "label", "resolve"]
