"""The map: light, complete, honest about what is not known and about its borders."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from sutura.access.errors import Invalid, NotAllowed
from sutura.people.models import Account
from sutura.places.choices import Edition
from sutura.places.map import draw, ranges
from sutura.places.models import Boundary
from sutura.places.outline import official, schematic
from sutura.places.pages import outline_of
from sutura.places.resolver import Register
from sutura.places.rules import inside
from sutura.places.services import load_boundaries
from sutura.ui.charts import PRINT
from tests.shared import shared

SVG = "{http://www.w3.org/2000/svg}"
LAYERS = {"cercle": 53, "cod-ab-2021": 10, "reform-2023": 20, "country": 1, "edge": 1}


def marks(svg: str) -> dict[str, str]:
    """Class of each drawn unit by the words of its title."""
    root = ET.fromstring(svg)
    named = [(one.findtext(f"{SVG}title"), one.get("class")) for one in root.iter()]
    return {words: str(css) for words, css in named if words is not None}


def test_the_drawing_has_every_unit_and_is_light() -> None:
    assert {layer: len(schematic(layer).shapes) for layer in LAYERS} == LAYERS
    drawing = Path(schematic.__wrapped__.__globals__["FOLDER"]) / "mali.json"
    assert drawing.stat().st_size < 60_000
    links = {code: f"/incidents/?cercle={code}" for code in schematic("cercle").shapes}
    for palette in (None, PRINT):
        svg = draw("cercle", dict.fromkeys(links, 3), links=links, palette=palette)
        assert len(gzip.compress(svg.encode())) < 20_000


def test_cells_hold_their_commune_points(remembered: Register) -> None:
    missed = 0
    for unit in remembered.units.values():
        if unit.level == 3:
            rings = schematic("cercle").shapes[unit.cercle].rings
            missed += not inside(rings, unit.longitude or 0, unit.latitude or 0)
    # corners are cut when the drawing is simplified: a few points at a border fall on the other side
    assert missed <= 701 * 0.03


def test_zero_is_plain_unknown_is_hatched_and_words_say_the_number() -> None:
    with override("fr"):
        svg = draw("region", {"ML05": 12, "ML01": 0, "ML04": 3, "ML03": None})
    found = marks(svg)
    assert found["Mopti : 12"] == "mark grid level-5"
    assert found["Ségou : 3"] == "mark grid level-3"
    assert found["Kayes : 0"] == "mark grid level-0"
    assert found["Sikasso : pas d’information"] == found["Gao : pas d’information"] == "mark grid"
    assert len(found) == 10
    assert "Tracé schématique," in svg
    assert "<style" not in svg
    assert "style=" not in svg


def test_a_link_makes_a_group_of_links_and_is_escaped() -> None:
    svg = draw("region", {"ML05": 1}, links={"ML05": '/x?a=1&b="2"'}, title="<b>")
    root = ET.fromstring(svg)
    assert (root.get("role"), root.get("aria-label")) == ("group", "<b>")
    assert [one.get("href") for one in root.iter(f"{SVG}a")] == ['/x?a=1&b="2"']
    assert ET.fromstring(draw("region", {})).get("role") == "img"


def test_the_legend_covers_every_number_once() -> None:
    with override("en"):
        assert [words for _shade, words in ranges(126)] == ["1–5", "6–20", "21–45", "46–80", "81–126"]
        assert [words for _shade, words in ranges(1)] == ["1"]
        assert ranges(0) == []


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(schematic("reform-2023").shapes)), st.none() | st.integers(0, 10**6)
    ),
    st.sampled_from([None, PRINT]),
)
def test_any_figures_can_be_drawn(values: dict[str, int | None], palette: dict[str, str] | None) -> None:
    svg = draw("region", values, geography=Edition.REFORM_2023, palette=palette, name="a")
    assert len(marks(svg)) == 20


@pytest.mark.django_db
def test_oumar_may_not_load_boundaries(oumar: Account, register: Register) -> None:
    with pytest.raises(NotAllowed):
        load_boundaries(collection={"features": [{}]}, source="x", by=oumar)


@pytest.mark.django_db
def test_official_boundaries_take_the_place_of_the_drawing(machine: Account, register: Register) -> None:
    assert outline_of(Boundary.objects.all(), "cod-ab-2021") is None
    for name, layer, count in (("mli_adm1", "cod-ab-2021", 10), ("mli_adm2", "cercle", 53)):
        collection = json.loads(shared("data", "admin", f"{name}.geojson").read_text())
        assert load_boundaries(collection=collection, source="OCHA COD-AB", by=machine) == count
        versions = Boundary.history.count()
        assert load_boundaries(collection=collection, source="OCHA COD-AB", by=machine) == count
        assert Boundary.history.count() == versions
        outline = outline_of(Boundary.objects.all(), layer)
        assert outline is not None
        with override("fr"):
            svg = draw("cercle" if layer == "cercle" else "region", {}, outline=outline)
        assert "Limites telles que chargées ici" in svg
        assert "schématique" not in svg
        assert len(marks(svg)) == count
    assert outline_of(Boundary.objects.all(), "reform-2023") is None
    assert official("cercle", {"ML0101": "[]"}) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "collection",
    [
        {},
        {"features": []},
        {"features": [{"properties": {}, "geometry": {}}]},
        {
            "features": [
                {"properties": {"pcode": "ML05"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}
            ]
        },
        {
            "features": [
                {"properties": {"pcode": "XX"}, "geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}}
            ]
        },
    ],
)
def test_a_file_that_is_not_boundaries_is_refused_whole(
    collection: dict, machine: Account, register: Register
) -> None:
    with pytest.raises(Invalid):
        load_boundaries(collection=collection, source="x", by=machine)
    assert Boundary.objects.count() == 0
