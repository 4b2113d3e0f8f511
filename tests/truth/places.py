"""The administrative units as the shared list gives them, read for the second account only."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, field

from tests.shared import shared

ALIASES = {"timbuktu": "tombouctou"}
TAOUDENIT = {"ML060505"}  # Salam: the one commune the list names for Taoudénit


def fold(text: str) -> str:
    """A name without case, accents and surplus spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().replace("’", "'").split())


@dataclass
class Gazetteer:
    """P-codes, names and parents of regions, cercles and communes, with the regions of the 2023 reform."""

    names: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    inside: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    reform: dict[str, str] = field(default_factory=dict)

    def find(self, text: str) -> str | None:
        """The P-code meant by a P-code or by a path `Region / Cercle / Commune`, else None."""
        if text in self.names:
            return text
        unit = "MLI"
        for step in text.split("/"):
            name = fold(step)
            found = self.inside.get((unit, ALIASES.get(name, name)), [])
            if len(found) != 1:
                return None
            unit = found[0]
        return unit

    def lineage(self, code: str) -> list[str]:
        """The unit and those above it, the region first."""
        chain = [code]
        while self.parents[chain[0]] != "MLI":
            chain.insert(0, self.parents[chain[0]])
        return chain

    def path(self, code: str) -> str:
        """`Region / Cercle / Commune` in official names."""
        return " / ".join(self.names[unit] for unit in self.lineage(code))

    def region(self, code: str) -> str:
        """The level-1 P-code of COD-AB 2021."""
        return self.lineage(code)[0]

    def region_2023(self, code: str) -> str:
        """The number of the 2023 region: by commune (Salam), by cercle, else the region that kept the P-code."""
        for unit in reversed(self.lineage(code)):
            if unit in TAOUDENIT:
                return "09"
            if unit in self.reform:
                return self.reform[unit]
        raise KeyError(code)


def gazetteer() -> Gazetteer:
    """Read the shared lists."""
    book = Gazetteer()
    with shared("data", "admin", "mli_admin_pcodes.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            code, above = row["pcode"], row["parent_pcode"]
            book.names[code], book.parents[code] = row["name"], above
            book.points[code] = (float(row["lat"]), float(row["lon"]))
            book.inside.setdefault((above, fold(row["name"])), []).append(code)
    with shared("data", "admin", "mli_regions_2023.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            number = row["code_ca_2023_006"]
            if row["cod_ab_2021_pcode"]:
                book.reform[row["cod_ab_2021_pcode"]] = number
            for part in row["old_cercles_transferred"].split(";"):
                if "(" not in part:
                    book.reform[re.sub(r"\W", "", part)] = number
    return book
