"""The address of a figure: how a page, a command or an explanation names one number of a report.

Written as a path: `verified/victims/killing/boys`, `late/events/attack_school`, `verified/by_party/A+B/killing`,
`verified/by_region/ML05`, `verified/totals/children`, `apart/deprivation_liberty/total`, `multiple/X12`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sutura.ledger.rules import (
    APART_TYPES,
    BOY,
    EVENT_TYPES,
    GIRL,
    GRAVE_TYPES,
    PERSON_TYPES,
    UNKNOWN,
    LineFacts,
)
from sutura.reporting.rules.counting import BLOCK_APART, BLOCK_LATE, BLOCK_VERIFIED, BLOCKS, WHOLE_COUNTRY
from sutura.reporting.rules.figures import BlockFigures, Figures, Sexes

COLUMNS = {"boys": BOY, "girls": GIRL, "unknown": UNKNOWN}
TOTALS = ("violations", "children", *COLUMNS, "children_multiple")
CHILDREN_ONCE = ("children", *COLUMNS, "children_multiple")


class NoSuchFigure(ValueError):
    """The text is not the address of a figure."""


@dataclass(frozen=True, slots=True)
class Address:
    """Which lines of a report a number counts; empty facets do not restrict."""

    blocks: tuple[str, ...]
    types: tuple[str, ...]
    sex: str = ""
    party: str | None = None
    region: str | None = None
    multiple: bool = False
    child: str = ""
    children_once: bool = False

    def holds(self, block: str | None, facts: LineFacts, geography: str) -> bool:
        """Say whether a line of a block stands behind the figure (`multiple` needs the other lines too)."""
        region = facts.region if geography == "2021" else facts.region_2023
        return (
            block in self.blocks
            and facts.type in self.types
            and (not self.sex or facts.sex == self.sex)
            and (self.party is None or facts.party_label == self.party)
            and (self.region is None or (region or WHOLE_COUNTRY) == self.region)
        )


def address(text: str) -> Address:
    """Read an address; the words are those of the figures JSON."""
    head, *rest = text.split("/")
    try:
        if head == "multiple":
            (child,) = rest
            return Address((BLOCK_VERIFIED, BLOCK_LATE), PERSON_TYPES, multiple=True, child=child)
        if head == BLOCK_APART:
            return _apart(rest)
        if head in BLOCKS:
            return _in_block(head, rest)
    except (ValueError, KeyError, IndexError) as error:
        raise NoSuchFigure(text) from error
    raise NoSuchFigure(text)


def _apart(rest: list[str]) -> Address:
    kind, *column = rest
    return Address((BLOCK_APART,), (_one_of(kind, APART_TYPES),), sex=_sex(column))


def _in_block(block: str, rest: list[str]) -> Address:
    table, *rest = rest
    if table == "victims":
        kind, *column = rest
        return Address((block,), (_one_of(kind, PERSON_TYPES),), sex=_sex(column))
    if table == "events":
        (kind,) = rest
        return Address((block,), (_one_of(kind, EVENT_TYPES),))
    if table in ("by_party", "by_region"):
        label, *kinds = rest
        types = (_one_of(kinds[0], GRAVE_TYPES),) if kinds else GRAVE_TYPES
        if table == "by_party":
            return Address((block,), types, party=label)
        return Address((block,), types, region=label)
    if table == "totals":
        (name,) = rest
        return _total(block, _one_of(name, TOTALS))
    raise KeyError(table)


def _total(block: str, name: str) -> Address:
    if name == "violations":
        return Address((block,), GRAVE_TYPES)
    # Who is boy or girl once over a block is not the sex of single lines: all lines of children stand behind.
    return Address((block,), PERSON_TYPES, multiple=name == "children_multiple", children_once=True)


def _one_of(word: str, words: tuple[str, ...]) -> str:
    if word not in words:
        raise KeyError(word)
    return word


def _sex(column: list[str]) -> str:
    if not column or column == ["total"]:
        return ""
    (name,) = column
    return COLUMNS[name]


def flat(found: Figures) -> dict[str, int]:
    """Every number of a report by its address; row tables name only the rows that are there."""
    numbers: dict[str, int] = {}
    for name, block in found.blocks.items():
        numbers.update({f"{name}/{path}": count for path, count in _flat_block(block).items()})
    numbers["apart/military_use"] = found.apart.military_use
    numbers.update(_flat_sexes("apart/deprivation_liberty", found.apart.deprivation_liberty))
    return numbers


def _flat_block(block: BlockFigures) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for kind, sexes in block.victims.items():
        numbers.update(_flat_sexes(f"victims/{kind}", sexes))
    numbers.update({f"events/{kind}": count for kind, count in block.events.items()})
    numbers.update({f"by_party/{row.label}/{row.type}": row.count for row in block.by_party})
    numbers.update({f"by_region/{row.label}/{row.type}": row.count for row in block.by_region})
    kept: dict[str, Any] = dict(_flat_sexes("totals", block.totals.children))
    numbers["totals/violations"] = block.totals.violations
    numbers["totals/children"] = kept.pop("totals/total")
    numbers.update(kept)
    numbers["totals/children_multiple"] = block.totals.children_multiple
    return numbers


def _flat_sexes(path: str, sexes: Sexes) -> dict[str, int]:
    return {
        f"{path}/boys": sexes.boys,
        f"{path}/girls": sexes.girls,
        f"{path}/unknown": sexes.unknown,
        f"{path}/total": sexes.total,
    }


def addresses_of(block: str, facts: LineFacts, geography: str) -> list[str]:
    """Every additive figure in which a line of a block is counted (children counted once are not additive)."""
    column = next((name for name, sex in COLUMNS.items() if sex == facts.sex), "")
    if block == BLOCK_APART:
        if facts.type == "deprivation_liberty":
            return [f"apart/{facts.type}/{column}", f"apart/{facts.type}/total"]
        return [f"apart/{facts.type}"]
    region = (facts.region if geography == "2021" else facts.region_2023) or WHOLE_COUNTRY
    found = [
        f"{block}/by_party/{facts.party_label}/{facts.type}",
        f"{block}/by_region/{region}/{facts.type}",
        f"{block}/totals/violations",
    ]
    if facts.type in PERSON_TYPES:
        found += [f"{block}/victims/{facts.type}/{column}", f"{block}/victims/{facts.type}/total"]
    else:
        found.append(f"{block}/events/{facts.type}")
    return found
