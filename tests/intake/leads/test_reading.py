"""Files of the two lists, read row by row: placed, or listed with the reason."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sutura.intake.leads.faults import MESSAGES, UNPLACED, BadFile
from sutura.intake.leads.reading import SOURCES, Reading, read
from sutura.places.resolver import Register
from tests.intake.leads.files import GED_HEADINGS, II_HEADINGS, II_ROW, ged, insecurity, text
from tests.shared import shared

TODAY = date(2026, 11, 22)


def reading(data: bytes, source: str, register: Register) -> Reading:
    return read(
        data, source=source, register=register, parties=lambda name: ("", "unidentified"), today=TODAY
    )


def faults(found: Reading) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in found.faults]


def test_the_ucdp_format_has_49_columns() -> None:
    assert len(GED_HEADINGS) == 49


def test_every_row_of_insecurity_insight_is_placed_or_told_why_not(register: Register) -> None:
    data = shared("data", "incidents", "insecurity_insight_mali_2016-2022.csv").read_bytes()
    found = reading(data, "insecurity-insight", register)
    assert (found.rows, len(found.leads), found.placed, found.rejected) == (230, 208, 223, 0)
    assert faults(found) == [(row, "geo_precision", "country_only") for row in (3, 20, 43, 79, 81, 97, 192)]
    unplaced = sum(fault.code in UNPLACED for fault in found.faults)
    assert found.placed + found.rejected + unplaced == found.rows
    countrywide = [lead for lead in found.leads if lead.place == "ML"]
    assert len(countrywide) == 7
    assert all("Ã" not in f"{lead.title}{lead.told}" for lead in found.leads)
    assert all("_x000D_" not in lead.told for lead in found.leads)


def test_rows_of_one_event_are_one_lead_with_its_datasets_and_each_text(register: Register) -> None:
    data = shared("data", "incidents", "insecurity_insight_mali_2016-2022.csv").read_bytes()
    leads = {lead.source_event_id: lead for lead in reading(data, "insecurity-insight", register).leads}
    lead = leads["36996"]
    assert (lead.datasets, lead.place) == ("aid_worker, explosive_weapons, health", "ML010709")
    assert [line[: line.index("]") + 1] for line in lead.told.split("\n\n")[:2]] == [
        "[aid_worker, health]", "[explosive_weapons]",
    ]  # fmt: skip
    assert lead.types == ("attack_hospital", "denial_humanitarian_access")


def test_every_row_of_ucdp_is_placed_or_told_why_not(register: Register) -> None:
    data = shared("data", "incidents", "ucdp_ged_mli_sample.csv").read_bytes()
    found = reading(data, "ucdp-ged", register)
    assert (found.rows, len(found.leads), found.placed, found.rejected) == (12, 12, 11, 0)
    assert faults(found) == [(5, "where_prec", "country_only")]
    places = {lead.source_event_id: (lead.place, lead.place_how) for lead in found.leads}
    assert places == {
        "12993": ("ML100401", "nearest"), "12998": ("ML0702", "name"), "13102": ("ML080103", "nearest"),
        "13023": ("ML", "none"), "559909": ("ML080103", "nearest"), "559911": ("ML060309", "nearest"),
        "555179": ("ML060207", "name"), "559913": ("ML05", "name"), "558617": ("ML0604", "name"),
        "558597": ("ML060212", "name"), "559914": ("ML060204", "nearest"), "559805": ("ML060405", "name"),
    }  # fmt: skip
    shepherds = next(lead for lead in found.leads if lead.source_event_id == "555179")
    assert (shepherds.deaths_best, shepherds.place_precision, shepherds.date_precision, shepherds.event_clarity) == (
        6, 2, 1, 1,
    )  # fmt: skip
    assert '#Mali #Tombouctou"' in shepherds.told
    estimated = next(lead for lead in found.leads if lead.source_event_id == "13023")
    assert (estimated.happened_on, estimated.happened_to, estimated.date_estimated) == (
        date(2008, 3, 20), date(2008, 3, 23), True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "place", "how"),
    [
        ({}, "ML050613", "code"),
        ({"geo_precision": "(4) Province"}, "ML05", "code"),
        ({"geo_precision": "(5) Linear Feature"}, "ML0506", "code"),
        ({"adm3": ""}, "ML0506", "code"),
        (
            {"adm1": "", "adm2": "", "adm3": "", "lat": "", "lon": "", "admin1_text": "SÃ©gou Region"},
            "ML04",
            "name",
        ),
        (
            {"adm1": "", "adm2": "", "adm3": "", "lat": "", "lon": "", "admin1_text": "Timbuktu "},
            "ML06",
            "alias",
        ),
        ({"adm1": "ZZ", "adm2": "", "adm3": "", "lat": "14,31", "lon": "-4,13"}, "ML050613", "nearest"),
        (
            {"adm1": "", "adm2": "", "adm3": "", "lat": "14.31", "lon": "-4.13", "geo_precision": "(4) P"},
            "ML05",
            "name",
        ),
        ({"adm1": "", "adm2": "", "adm3": "", "lat": "12.63", "lon": "-8.0"}, "ML05", "name"),
    ],
)
def test_a_row_is_placed_as_deep_as_its_source_vouches_for(
    change: dict[str, str], place: str, how: str, register: Register
) -> None:
    lead = reading(insecurity(change), "insecurity-insight", register).leads[0]
    assert (lead.place, lead.place_how) == (place, how)


NOWHERE = {"adm1": "", "adm2": "", "adm3": "", "lat": "", "lon": ""}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"geo_precision": "(6) Country"}, ("geo_precision", "country_only")),
        (NOWHERE | {"admin1_text": "No Information"}, ("admin1_text", "place_missing")),
        (NOWHERE | {"admin1_text": "Atlantis"}, ("admin1_text", "place_unknown")),
        ({"lat": "north"}, ("lat", "bad_coordinates")),
    ],
)
def test_an_unplaced_row_is_a_lead_of_the_country_and_a_fault(
    change: dict[str, str], expected: tuple[str, str], register: Register
) -> None:
    found = reading(insecurity(change), "insecurity-insight", register)
    assert faults(found) == [(2, *expected)]
    assert [lead.place for lead in found.leads] == ["ML050613" if expected[0] == "lat" else "ML"]


@pytest.mark.parametrize(
    ("source", "change", "expected"),
    [
        ("insecurity-insight", {"event_id": " "}, ("event_id", "no_id")),
        ("insecurity-insight", {"date": ""}, ("date", "no_date")),
        ("insecurity-insight", {"date": "04/03/2022"}, ("date", "bad_date")),
        ("insecurity-insight", {"date": "2026-11-23"}, ("date", "date_future")),
        ("ucdp-ged", {"date_end": "2022-03-01"}, ("date_end", "date_order")),
        ("ucdp-ged", {"date_end": "soon"}, ("date_end", "bad_date")),
        ("ucdp-ged", {"country_id": "439"}, ("country_id", "other_country")),
    ],
)
def test_a_row_that_cannot_be_a_lead_is_rejected_alone(
    source: str, change: dict[str, str], expected: tuple[str, str], register: Register
) -> None:
    make = insecurity if source == "insecurity-insight" else ged
    key = "event_id" if source == "insecurity-insight" else "id"
    found = reading(make({key: "5"} | change, {key: "6"}), source, register)
    assert faults(found) == [(2, *expected)]
    assert (found.rows, found.rejected, [lead.source_event_id for lead in found.leads]) == (2, 1, ["6"])


def test_a_number_that_is_none_is_left_blank_and_told(register: Register) -> None:
    found = reading(ged({"best": "many", "where_prec": "12"}), "ucdp-ged", register)
    assert sorted(faults(found)) == [(2, "best", "bad_number"), (2, "where_prec", "bad_number")]
    assert (found.leads[0].deaths_best, found.leads[0].place_precision) == (None, None)


def test_rows_of_one_event_with_other_days_keep_the_earliest(register: Register) -> None:
    found = reading(insecurity({"date": "2022-03-05"}, {"dataset": "crsv"}), "insecurity-insight", register)
    assert faults(found) == [(2, "date", "dates_differ")]
    assert [lead.happened_on for lead in found.leads] == [date(2022, 3, 4)]


def test_junk_rows_at_the_end_are_no_rows(register: Register) -> None:
    data = insecurity({}) + b"_x000D_,,,,,,,,,,,,,,\r\n,,,\r\n\r\n"
    found = reading(data, "insecurity-insight", register)
    assert (found.rows, faults(found)) == (1, [])


@pytest.mark.parametrize("dress", ["bom", "utf-16", "cp1252", "semicolons", "capitals"])
def test_a_file_in_another_dress_is_the_same_file(dress: str, register: Register) -> None:
    plain = text(II_HEADINGS, [II_ROW | {"description": "Hôpital attaqué."}])
    data = {
        "bom": b"\xef\xbb\xbf" + plain.encode(),
        "utf-16": plain.encode("utf-16"),
        "cp1252": plain.encode("cp1252"),
        "semicolons": text(II_HEADINGS, [II_ROW | {"description": "Hôpital attaqué."}], ";").encode(),
        "capitals": plain.replace("event_id", " EVENT_ID ", 1).encode(),
    }[dress]
    expected = reading(plain.encode(), "insecurity-insight", register)
    assert reading(data, "insecurity-insight", register) == expected


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "vide"),
        (b"   \n", "vide"),
        (b"PK\x03\x04abc", "CSV"),
        (b"a\x00b", "UTF-8"),
        (b"a,b\n1,2\n", "colonnes"),
        (ged({}), "colonnes"),
        (insecurity({}).replace(b"geo_precision", b"geo"), "colonne geo_precision"),
        (insecurity({"description": "x" * 140_000}), "CSV"),
    ],
)
def test_a_file_that_is_not_of_the_source_is_refused_in_one_sentence(
    data: bytes, word: str, register: Register
) -> None:
    with pytest.raises(BadFile) as refused:
        reading(data, "insecurity-insight", register)
    assert word in str(refused.value)
    assert str(refused.value).count("\n") == 0


def test_every_fault_speaks_french_and_english(register: Register) -> None:
    found = reading(insecurity({"geo_precision": "(6) Country"}), "insecurity-insight", register)
    told = found.faults[0].as_json()
    assert (told["row"], told["column"], told["value"]) == (2, "geo_precision", "(6) Country")
    assert told["message_en"] == "The source knows only the country: the lead is kept without a region."
    assert told["message_fr"] == "La source ne connaît que le pays\u202f: la piste est gardée sans région."
    assert {fault.code for fault in found.faults} <= set(MESSAGES)


def mangled() -> st.SearchStrategy[bytes]:
    """Any bytes; and good files with a piece cut out, doubled or replaced."""
    good = st.sampled_from([insecurity({}, {"event_id": "2"}), ged({}, {"id": "2"})])
    cut = st.tuples(good, st.integers(0, 900), st.integers(0, 900), st.binary(max_size=12))
    return st.one_of(
        st.binary(max_size=400), cut.map(lambda p: p[0][: min(p[1], p[2])] + p[3] + p[0][max(p[1], p[2]) :])
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=mangled(), source=st.sampled_from(sorted(SOURCES)))
@example(data=b'\xff\xfe"', source="ucdp-ged")
def test_any_bytes_are_read_or_refused(data: bytes, source: str, register: Register) -> None:
    """Either the file is refused, or every row is accounted for."""
    try:
        found = reading(data, source, register)
    except BadFile:
        return
    unplaced = {fault.row for fault in found.faults if fault.code in UNPLACED}
    assert found.placed + found.rejected + len(unplaced) == found.rows
    assert len({lead.source_event_id for lead in found.leads}) == len(found.leads)
