"""What a protection lead said who may read: two tables, read without a word of the product's own law.

`routes.csv`: one row an address. `fields.csv`: one row a kind of words. Both name roles, the tier a grant must reach
(`role@S2` where a role needs another), and where it must hold
(`role@giver`: it opens what she gave herself, and nothing of others):

    open        strangers too
    before      whoever has an account in use, even before she has a second factor
    signed in   whoever has an account in use
    somewhere   a grant in any region; the page shows only what the reader may read
    place       a grant in the region of the record
    country     a grant for the whole country
    giver       who gave the record herself, and nobody else

`sexual violence`: `group` opens to the group of that region alone, `month` opens without what leads to the event.
`named`: `yes` opens to those named for sources and perpetrators of that region alone, as the group does where there
is sexual violence.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
GROUP = "sexual_violence_group"
NAMED = "evidence_group"
GIVER, NEVER = "giver", "S9"


@dataclass(frozen=True)
class Held:
    """A grant in force; no region means the whole country."""

    role: str
    tier: str
    region: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a table: role → tier it must reach, where, and what sexual violence changes."""

    who: dict[str, str]
    where: str
    apart: str = ""
    named: bool = False

    def allows(
        self,
        held: list[Held],
        *,
        out: bool = False,
        unready: bool = False,
        region: str = "",
        apart: bool = False,
        gave: bool = False,
    ) -> bool:
        """Whether somebody who holds these grants may.

        `out`: a stranger, or an account that is closed; `unready`: she showed no second factor, and must;
        `gave`: the record is what she told herself.
        """
        if self.where == "open":
            return True
        if out or (unready and self.where != "before"):
            return False
        if self.where in ("before", "signed in"):
            return True
        if apart and self.apart.startswith("group") and not in_group(held, region):
            return False
        if self.named and not apart and not in_group(held, region, NAMED):
            return False
        return any(self._opens(one, region, gave) for one in held)

    def _opens(self, one: Held, region: str, gave: bool) -> bool:
        tier = self.who.get(one.role, NEVER)
        if tier == GIVER:
            return gave
        if one.tier < tier:
            return False
        within = {
            "somewhere": True,
            "country": not one.region,
            "place": one.region in ("", region),
            GIVER: gave,
        }
        return any(within[word] for word in self.where.split(" or "))


def in_group(held: list[Held], region: str, group: str = GROUP) -> bool:
    """Whether a named group of a region counts this person in."""
    return any(one.role == group and one.tier == "S4" and one.region in ("", region) for one in held)


@dataclass(frozen=True)
class Oracle:
    """Both tables."""

    routes: dict[str, Row] = field(default_factory=dict)
    fields: dict[tuple[str, str], Row] = field(default_factory=dict)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _row(told: dict[str, str]) -> Row:
    who = {}
    for word in told["roles"].split():
        role, _at, tier = word.partition("@")
        who[role] = tier or told["tier"]
    return Row(who, told["where"], told.get("sexual violence") or "", bool(told.get("named")))


def read() -> Oracle:
    """The tables as signed."""
    routes = {told["route"]: _row(told) for told in _rows("routes.csv")}
    fields = {(told["record"], told["class"]): _row(told) for told in _rows("fields.csv")}
    return Oracle(routes, fields)


def unsigned() -> list[str]:
    """Tables which are not those that somebody signed (`signed.txt`: SHA-256, file, who, when)."""
    signed = dict(line.split()[1::-1] for line in (FOLDER / "signed.txt").read_text().splitlines())
    return [
        name
        for name in ("routes.csv", "fields.csv")
        if hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() != signed.get(name)
    ]
