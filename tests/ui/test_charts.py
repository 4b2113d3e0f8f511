"""Charts: every value drawn in proportion, said in words, linked; nothing that a reader typed breaks the drawing."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sutura.ui import charts
from sutura.ui.charts import Bar, Row

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    Row("Mopti", [Bar("Garçons", 30, href="/?sex=boy"), Bar("Filles", 10), Bar("Inconnu", 0)]),
    Row("Gao", [Bar("Garçons", 5), Bar("Filles", None), Bar("Inconnu", 5)]),
]


@pytest.fixture(autouse=True)
def in_french() -> object:
    """Words of the tests are French."""
    with translation.override("fr"):
        yield


def drawn(svg: str) -> ElementTree.Element:
    """The drawing as a tree; it must be well-formed."""
    return ElementTree.fromstring(svg)


def widths(svg: str) -> list[float]:
    """Widths of the rectangles, in per cent."""
    return [float(rect.attrib["width"].rstrip("%")) for rect in drawn(svg).iter(f"{SVG}rect")]


def test_stacked_parts_are_in_proportion_to_the_longest_row() -> None:
    assert widths(charts.stacked(ROWS, title="t")) == [74.85, 24.85, 12.35, 12.35]


def test_stacked_rows_say_their_totals() -> None:
    words = [text.text for text in drawn(charts.stacked(ROWS, title="t")).iter(f"{SVG}text")]
    assert words == ["Mopti", "40", "Gao", "10"]


def test_a_part_opens_its_records_and_says_its_value() -> None:
    links = list(drawn(charts.stacked(ROWS, title="t")).iter(f"{SVG}a"))
    assert [(link.attrib["href"], link.attrib["aria-label"]) for link in links] == [
        ("/?sex=boy", "Mopti, Garçons\u202f: 30")
    ]


def test_a_drawing_with_links_is_a_group_and_without_an_image() -> None:
    assert drawn(charts.stacked(ROWS, title="t")).attrib["role"] == "group"
    assert drawn(charts.bars([Bar("T1", 2)], title="t")).attrib["role"] == "img"
    assert drawn(charts.bars([Bar("T1", 2)], title="Par trimestre")).attrib["aria-label"] == "Par trimestre"


def test_a_value_not_assessed_is_a_dash_and_no_bar() -> None:
    tree = drawn(charts.bars([Bar("T1", 4), Bar("T2", None), Bar("T3", 0)], title="t"))
    assert len(list(tree.iter(f"{SVG}rect"))) == 2
    assert [text.text for text in tree.iter(f"{SVG}text")] == ["4", "–", "0", "T1", "T2", "T3"]


def test_a_line_has_a_gap_where_a_value_is_not_assessed() -> None:
    row = Row("Gao", [Bar("T1", 1), Bar("T2", 2), Bar("T3", None), Bar("T4", 3), Bar("T5", 4)])
    tree = drawn(charts.lines([row], title="t"))
    segments = [line for line in tree.iter(f"{SVG}line") if "line" in line.attrib["class"].split()]
    assert (len(segments), len(list(tree.iter(f"{SVG}circle")))) == (2, 4)


def test_small_panels_share_one_scale() -> None:
    panels = [Row("A", [Bar("T1", 20)]), Row("B", [Bar("T1", 10)])]
    tree = drawn(charts.small_multiples(panels, title="t", columns=2))
    heights = [float(rect.attrib["height"]) for rect in tree.iter(f"{SVG}rect")]
    assert heights[0] == pytest.approx(2 * heights[1])


def test_colours_are_written_out_only_for_pictures() -> None:
    assert "#" not in charts.stacked(ROWS, title="t", keys=["a", "b", "c"])
    picture = charts.stacked(ROWS, title="t", keys=["a", "b", "c"], palette=charts.PRINT, width=900)
    assert set(re.findall(r"#[0-9a-f]{6}", picture)) == {"#2d3f97", "#c8782a", "#6fa3d8", "#1e1c19"}
    assert 'width="900"' in picture


@pytest.mark.parametrize(
    "draw",
    [
        lambda word: charts.bars([Bar(word, 1, href=word)], title=word),
        lambda word: charts.lines([Row(word, [Bar(word, 1)])], title=word, palette=charts.PRINT),
        lambda word: charts.stacked(
            [Row(word, [Bar(word, 1)])], title=word, keys=[word], palette=charts.PRINT
        ),
        lambda word: charts.heat([word], [Row(word, [Bar(word, 1, href=word)])], title=word),
        lambda word: charts.sparkline([1, None], title=word),
        lambda word: charts.small_multiples([Row(word, [Bar(word, 1)])], title=word),
    ],
)
def test_no_word_breaks_out_of_a_drawing(draw: object) -> None:
    tree = drawn(draw("\"><script>alert('x')</script>&"))  # type: ignore[operator]
    assert list(tree.iter(f"{SVG}script")) == []


def test_no_word_breaks_out_of_the_html_beside_a_drawing() -> None:
    word = "\"><script>alert('x')</script>&"
    row = Row(word, [Bar(word, 1, href=word)], href=word)
    html = charts.legend([word]) + charts.as_table(word, [word, word], [row]) + charts.multiples([row])
    assert "<script" not in html


def test_the_table_beside_a_chart_has_the_same_numbers_and_links() -> None:
    html = charts.as_table("Par sexe", ["", "Garçons", "Filles", "Inconnu"], ROWS)
    cells = re.findall(r'<td class="num">(.*?)</td>', html)
    assert cells == ['<a href="/?sex=boy">30</a>', "10", "0", "5", "–", "5"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], 1), ([0, None], 1), ([1], 1), ([3], 5), ([16], 20), ([21], 50), ([873], 1000), ([1001], 2000)],
)
def test_a_scale_ends_on_a_round_number(values: list[float | None], expected: float) -> None:
    assert charts.top(values) == expected


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6)), max_size=40))
def test_shades_follow_the_numbers(values: list[int | None]) -> None:
    shades = charts.levels(values)
    pairs = sorted(zip((value or 0 for value in values), shades, strict=True))
    assert [shade for _, shade in pairs] == sorted(shades)
    assert all((shade == 0) == (not value) for value, shade in zip(values, shades, strict=True))
    assert max(shades, default=0) in ((5,) if any(values) else (0,))
