"""One resolver for every door: it finds every unit by each of its ways, and guesses nothing."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sutura.places.choices import REASONS
from sutura.places.models import Unit
from sutura.places.resolver import Register, region_2023_of, region_of, resolve
from sutura.places.rules import fold, key, kilometres, mended
from tests.shared import shared

ON_ONE_REGISTER = settings(max_examples=300, deadline=None)


def code_of(remembered: Register, text: str, **given: object) -> str:
    found = remembered.resolve(text, **given)  # type: ignore[arg-type]
    return found.unit.code if found.unit else found.reason


def written(remembered: Register, unit: Unit) -> str:
    """The path of a unit as a person writes it."""
    return " / ".join(remembered.by_code[step].name for step in unit.path.split("/"))


def test_every_unit_by_code_and_by_path(remembered: Register) -> None:
    for unit in remembered.units.values():
        if unit.level == 0:
            continue
        assert remembered.path(unit.code).unit == unit
        assert remembered.path(f" {unit.code.lower()} ").unit == unit
        if unit.edition == "cod-ab-2021":
            assert remembered.path(written(remembered, unit)).unit == unit
            assert remembered.resolve(written(remembered, unit)).unit == unit


@ON_ONE_REGISTER
@given(data=st.data())
def test_a_path_in_any_dress(remembered: Register, data: st.DataObject) -> None:
    unit = data.draw(
        st.sampled_from([u for u in remembered.units.values() if u.level and u.edition == "cod-ab-2021"])
    )
    dress = data.draw(st.sampled_from([str.upper, str.lower, str.title, fold, lambda t: f"  {t}  "]))
    glue = data.draw(st.sampled_from(["/", " / ", "  /", " > "]))
    steps = [dress(remembered.by_code[step].name) for step in unit.path.split("/")]
    assert remembered.path(glue.join(steps)).unit == unit


@ON_ONE_REGISTER
@given(data=st.data())
def test_every_alias_in_its_parent(remembered: Register, data: st.DataObject) -> None:
    unit, text = data.draw(st.sampled_from(remembered.spellings()))
    dress = data.draw(
        st.sampled_from([str.upper, str.lower, lambda t: t.replace("-", " "), lambda t: f" {t} "])
    )
    assert remembered.resolve(dress(text), parent=unit.parent).unit in _namesakes(remembered, unit)


def _namesakes(remembered: Register, unit: Unit) -> list[Unit]:
    """The unit, and what bears its name one edition over (Mopti of 2021 answers for Mopti of 2023)."""
    return [unit, remembered.by_code[unit.region]] if unit.edition == "reform-2023" else [unit]


@ON_ONE_REGISTER
@given(
    text=st.text(),
    code=st.text(),
    parent=st.none() | st.text(),
    lat=st.text() | st.floats(),
    lon=st.text() | st.floats(),
)
def test_nothing_raises(
    remembered: Register, text: str, code: str, parent: str | None, lat: object, lon: object
) -> None:
    found = remembered.resolve(text, code=code, parent=parent, latitude=lat, longitude=lon)
    assert bool(found.unit) == (found.how != "none")
    assert found.unit is not None or found.reason in REASONS
    assert remembered.path(text).how in {"code", "name", "alias", "none"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Timbuktu", "ML06"),
        ("Timbuktu ", "ML06"),
        ("Timbuktu / Timbuktu", "ML0605"),
        ("Timbuktu / Timbuktu / Timbuktu", "ML060506"),
        ("Ségou Region", "ML04"),
        ("SÃ©gou Region", "ML04"),
        ("sã©gou", "ML04"),
        ("MÃ©naka", "ML10"),
        ("Menaka", "ML10"),
        ("Gao region", "ML07"),
        ("Région de Gao", "ML07"),
        ("Menaka cercle", "ML1001"),
        ("Gao region / Gao cercle", "ML0703"),
        ("Cercle de Koro", "ML0505"),
        ("District de Bamako", "ML09"),
        ("Sicasso", "ML03"),
        ("Taoudénit Region", "ML-R09"),
        ("GOURMA RHAROUS", "ML0603"),
        ("gourma-rharous", "ML0603"),
        ("Bamako / Bamako / Commune 4", "ML090104"),
        ("Mopti / Koro", "ML0505"),
        ("Bandiagara / Koro", "ML0505"),
        ("Taoudénit / Tombouctou / Salam", "ML060505"),
        ("Taoudénit / Tombouctou / Ber", "unknown_name"),
        ("Bandiagara / Djenné", "unknown_name"),
        ("Mopti / Nulle part", "unknown_name"),
        ("Nulle part", "unknown_name"),
        ("No Information", "unknown_name"),
        ("12", "unknown_code"),
        ("ML99", "unknown_code"),
        ("ML-10", "unknown_code"),
        ("", "empty"),
        (" / ", "unknown_name"),
        ("Niamana", "ambiguous"),
        ("Bamba", "ambiguous"),
    ],
)
def test_texts_from_the_field(remembered: Register, text: str, code: str) -> None:
    assert code_of(remembered, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mopti", "ML05"),
        ("Bandiagara", "ML-R17"),
        ("Koro", "no_region"),
        ("Koro / Dinangourou", "no_region"),
        ("Mopti / Dinangourou", "unknown_name"),
        ("Mali", "no_region"),
        ("ML", "unknown_name"),
        ("ML-R17", "ML-R17"),
        ("ML0505", "ML0505"),
        ("12", "unknown_code"),
    ],
)
def test_a_file_cell_is_read_strictly(remembered: Register, text: str, code: str) -> None:
    found = remembered.path(text)
    assert (found.unit.code if found.unit else found.reason) == code


def test_a_name_in_a_parent(remembered: Register) -> None:
    assert code_of(remembered, "Niamana", parent="Nara cercle") == "ML020710"
    assert code_of(remembered, "Menaka cercle", parent="Gao region") == "unknown_name"
    assert code_of(remembered, "Hombori", parent="ML05") == "ML050409"
    assert code_of(remembered, "Koro", parent="ML-R17") == "ML0505"
    assert code_of(remembered, "Koro", parent="Nulle part") == "unknown_name"


def test_the_ladder(remembered: Register) -> None:
    by_code = remembered.resolve("Gao", code="ML0505")
    assert (by_code.unit.code, by_code.how) == ("ML0505", "code")  # type: ignore[union-attr]
    by_name = remembered.resolve("Gao", code="XX")
    assert (by_name.unit.code, by_name.how) == ("ML07", "name")  # type: ignore[union-attr]
    by_alias = remembered.resolve("Timbuktu")
    assert by_alias.how == "alias"
    by_point = remembered.resolve("No Information", code="XX", latitude="14,08", longitude="-3.08")
    assert (by_point.unit.code[:6], by_point.how) == ("ML0505", "nearest")  # type: ignore[union-attr]
    assert (
        remembered.resolve("No Information", code="XX", latitude="x", longitude="").reason == "unknown_code"
    )


def test_other_schemes_are_read_only_when_named(remembered: Register) -> None:
    assert remembered.coded("ML-9", "iso-3166-2").unit == remembered.by_code["ML10"]
    assert remembered.coded("ML-10", "iso-3166-2").unit == remembered.by_code["ML-R09"]
    assert remembered.coded("17", "loi-2023-006").unit == remembered.by_code["ML-R17"]
    assert remembered.coded("17").unit is None


def test_points(remembered: Register) -> None:
    for unit in remembered.units.values():
        if unit.level == 3:
            found = remembered.nearest(unit.latitude, unit.longitude)
            assert (found.unit, found.km) == (unit, 0)
    assert remembered.nearest(48.85, 2.35).reason == "outside"
    assert remembered.nearest(23.0, 3.9).reason == "outside"
    assert remembered.nearest(12.37, -1.52).reason == "outside"  # Ouagadougou
    assert remembered.nearest(14.73, 0.92).reason == "outside"  # Ayorou, Niger, 45 km beyond
    assert remembered.nearest("nan", 1).reason == "bad_point"
    assert remembered.nearest(None, 1).reason == "bad_point"
    taoudenni = remembered.nearest(22.677, -3.978)
    assert taoudenni.unit == remembered.by_code["ML060505"]


@pytest.mark.django_db
def test_two_regions_of_a_place(register: Register) -> None:
    hombori = resolve("Mopti / Douentza / Hombori").unit
    assert (region_of(hombori), region_2023_of(hombori)) == ("ML05", "ML-R19")
    assert (region_of(resolve("Taoudénit").unit), region_2023_of(resolve("Taoudénit").unit)) == (
        "ML06",
        "ML-R09",
    )
    assert (region_of(None), region_2023_of(None)) == ("", "")
    assert (region_of(resolve("Mali").unit), region_2023_of(resolve("Mali").unit)) == ("", "")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Région   de Kayes", "kayes"),
        ("Commune rurale de Niamana", "niamana"),
        ("cercle d'Ansongo", "ansongo"),
        ("District de Bamako", "bamako"),
        ("Cercle", "cercle"),
        ("Commune IV", "iv"),
        ("Tin-Essako", "tin essako"),
        ("KÉNIÉBA", "kenieba"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@ON_ONE_REGISTER
@given(st.text())
def test_folding_twice_is_folding_once_for_keys(text: str) -> None:
    assert key(text) == key(f"  {text} ")
    assert mended(mended("SÃ©gou")) == "Ségou"


def test_kilometres() -> None:
    assert round(kilometres((12.639, -8.003), (16.271, -0.044))) == 947  # Bamako to Gao, by air


def test_every_real_event_has_its_place_or_no_place_was_given(remembered: Register) -> None:
    with shared("data", "incidents", "insecurity_insight_mali_2016-2022.csv").open(
        encoding="utf-8-sig"
    ) as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 230
    for row in rows:
        named = remembered.resolve(row["admin1_text"], latitude=row["lat"], longitude=row["lon"])
        nameless = row["admin1_text"] == "No Information" and not row["lat"]
        assert bool(named) is not nameless
        assert bool(remembered.nearest(row["lat"], row["lon"])) is bool(row["lat"])
