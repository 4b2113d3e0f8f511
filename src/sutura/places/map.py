"""A map of Mali as SVG text, drawn by a pure function: shades by region or cercle, hatched where nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import combinations
from math import cos, floor, radians

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sutura.places.choices import Edition
from sutura.places.outline import Outline, Shape, names, schematic
from sutura.ui.charts import levels
from sutura.ui.wording import number

WEST, NORTH = -12.45, 25.2
STRETCH = cos(radians(17.5))
WIDTH, HEIGHT = 480.0, 452.0
SCALE = WIDTH / (16.95 * STRETCH)
SHADES = 5
DARK_FROM = 4
SMALL_ROOM = 0.32  # degrees: a shape with less room inside is drawn as a disc
MARK = (44.0, 42.0)  # pixels that a mark and its name take
SIZES = ((14.5, 8.1), (11.5, 6.4))  # sizes of a label, and the pixels that a letter of it takes


def draw(
    level: str,
    values: Mapping[str, float | None],
    *,
    geography: str = Edition.COD_2021,
    links: Mapping[str, str] | None = None,
    title: str = "",
    palette: Mapping[str, str] | None = None,
    width: int | None = None,
    outline: Outline | None = None,
    name: str = "map",
) -> SafeString:
    """The map as SVG.

    `level`: `region` or `cercle`. `values`: a number by unit code; None, or no entry, means no information (hatched),
    which is not zero (plain). `links`: address by code. `palette`: `ui.charts.PRINT` for pictures in documents, where
    no style sheet is read; `width` in pixels for them, else the map fills its column. `outline`: official boundaries
    (`official`), else the schematic ones. `name` tells two maps of one page apart.
    """
    drawn = outline or schematic(geography if level == "region" else "cercle")
    pen = _Pen(palette or {}, name)
    shades = dict(zip(drawn.shapes, levels(values.get(code) for code in drawn.shapes), strict=True))
    discs: list[str] = []
    flats: list[str] = []
    for code, shape in drawn.shapes.items():
        says = _says(code, values.get(code))
        fill = pen.ink(f"level-{shades[code]}") if values.get(code) is not None else pen.hatch()
        small = shape.label[2] < SMALL_ROOM and code[:4] in ("ML09", "ML-R")
        mark = _disc(shape, fill, says, pen) if small else _area(shape, fill, says, pen)
        (discs if small else flats).append(_linked(mark, (links or {}).get(code, ""), says))
    words = _labels(drawn, values, shades, pen) if level == "region" else []
    border = "" if drawn.official else _border(pen)
    land = f'<g stroke-width="1.1" stroke-linejoin="round">{"".join(flats)}{border}{"".join(discs)}</g>'
    parts = [pen.pattern(), land, *words, *_legend(values, drawn, pen), _caption(drawn, pen)]
    role = "group" if links else "img"
    size = f'width="{width or "100%"}"' + (f' height="{round(width * HEIGHT / WIDTH)}"' if width else "")
    font = ' font-family="DejaVu Sans"' if palette else ""
    box = f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="plot map" {box} {size}{font} font-size="14.5" role="{role}"'
    label = escape(title or _("Map of Mali"), quote=True)
    # every word and address in the parts was escaped where it was written
    return mark_safe(f'{head} aria-label="{label}">{"".join(parts)}</svg>')  # noqa: S308


class _Pen:
    """Classes on screen; for pictures also the colours of the palette, written out."""

    def __init__(self, palette: Mapping[str, str], name: str) -> None:
        self.palette = palette
        self.name = name

    def ink(self, css: str, how: str = "fill") -> str:
        colour = self.palette.get(css)
        return f'class="{css}"' + (f' {how}="{colour}"' if colour else "")

    def hatch(self) -> str:
        return f'fill="url(#{self.name}-unknown)"'

    def stroke(self, css: str) -> str:
        return f' stroke="{self.palette[css]}"' if self.palette else ""

    def pattern(self) -> str:
        return (
            f'<pattern id="{self.name}-unknown" width="6" height="6" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate(45)"><rect width="6" height="6" {self.ink("level-0")}/>'
            f'<path d="M0 0V6" stroke-width="2.4" {self.ink("axis", "stroke")} stroke-opacity=".55"/></pattern>'
        )


def at(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to pixels of the drawing."""
    return (longitude - WEST) * STRETCH * SCALE, (NORTH - latitude) * SCALE


def _path(shape: Shape) -> str:
    """The rings as one path, in tenths of a pixel from point to point; steps too small to see are left out."""
    words = []
    for ring in shape.rings:
        last: tuple[int, int] | None = None
        for longitude, latitude in ring:
            x, y = (round(value * 10) for value in at(longitude, latitude))
            if last is None:
                words.append(f"M{x / 10:g} {y / 10:g}l")
            elif abs(x - last[0]) + abs(y - last[1]) < 6:
                continue
            else:
                words.append(f"{(x - last[0]) / 10:g} {(y - last[1]) / 10:g} ")
            last = x, y
        words.append("z")
    return "".join(words).replace(" z", "z").replace(" -", "-").replace("lz", "z")


def _area(shape: Shape, fill: str, says: str, pen: _Pen) -> str:
    return (
        f'<path d="{_path(shape)}" {_classed(fill, "mark grid")}{pen.stroke("grid")} fill-rule="evenodd">'
        f"<title>{says}</title></path>"
    )


def _classed(fill: str, css: str) -> str:
    """A fill with further classes for its edge."""
    return fill.replace('class="', f'class="{css} ') if "class=" in fill else f'class="{css}" {fill}'


def _disc(shape: Shape, fill: str, says: str, pen: _Pen) -> str:
    """A unit too small to see, as a disc on its place (Bamako)."""
    x, y = at(*shape.label[:2])
    fill = _classed(fill, "mark grid") + pen.stroke("grid")
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="12" {fill}><title>{says}</title></circle>'


def _border(pen: _Pen) -> str:
    """The edge of the country."""
    drawn = "".join(_path(shape) for shape in schematic("country").shapes.values())
    return f'<path d="{drawn}" class="border" fill="none"{pen.stroke("axis")} pointer-events="none"/>'


def _linked(mark: str, href: str, says: str) -> str:
    return f'<a href="{escape(href, quote=True)}" aria-label="{says}">{mark}</a>' if href else mark


def _says(code: str, value: float | None) -> str:
    words = _("no information") if value is None else number(value)
    return escape(f"{names().get(code, code)} : {words}", quote=True)


def _labels(
    drawn: Outline, values: Mapping[str, float | None], shades: Mapping[str, int], pen: _Pen
) -> list[str]:
    """Name and number of each region where there is room for them; the number alone where there is little."""
    words = []
    for code, shape in drawn.shapes.items():
        x, y = at(*shape.label[:2])
        name = names().get(code, code)
        known = values.get(code) is not None
        ink = pen.ink("on-dark" if known and shades[code] >= DARK_FROM else "ink")
        figure = number(values[code]) if known else ""
        room = shape.label[2] * SCALE * 2.55
        size = next((size for size, letter in SIZES if len(name) * letter <= room), 0)
        if size:
            words.append(_word(x, y - (3 if figure else -4), name, ink, pen, known, f' font-size="{size}"'))
        if figure:
            words.append(_word(x, y + (13.5 if size else 5), figure, ink, pen, known, ' font-weight="700"'))
    return words


def _word(x: float, y: float, text: str, ink: str, pen: _Pen, clear: bool, face: str) -> str:
    """Words over the map, out of the pointer's way; over hatching they get a pale edge."""
    halo = (
        ""
        if clear
        else f' paint-order="stroke" stroke-width="4" stroke="{pen.palette.get("level-0", "var(--surface)")}"'
    )
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="middle" pointer-events="none"'
    return f"<text {place}{face}{halo} {ink}>{escape(text)}</text>"


def _legend(values: Mapping[str, float | None], drawn: Outline, pen: _Pen) -> list[str]:
    """Shades with the numbers they stand for, in the empty north-west of the drawing."""
    known = [value for code in drawn.shapes if (value := values.get(code)) is not None]
    rows = [(pen.ink(f"level-{shade}"), words) for shade, words in ranges(max(known, default=0))]
    if 0 in known or not rows:
        rows.insert(0, (pen.ink("level-0"), _("none")))
    if not known:
        rows = []
    if len(known) < len(drawn.shapes):
        rows.append((pen.hatch(), _("no information")))
    words = []
    for index, (fill, text) in enumerate(rows):
        y = 8 + index * 22
        fill = _classed(fill, "axis") + pen.stroke("axis")
        words.append(f'<rect x="4" y="{y}" width="20" height="14" rx="2" {fill} stroke-width=".8"/>')
        words.append(f'<text x="31" y="{y + 11.5}" {pen.ink("ink")}>{escape(text)}</text>')
    return words


def ranges(most: float) -> list[tuple[int, str]]:
    """The whole numbers which each shade 1–5 stands for, when the largest value is `most`; empty shades left out."""
    found = []
    for shade in range(1, SHADES + 1):
        low, high = (floor(most * (edge / SHADES) ** 2 + 1e-9) for edge in (shade - 1, shade))
        if high > low:
            found.append((shade, number(high) if high == low + 1 else f"{number(low + 1)}–{number(high)}"))
    return found


def _caption(drawn: Outline, pen: _Pen) -> str:
    words = (
        _("Boundaries as loaded here") if drawn.official else _("Schematic outline,|not official boundaries")
    )
    lines = words.split("|")
    place = f'x="{WIDTH - 4:.0f}" text-anchor="end" font-size="12" {pen.ink("muted")}'
    lowest = HEIGHT - 10 - 15 * (len(lines) - 1)
    return "".join(
        f'<text y="{lowest + 15 * row:.0f}" {place}>{escape(line)}</text>' for row, line in enumerate(lines)
    )


def marked(
    marks: Mapping[str, str], *, words: Mapping[str, str], geography: str = Edition.COD_2021,
    links: Mapping[str, str] | None = None, title: str = "", defs: str = "",
) -> SafeString:  # fmt: skip
    """The regions as plain land, each with a mark (SVG drawn around 0,0) and its name at its place.

    `words` and `links`: name and address by code. `defs`: patterns that the marks use.
    """
    drawn, pen = schematic(geography), _Pen({}, "marks")
    plain = pen.ink("level-0")
    land = [
        f'<path d="{_path(shape)}" {_classed(plain, "mark grid")} fill-rule="evenodd"/>'
        for shape in drawn.shapes.values()
    ]
    signs = []
    for code, (x, y) in _apart({code: at(*drawn.shapes[code].label[:2]) for code in marks}).items():
        mark, name = marks[code], escape(words.get(code, code), quote=True)
        halo = 'paint-order="stroke" stroke-width="3" stroke="var(--surface)"'
        text = f'<text y="25" text-anchor="middle" font-size="11" {halo} {pen.ink("ink")}>{name}</text>'
        sign = f'<g transform="translate({x:.1f} {y:.1f})">{mark}{text}</g>'
        signs.append(_linked(sign, (links or {}).get(code, ""), name))
    role = "group" if links else "img"
    box = f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" width="100%"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="plot map" {box} role="{role}"'
    label = escape(title or _("Map of Mali"), quote=True)
    inside = (
        f'<g stroke-width="1.1" stroke-linejoin="round">{"".join(land)}{_border(pen)}</g>{"".join(signs)}'
    )
    # every word and address in the parts was escaped where it was written
    return mark_safe(  # noqa: S308
        f'{head} aria-label="{label}"><defs>{defs}</defs>{inside}{_caption(drawn, pen)}</svg>'
    )


def _apart(spots: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The same places, pushed from one another until marks and names no longer overlap, and kept in the picture."""
    wide, high = MARK
    for _round in range(60):
        for one, other in combinations(spots, 2):
            (x, y), (u, v) = spots[one], spots[other]
            across, down = wide - abs(u - x), high - abs(v - y)
            if across <= 0 or down <= 0:
                continue
            push = min(across, down) / 4
            dx, dy = (push if u >= x else -push, 0.0) if across < down else (0.0, push if v >= y else -push)
            spots = spots | {one: _within(x - dx, y - dy), other: _within(u + dx, v + dy)}
    return spots


def _within(x: float, y: float) -> tuple[float, float]:
    wide, high = MARK
    return min(max(x, wide / 2), WIDTH - wide / 2), min(max(y, high / 2), HEIGHT - high / 2 - 4)
