"""Names and points, compared: pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import asin, cos, hypot, isfinite, radians, sin, sqrt

EARTH_KM = 6371.0
# west, south, east, north in degrees: the country with a margin of about a tenth of a degree
BOX = (-12.35, 10.04, 4.35, 25.1)

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ŋ": "n", "ɲ": "ny", "ɛ": "e", "ɔ": "o", "ß": "ss", "ø": "o", "ı": "i"}
)
_BROKEN = re.compile("[\u00c3\u00c2\u00e3\u00e2][\u0080-\u00bf\u20ac\u2019\u0152\u0153\u2122]")
_WORD = r"(?:region|cercle|commune|circle|district|departement)"
_PARTICLE = r"(?: (?:rurale|urbaine))?(?: (?:de la|de l|du|des|de|d|of))?"
_BEFORE = re.compile(rf"^{_WORD}{_PARTICLE} ")
_AFTER = re.compile(rf" {_WORD}$")
_HINTS = (
    (re.compile(r"^region\b|\bregion$"), 1),
    (re.compile(r"^cercle\b|\b(?:cercle|circle)$"), 2),
    (re.compile(r"^commune\b|\bcommune$"), 3),
)
_CODE = re.compile(r"^\s*[A-Za-z]{2}-?[A-Za-z]?\d{1,8}\s*$|^\s*\d+\s*$")


def mended(text: str) -> str:
    """UTF-8 once read as Western European, put right (`SÃ©gou` → `Ségou`); other text as it is."""
    if not _BROKEN.search(text):
        return text
    for encoding in ("cp1252", "latin-1"):
        for attempt in (text, text.replace("ã", "Ã").replace("â", "Â")):
            try:
                return attempt.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
    return text


class Bare(dict[int, str | None]):
    """Letters and digits as they are, no accents, the rest as spaces; each character is looked at once."""

    def __missing__(self, code: int) -> str | None:
        """What becomes of a character."""
        letter = chr(code)
        self[code] = None if unicodedata.combining(letter) else letter if letter.isalnum() else " "
        return self[code]


_BARE = Bare()


def plain(text: str) -> str:
    """Lower case, no accents, hyphens and apostrophes as one space: `  Gourma-RHAROUS ` → `gourma rharous`."""
    lowered = mended(text).casefold().translate(_LETTERS)
    return " ".join(unicodedata.normalize("NFKD", lowered).translate(_BARE).split())


def fold(text: str) -> str:
    """`plain`, without the words which only say the level: `Région de Gao`, `Gao region` → `gao`."""
    folded = plain(text)
    bare = _AFTER.sub("", _BEFORE.sub("", folded + " ").strip())
    return bare or folded


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """What two spellings of one name share: `fold` without spaces (`Ben Kadi`, `Benkadi`)."""
    return fold(text).replace(" ", "")


def level_named(text: str) -> int | None:
    """The level which a text names beside the place: `Menaka cercle` → 2; None if it names none."""
    folded = plain(text)
    if " " not in folded:
        return None
    return next((level for pattern, level in _HINTS if pattern.search(folded)), None)


def segments(text: str) -> list[str]:
    """The steps of a path `Region / Cercle / Commune`, from the region down; empty steps are left out."""
    return [step.strip() for step in re.split(r"[/>\\]", text) if step.strip()]


def looks_like_code(text: str) -> bool:
    """Whether a text is written as a code (`ML0504`, `ML-R17`, `12`), so that it is no name."""
    return bool(_CODE.match(text))


def point(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Two finite degrees, or None; decimal commas are read."""
    try:
        lat, lon = (float(str(value).strip().replace(",", ".")) for value in (latitude, longitude))
    except (TypeError, ValueError):
        return None
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    return lat, lon


def in_box(latitude: float, longitude: float) -> bool:
    """Whether a point may lie in Mali at all."""
    west, south, east, north = BOX
    return south <= latitude <= north and west <= longitude <= east


def inside(rings: Sequence[Sequence[tuple[float, float]]], longitude: float, latitude: float) -> bool:
    """Whether a point lies in a polygon of rings of (longitude, latitude), by crossings."""
    within = False
    for ring in rings:
        ahead = ring[-1]
        for here in ring:
            if (here[1] > latitude) != (ahead[1] > latitude) and longitude < (ahead[0] - here[0]) * (
                latitude - here[1]
            ) / (ahead[1] - here[1]) + here[0]:
                within = not within
            ahead = here
    return within


def edge_kilometres(
    rings: Sequence[Sequence[tuple[float, float]]], longitude: float, latitude: float
) -> float:
    """How far a point lies from the nearest side of a polygon of rings of (longitude, latitude), in km."""
    wide = cos(radians(latitude))
    nearest = float("inf")
    for ring in rings:
        ax, ay = (ring[-1][0] - longitude) * wide, ring[-1][1] - latitude
        for lon, lat in ring:
            bx, by = (lon - longitude) * wide, lat - latitude
            dx, dy = bx - ax, by - ay
            length = dx * dx + dy * dy
            along = min(1.0, max(0.0, -(ax * dx + ay * dy) / length)) if length else 0.0
            nearest = min(nearest, hypot(ax + along * dx, ay + along * dy))
            ax, ay = bx, by
    return radians(nearest) * EARTH_KM


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points (latitude, longitude), in km."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
