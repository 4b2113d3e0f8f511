"""Who is said to have done it, looked up in the register of parties: a suggestion, never an attribution."""

from __future__ import annotations

from sutura.intake.leads.reading import Suspects
from sutura.parties.resolver import Parties

UNIDENTIFIED = "unidentified"


def named_parties() -> Suspects:
    """A look-up of names for one import: the party and its type when the text names one, and nobody else."""
    register = Parties.current()

    def suggestion(text: str) -> tuple[str, str]:
        party = register.resolve(text).party
        return (party.code, str(party.type)) if party else ("", UNIDENTIFIED)

    return suggestion
