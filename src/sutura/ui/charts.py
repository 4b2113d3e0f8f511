"""Charts as SVG text, drawn on the server by pure functions: every mark says its value and may open its records.

Across is measured in per cent, down in pixels, so one drawing fits a phone and a laptop with its words at reading
size. On screen, colours come from the style sheet by class. For a picture in a document pass `palette=PRINT` and a
`width` in pixels: colours are then written out, as a rasteriser reads no style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import ceil, floor, log10, sqrt

from django.utils.safestring import SafeString, mark_safe

from sutura.ui.wording import number, says

PRINT: Mapping[str, str] = {
    "c1": "#2d3f97", "c2": "#c8782a", "c3": "#6fa3d8", "c4": "#8d877c", "c5": "#7b3a6b", "c6": "#d8c595",
    "level-0": "#ffffff", "level-1": "#eceff9", "level-2": "#d3daf2", "level-3": "#a9b6e3",
    "level-4": "#5568b8", "level-5": "#2d3f97",
    "ink": "#1e1c19", "muted": "#5c564c", "grid": "#e2dcd0", "axis": "#857d70", "on-dark": "#ffffff",
}  # fmt: skip
"""Colours of the light scheme, told apart by colour-blind readers and in grey."""
SERIES = 6
SMALL = 12


def drawn(html: str) -> SafeString:
    """What this module wrote, ready for a page."""
    return mark_safe(html)  # noqa: S308 - every word from outside was escaped on its way in


@dataclass(frozen=True)
class Bar:
    """One value: `label` says it in full, `tick` under the axis; `value=None` means not assessed."""

    label: str
    value: float | None
    href: str = ""
    tick: str | None = None


@dataclass(frozen=True)
class Row:
    """A named run of values: a line, a stacked bar, a row of a matrix or a small panel."""

    label: str
    parts: Sequence[Bar]
    href: str = ""


@dataclass
class Canvas:
    """Collects the elements of one drawing; `width` in pixels, or nothing for the whole column."""

    height: float
    title: str
    width: int | None = None
    palette: Mapping[str, str] | None = None
    parts: list[str] = field(default_factory=list)
    linked: bool = False

    def ink(self, css: str, how: str = "fill") -> str:
        """The class of a mark and, for pictures, its colour as an attribute."""
        colour = self.palette.get(css) if self.palette else None
        return f'class="{css}"' + (f' {how}="{colour}"' if colour else "")

    def text(
        self,
        x: float,
        y: float,
        words: object,
        *,
        css: str = "ink",
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Words at `x` per cent and `y` pixels."""
        weight = ' font-weight="700"' if bold else ""
        place = f'x="{x:.4g}%" y="{y:.4g}"' + (f' text-anchor="{anchor}"' if anchor != "start" else "")
        self.parts.append(f"<text {place}{weight} {self.ink(css)}>{escape(str(words))}</text>")

    def rule(self, y: float, css: str = "grid") -> None:
        """A line across the whole width."""
        self.parts.append(f'<line x1="0%" x2="100%" y1="{y:.4g}" y2="{y:.4g}" {self.ink(css, "stroke")}/>')

    def box(self, x: float, y: float, wide: float, high: float, css: str, bar: Bar, words: str = "") -> None:
        """A rectangle that says its value, and opens `bar.href` if there is one."""
        words = escape(words or says(bar.label, number(bar.value)), quote=True)
        ink = self.ink(css).replace('class="', 'class="mark ')
        shape = (
            f'<rect x="{x:.4g}%" y="{y:.4g}" width="{max(wide, 0):.4g}%" height="{max(high, 0):.4g}" {ink}>'
        )
        self.link(f"{shape}<title>{words}</title></rect>", bar.href, words)

    def link(self, shape: str, href: str, words: str) -> None:
        """A shape, inside a link if it opens something."""
        if href:
            self.linked = True
            shape = f'<a href="{escape(href, quote=True)}" aria-label="{words}">{shape}</a>'
        self.parts.append(shape)

    def svg(self) -> SafeString:
        """The drawing: an image to a screen reader, or a group of links when its marks open something."""
        role = "group" if self.linked else "img"
        wide = f'width="{self.width or "100%"}" height="{self.height:.4g}"'
        font = ' font-family="DejaVu Sans"' if self.palette else ""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" {wide} font-size="{SMALL}"{font}'
        return drawn(
            f'{head} role="{role}" aria-label="{escape(self.title, quote=True)}">{"".join(self.parts)}</svg>'
        )


def css(index: int) -> str:
    """Class of the n-th series, from 0."""
    return f"c{index % SERIES + 1}"


def top(values: Iterable[float | None]) -> float:
    """A round number at or above every value: 1, 2, 5 times a power of ten; 1 when there is nothing."""
    most = max((value for value in values if value), default=0)
    if most <= 0:
        return 1
    step = 10 ** floor(log10(most))
    return float(next(size for size in (step, 2 * step, 5 * step, 10 * step) if size >= most))


def levels(values: Iterable[float | None]) -> list[int]:
    """A shade 0–5 for each value, by square root so that one large cell does not flatten the rest; 0 for nothing."""
    known = list(values)
    most = max((value for value in known if value), default=0)
    return [0 if not value or value < 0 else min(5, ceil(5 * sqrt(value / most))) for value in known]


def place(index: int, count: int, gap: float = 0.25) -> tuple[float, float]:
    """Where the n-th of `count` columns begins and how wide it is, in per cent."""
    step = 100 / max(count, 1)
    return index * step + step * gap / 2, step * (1 - gap)


def ticks(canvas: Canvas, items: Sequence[Bar], y: float) -> None:
    """Labels under an axis; an empty `tick` leaves one out."""
    every = max(1, ceil(len(items) / 6))
    for index, item in enumerate(items):
        words = item.tick if item.tick is not None else (item.label if index % every == 0 else "")
        x, wide = place(index, len(items))
        if words and len(items) <= 6:
            canvas.text(x + wide / 2, y, words, css="muted", anchor="middle")
        elif words:
            last = index == len(items) - 1
            canvas.text(x + wide if last else x, y, words, css="muted", anchor="end" if last else "start")


def bars(
    items: Sequence[Bar], *, title: str, height: int = 120, ceiling: float | None = None, series: int = 0,
    width: int | None = None, palette: Mapping[str, str] | None = None,
) -> SafeString:  # fmt: skip
    """Upright bars by period; the largest and the last say their number, a value not assessed is a dash."""
    canvas = Canvas(height, title, width, palette)
    limit = ceiling or top(item.value for item in items)
    floor_y, room = height - 20, height - 38
    canvas.rule(floor_y, "axis")
    most = max((item.value or 0 for item in items), default=0)
    for index, item in enumerate(items):
        x, wide = place(index, len(items))
        high = room * (item.value or 0) / limit
        if item.value is not None:
            canvas.box(x, floor_y - high, wide, max(high, 1.5), css(series), item)
        last = index == len(items) - 1
        told = item.value is None or len(items) <= 8 or last or item.value == most
        if told:
            canvas.text(x + wide / 2, floor_y - high - 5, number(item.value), anchor="middle")
    ticks(canvas, items, height - 5)
    return canvas.svg()


def lines(
    series: Sequence[Row], *, title: str, height: int = 160, ceiling: float | None = None,
    width: int | None = None, palette: Mapping[str, str] | None = None,
) -> SafeString:  # fmt: skip
    """Lines over time, one per row; a gap where a value is not assessed."""
    canvas = Canvas(height, title, width, palette)
    limit = ceiling or top(part.value for row in series for part in row.parts)
    head = 26 if palette else 0
    floor_y, room = height - 20, height - 40 - head
    if head:
        draw_keys(canvas, [row.label for row in series])
    for share in (0.5, 1):
        canvas.rule(floor_y - room * share)
        canvas.text(0, floor_y - room * share - 4, number(limit * share), css="muted")
    canvas.rule(floor_y, "axis")
    for index, row in enumerate(series):
        draw_line(canvas, row, css(index), limit, floor_y, room)
    if series:
        ticks(canvas, series[0].parts, height - 5)
    return canvas.svg()


def draw_line(canvas: Canvas, row: Row, colour: str, limit: float, floor_y: float, room: float) -> None:
    """One line of segments and its dots, each dot a number that may open."""
    dots: list[tuple[float, float, Bar]] = []
    before: tuple[float, float] | None = None
    for index, part in enumerate(row.parts):
        x, wide = place(index, len(row.parts))
        if part.value is None:
            before = None
            continue
        at = (x + wide / 2, floor_y - room * part.value / limit)
        if before:
            ends = f'x1="{before[0]:.4g}%" y1="{before[1]:.4g}" x2="{at[0]:.4g}%" y2="{at[1]:.4g}"'
            ink = canvas.ink(colour, "stroke").replace('class="', 'class="line ')
            canvas.parts.append(f'<line {ends} stroke-width="2" stroke-linecap="round" {ink}/>')
        dots.append((*at, part))
        before = at
    for x, y, part in dots:
        words = escape(says(f"{row.label}, {part.label}", number(part.value)), quote=True)
        ink = canvas.ink(colour).replace('class="', 'class="mark ')
        canvas.link(
            f'<circle cx="{x:.4g}%" cy="{y:.4g}" r="4" {ink}><title>{words}</title></circle>',
            part.href,
            words,
        )


def stacked(
    rows: Sequence[Row], *, title: str, keys: Sequence[str] = (), width: int | None = None,
    palette: Mapping[str, str] | None = None,
) -> SafeString:  # fmt: skip
    """Bars on their side, cut into parts, each row named above its bar with its total; longest row fills the width.

    In a picture the `keys` of the parts stand on top; on screen print `legend(keys)` beside it.
    """
    head = 26 if palette and keys else 0
    canvas = Canvas(head + 42 * len(rows), title, width, palette)
    if head:
        draw_keys(canvas, keys)
    totals = [sum(part.value or 0 for part in row.parts) for row in rows]
    most = max(totals, default=0) or 1
    for index, (row, total) in enumerate(zip(rows, totals, strict=True)):
        y, x = head + 42 * index, 0.0
        canvas.text(0, y + 13, row.label)
        canvas.text(100, y + 13, number(total), anchor="end", bold=True)
        for place_, part in enumerate(row.parts):
            wide = 100 * (part.value or 0) / most
            if wide:
                words = says(f"{row.label}, {part.label}", number(part.value))
                canvas.box(x, y + 18, max(wide - 0.15, 0.3), 16, css(place_), part, words)
            x += wide
    return canvas.svg()


def draw_keys(canvas: Canvas, keys: Sequence[str]) -> None:
    """The meaning of the colours, on top of a picture, spread evenly."""
    for index, key in enumerate(keys):
        x = 100 * index / max(len(keys), 3)
        canvas.parts.append(f'<rect x="{x:.4g}%" y="2" width="11" height="11" {canvas.ink(css(index))}/>')
        canvas.parts.append(
            f'<svg x="{x:.4g}%" y="0" width="40%" height="16" overflow="visible">'
            f'<text x="17" y="12" {canvas.ink("ink")}>{escape(key)}</text></svg>'
        )


def multiples(panels: Sequence[Row], *, height: int = 112, one_scale: bool = True) -> SafeString:
    """Small multiples on screen: one panel per row, side by side, all on one scale unless told otherwise."""
    ceiling = top(part.value for panel in panels for part in panel.parts) if one_scale else None
    found = []
    for panel in panels:
        total = number(sum(part.value or 0 for part in panel.parts))
        name, total = escape(panel.label), escape(total)
        if panel.href:
            total = f'<a href="{escape(panel.href, quote=True)}">{total}</a>'
        picture = bars(panel.parts, title=panel.label, height=height, ceiling=ceiling)
        found.append(
            f'<div class="multiple"><p><strong>{name}</strong> <span>{total}</span></p>{picture}</div>'
        )
    return drawn(f'<div class="multiples">{"".join(found)}</div>')


def small_multiples(
    panels: Sequence[Row], *, title: str, columns: int = 3, width: int = 900, high: int = 140,
    palette: Mapping[str, str] = PRINT,
) -> SafeString:  # fmt: skip
    """Small multiples as one picture for a document, all panels on one scale."""
    rows = ceil(len(panels) / columns)
    canvas = Canvas(rows * (high + 28), title, width, palette)
    ceiling = top(part.value for panel in panels for part in panel.parts)
    step = 100 / columns
    for index, panel in enumerate(panels):
        x, y = (index % columns) * step, (index // columns) * (high + 28)
        canvas.text(x, y + 14, panel.label, bold=True)
        wide = int(width * step / 100 * 0.92)
        inner = bars(
            panel.parts, title=panel.label, height=high, ceiling=ceiling, width=wide, palette=palette
        )
        canvas.parts.append(inner.replace("<svg ", f'<svg x="{x:.4g}%" y="{y + 20}" ', 1))
    return canvas.svg()


def sparkline(values: Sequence[float | None], *, title: str, width: int = 96, height: int = 24) -> SafeString:
    """A run of values as thin bars for a table row, without words: it says itself by `title`."""
    canvas = Canvas(height, title, width)
    limit = max((value for value in values if value), default=0) or 1
    for index, value in enumerate(values):
        x, wide = place(index, len(values), gap=0.3)
        high = max((height - 2) * (value or 0) / limit, 1)
        colour = "muted" if value is None else "c1"
        shape = f'<rect x="{x:.4g}%" y="{height - high:.4g}" width="{wide:.4g}%" height="{high:.4g}"'
        canvas.parts.append(f"{shape} {canvas.ink(colour)}/>")
    return canvas.svg()


def heat(
    columns: Sequence[str], rows: Sequence[Row], *, title: str, width: int | None = None,
    palette: Mapping[str, str] | None = None,
) -> SafeString:  # fmt: skip
    """A matrix of shaded numbers as a picture (on screen use the `matrix` component); labels take a quarter."""
    side, line = 25.0, 26
    canvas = Canvas(line * (len(rows) + 1), title, width, palette)
    step = (100 - side) / max(len(columns), 1)
    shades = iter(levels(part.value for row in rows for part in row.parts))
    for index, column in enumerate(columns):
        canvas.text(side + step * (index + 0.5), 16, column, css="muted", anchor="middle")
    for down, row in enumerate(rows, start=1):
        canvas.text(0, line * down + 17, row.label)
        for across, part in enumerate(row.parts):
            shade, x = next(shades), side + step * across
            words = says(f"{row.label}, {columns[across]}", number(part.value))
            canvas.box(x + 0.15, line * down + 1, step - 0.3, line - 2, f"level-{shade}", part, words)
            ink = "on-dark" if shade >= 4 else ("muted" if not part.value else "ink")
            canvas.text(x + step / 2, line * down + 17, number(part.value), css=ink, anchor="middle")
    return canvas.svg()


def legend(keys: Sequence[str]) -> SafeString:
    """The meaning of the colours, as a list under a chart on screen."""
    dot = (
        '<svg class="plot" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" rx="3" class="'
    )
    found = [f'<li>{dot}{css(index)}"/></svg>{escape(key)}</li>' for index, key in enumerate(keys)]
    return drawn(f'<ul class="legend">{"".join(found)}</ul>')


def as_table(caption: str, columns: Sequence[str], rows: Sequence[Row]) -> SafeString:
    """The same numbers as a table with the same links: `columns` has one more name than a row has parts."""
    head = "".join(
        f'<th scope="col"{" class=num" if index else ""}>{escape(name)}</th>'
        for index, name in enumerate(columns)
    )
    body = []
    for row in rows:
        cells = []
        for part in row.parts:
            shown = escape(number(part.value))
            if part.href and part.value:
                shown = f'<a href="{escape(part.href, quote=True)}">{shown}</a>'
            cells.append(f'<td class="num">{shown}</td>')
        body.append(f'<tr><th scope="row">{escape(row.label)}</th>{"".join(cells)}</tr>')
    return drawn(
        f'<table class="table"><caption class="hush">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )
