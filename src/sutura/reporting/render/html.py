"""The note as one printable page that needs nothing else: no script, no other file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import override

from sutura.reporting.render import words
from sutura.reporting.render.blocks import Block, Facts, Grid, Heading, Picture, Text, Title, ToWrite, Turn
from sutura.reporting.render.paper import Paper
from sutura.reporting.render.story import story
from sutura.reporting.render.word import short_version

STYLE = """
@page { size: A4; margin: 18mm 16mm; }
body { font: 10.5pt/1.45 Arial, "Liberation Sans", sans-serif; color: #1e1c19; max-width: 48rem;
  margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { color: #2d3f97; line-height: 1.2; break-after: avoid; }
h1 { font-size: 24pt; margin: 0; }
.under { font-size: 13pt; color: #5c564c; margin: 0 0 1rem; }
.demo { color: #8a4300; font-weight: 700; }
.lead { font-weight: 700; font-size: 12pt; }
.basis { font-size: 8pt; color: #5c564c; margin: .2rem 0 1rem; }
.write { background: #fff2b8; font-style: italic; padding: .15rem .4rem; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; }
caption { text-align: left; font-weight: 700; padding: .6rem 0 .2rem; }
th, td { border-bottom: 1px solid #c9c2b4; padding: .2rem .4rem; text-align: right; vertical-align: top;
  font-variant-numeric: tabular-nums; }
.w { text-align: left; font-weight: 400; }
thead th, .t > * { background: #ebeef9; font-weight: 700; }
tr { break-inside: avoid; }
.facts th { text-align: left; color: #5c564c; width: 12rem; }
.facts td { text-align: left; overflow-wrap: anywhere; }
figure { margin: 1rem 0; break-inside: avoid; }
figcaption { font-weight: 700; font-size: 9pt; }
svg { max-width: 100%; height: auto; }
.scroll { overflow-x: auto; }
.run { border-top: 1px solid #c9c2b4; font-size: 8pt; color: #5c564c; padding-top: .3rem; }
.part + .part { break-before: page; margin-top: 4rem; }
@media print { .scroll { overflow: visible; }
body { margin: 0; max-width: none; padding: 0; }
}
"""


def note_html(paper: Paper, languages: Sequence[str] = ("fr", "en")) -> str:
    """The page, whole in each language, one after the other."""
    parts = []
    for language in languages:
        with override(language):
            body = "\n".join(block_html(block) for block in story(paper))
            said = " · ".join(_run(paper))
            parts.append(
                f'<article class="part" lang="{language}">{body}<p class="run">{escape(said)}</p></article>'
            )
    with override(languages[0]):
        title = escape(f"{words.title(paper.period.product)} · {words.period(paper.period)}")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    head = f"<head>{head}<style>{STYLE}</style></head>"
    return f'<!doctype html><html lang="{languages[0]}">{head}<body>{"".join(parts)}</body></html>\n'


def _run(paper: Paper) -> list[str]:
    return [words.restricted(paper), short_version(paper), words.watermark(paper)]


def block_html(block: Block) -> str:
    """One block; every word from the figures is escaped."""
    match block:
        case Title():
            mark = f'<p class="demo">{escape(words.invented())}</p>' if block.mark else ""
            return f'{mark}<h1>{escape(block.text)}</h1><p class="under">{escape(block.under)}</p>'
        case Heading():
            return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
        case Text():
            css = ' class="basis"' if block.small else ' class="lead"' if block.strong else ""
            return f"<p{css}>{escape(block.text)}</p>"
        case ToWrite():
            said = _("[To be written: %(what)s]") % {"what": block.text}
            return f'<p class="write">{escape(said)}</p>'
        case Facts():
            rows = "".join(
                f"<tr><th>{escape(one)}</th><td>{escape(two)}</td></tr>" for one, two in block.rows
            )
            return f'<table class="facts"><tbody>{rows}</tbody></table>'
        case Grid():
            return grid_html(block)
        case Picture():
            caption = f"<figcaption>{escape(block.caption)}</figcaption>"
            return f'<figure>{caption}{block.svg}<p class="basis">{escape(block.basis)}</p></figure>'
        case Turn():
            return ""


def grid_html(block: Grid) -> str:
    """A table with its caption above and its basis under it."""
    heads = "".join(_cell("th", text, place in block.wide) for place, text in enumerate(block.heads))
    rows = []
    for index, row in enumerate(block.rows):
        css = ' class="t"' if index >= len(block.rows) - block.totals else ""
        cells = (_cell("td" if place else "th", text, place in block.wide) for place, text in enumerate(row))
        rows.append(f"<tr{css}>{''.join(cells)}</tr>")
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    table = f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f'<div class="scroll">{table}</div><p class="basis">{escape(block.basis)}</p>'


def _cell(tag: str, text: str, words_: bool) -> str:
    return f"<{tag}{' class=w' if words_ else ''}>{escape(text)}</{tag}>"
