"""The drawing that maps are made on: the schematic outline of Mali, or official boundaries once loaded."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
REGISTER = FOLDER.parent / "register" / "units.csv"
Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Shape:
    """A unit on the map: rings of (longitude, latitude), and where a word has how much room, in degrees."""

    rings: Sequence[Ring]
    label: tuple[float, float, float]


@dataclass(frozen=True)
class Outline:
    """The shapes of one level of one geography; `official` when somebody loaded real boundaries."""

    shapes: Mapping[str, Shape]
    official: bool = False


@lru_cache
def schematic(layer: str) -> Outline:
    """The shipped drawing of a layer: `cercle`, `cod-ab-2021`, `reform-2023`, `country` or `edge`."""
    shapes = {}
    for code, drawn in _bundle()[layer].items():
        rings = [
            [(flat[i] / 100, flat[i + 1] / 100) for i in range(0, len(flat), 2)] for flat in drawn["rings"]
        ]
        x, y, room = drawn["label"]
        shapes[code] = Shape(rings, (x / 100, y / 100, room / 100))
    return Outline(shapes)


def official(layer: str, loaded: Mapping[str, str]) -> Outline | None:
    """Boundaries that somebody loaded (rings as JSON by code), if there is one for every unit of the layer."""
    drawn = schematic(layer).shapes
    if not drawn or not drawn.keys() <= loaded.keys():
        return None
    return Outline(
        {code: Shape(json.loads(loaded[code]), shape.label) for code, shape in drawn.items()}, official=True
    )


@lru_cache
def names() -> Mapping[str, str]:
    """Name of each unit by its code, as the shipped register writes it."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@lru_cache
def _bundle() -> dict[str, dict[str, dict[str, list]]]:
    return json.loads((FOLDER / "mali.json").read_text())
