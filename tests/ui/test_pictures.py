"""Pictures for documents: words are there, colours are there, the size is the one asked for."""

from __future__ import annotations

import struct

import pytest

from sutura.ui import charts, pictures
from sutura.ui.charts import Bar, Row

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def plain(words: str) -> str:
    """A drawing with nothing but words."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40" font-family="sans-serif">'
        f'<text x="4" y="25">{words}</text></svg>'
    )


def size(png: bytes) -> tuple[int, int]:
    """Width and height as the file's own header says."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_words_change_the_picture() -> None:
    without, one, other = (pictures.png(plain(words)) for words in ("", "Mopti", "Gao"))
    assert len({without, one, other}) == 3
    assert len(one) > len(without) + 500


@pytest.mark.parametrize("letter", list("éàçœ’–\u202f×≥"))
def test_the_shipped_font_has_the_letters_of_french(letter: str) -> None:
    missing = pictures.png(plain("\U0010fffd"))
    assert pictures.png(plain(letter)) != missing


def test_bold_differs_from_regular() -> None:
    regular = plain("Mopti")
    assert pictures.png(regular) != pictures.png(regular.replace("<text ", '<text font-weight="700" '))


def test_a_chart_becomes_a_picture_of_the_width_asked_for() -> None:
    rows = [Row("Mopti", [Bar("Garçons", 30), Bar("Filles", 10)])]
    svg = charts.stacked(rows, title="t", keys=["Garçons", "Filles"], width=900, palette=charts.PRINT)
    png = pictures.png(svg, width=1800)
    assert png.startswith(SIGNATURE)
    assert size(png) == (1800, 136)
    assert png != pictures.png(svg.replace("#2d3f97", "#ffffff"), width=1800)


def test_a_faulty_drawing_is_refused() -> None:
    with pytest.raises(ValueError):
        pictures.png("<svg")
