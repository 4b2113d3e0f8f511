"""The hostile files, one after the other: which door, which name, which bytes. Knows nothing of what is behind."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from trials.bad_archives import MAKERS
from trials.bad_pictures import LISTS, PICTURES

NAMES = ("x.xlsx", "x.jpg", "../../etc/passwd", "x\0.png", "=1+1.csv", "é" * 200, "x.pdf.exe", "con", "x")
EVERY = [("picture", make) for make in PICTURES] + [("workbook", make) for make in MAKERS]
EVERY += [("list", make) for make in LISTS]


@dataclass
class File:
    """One hostile file, and the door it is given at."""

    door: str
    name: str
    content: bytes
    called: str


def draw(number: int, seed: int) -> File:
    """Each maker in turn, with other dice every time; the same number and seed draw the same file."""
    chance = Random(f"{seed} {number}")
    door, make = EVERY[number % len(EVERY)]
    return File(door, f"{number} {make.__name__}", make(chance), chance.choice(NAMES))
