"""Reading forgives the form: kinds of file, letters, separators, banners, merged headings; and survives any bytes."""

from __future__ import annotations

import io
import struct
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutura.intake.budgets import Unreadable
from sutura.intake.columns import FORMAT, fold
from sutura.intake.faults import spoken
from sutura.intake.reading import Workbook, read_file
from tests.intake.workbooks import (
    FRENCH,
    INCIDENT,
    VIOLATION,
    book,
    csv_bytes,
    csv_zip,
    ods,
    packed,
    xlsx,
)

pytestmark = pytest.mark.once


def records(read: Workbook, name: str) -> list[dict[str, object]]:
    """The rows of a sheet by canonical column, empty cells left out, `row` its number."""
    table = read.tables[name]
    return [
        {"row": number}
        | {column: cells[at] for column, at in table.at.items() if at < len(cells) and cells[at] is not None}
        for number, cells in table.rows
    ]


def refusal(content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_file(content, FORMAT)
    return caught.value


@pytest.mark.parametrize("write", [xlsx, ods, csv_zip])
def test_three_kinds_of_file_say_the_same(write):
    sheets = book(incidents=[INCIDENT | {"occurred_on": date(2026, 1, 10), "locality": "Diallassagou"}])
    read = read_file(write(sheets), FORMAT)
    assert records(read, "incidents") == [
        {
            "row": 2,
            "incident_ref": "I1",
            "occurred_on": "2026-01-10",
            "place": "ML05",
            "locality": "Diallassagou",
        }
    ]
    violation = records(read, "violations")[0]
    assert {**violation, "boys": str(violation["boys"])} == VIOLATION | {"row": 2, "boys": "1"}
    assert (read.faults, read.others) == ([], [])


def test_a_folder_of_csv(tmp_path: Path):
    for name, rows in book().items():
        (tmp_path / f"{name.title()}.CSV").write_bytes(csv_bytes(rows))
    (tmp_path / "lisez-moi.csv").write_text("bonjour")
    read = read_file(tmp_path, FORMAT)
    assert records(read, "incidents") == [INCIDENT | {"row": 2}]
    assert read.others == ["lisez-moi"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_letters_and_separators(delimiter, encoding):
    text = 'Récit, « à » ; l\'été\tdit "oui"\nsur deux lignes'
    incidents = [INCIDENT | {"account_shareable": text}, INCIDENT | {"incident_ref": "I2"}]
    french = {
        name: [[FRENCH[column] for column in rows[0]], *rows[1:]]
        for name, rows in book(incidents=incidents).items()
    }
    read = read_file(csv_zip(french, delimiter, encoding, folder="Export 2026/"), FORMAT)
    assert records(read, "incidents") == [
        INCIDENT | {"row": 2, "account_shareable": text},
        INCIDENT | {"row": 3, "incident_ref": "I2"},
    ]


def test_csv_rows_are_records_and_blank_ones_are_counted():
    text = 'incident_ref,occurred_on,place,locality\r\nI1,2026-01-10,ML05,"a\r\nb"\r\n'
    text += "\r\n,,,\r\nI2,2026-01-11,ML05,c\r\n"
    content = packed({"incidents.csv": text, "violations.csv": csv_bytes(book()["violations"])})
    assert [row["row"] for row in records(read_file(content, FORMAT), "incidents")] == [2, 5]


def test_csv_sep_line_is_a_banner():
    rows = csv_bytes(book()["incidents"], ";").decode()
    content = packed({"incidents.csv": "sep=;\r\n" + rows, "violations.csv": csv_bytes(book()["violations"])})
    assert records(read_file(content, FORMAT), "incidents") == [INCIDENT | {"row": 3}]


def test_a_quote_left_open_is_refused_with_its_place():
    text = 'incident_ref,occurred_on,place\nI1,2026-01-10,"ML05\nI2,2026-01-10,ML05\n'
    fault = refusal(packed({"incidents.csv": text, "violations.csv": csv_bytes(book()["violations"])}))
    assert (fault.code, fault.sheet, fault.row) == ("quotes", "incidents", 2)


def test_banner_rows_merged_headings_and_empty_rows():
    out = io.BytesIO()
    writer = xlsxwriter.Workbook(out, {"in_memory": True})
    page = writer.add_worksheet(" Incidents ")
    day = writer.add_format({"num_format": "dd/mm/yyyy"})
    page.merge_range(1, 1, 1, 5, "Mécanisme de surveillance, région de Mopti")
    page.merge_range(3, 1, 4, 1, "Référence  INCIDENT")
    page.merge_range(3, 2, 3, 3, "Dates")
    page.write(4, 2, "survenu_le")
    page.write(4, 3, "SURVENU JUSQU’AU")
    page.merge_range(3, 4, 4, 4, "Lieu")
    page.write(6, 1, "\u00a0I1 ")
    page.write_datetime(6, 2, date(2026, 1, 10), day)
    page.write(6, 4, "Mopti / Bandiagara ")
    page.write_blank(5000, 4, None, day)
    other = writer.add_worksheet("violations")
    for number, row in enumerate(book()["violations"]):
        other.write_row(number, 0, row)
    writer.add_worksheet("Lisez-moi").write(0, 0, "x")
    writer.close()
    read = read_file(out.getvalue(), FORMAT)
    assert records(read, "incidents") == [
        {"row": 7, "incident_ref": "I1", "occurred_on": "2026-01-10", "place": "Mopti / Bandiagara"}
    ]
    assert (read.tables["incidents"].heading_row, read.others) == (5, ["Lisez-moi"])


def test_formulas_give_their_cached_value_and_failed_ones_are_not_empty():
    out = io.BytesIO()
    writer = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in book().items():
        page = writer.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    page.write_formula(1, 3, "=1+2", None, 3)
    page.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    writer.close()
    violation = records(read_file(out.getvalue(), FORMAT), "violations")[0]
    assert (violation["boys"], violation["status"]) == (3, "#DIV/0!")


def test_headings_fold():
    assert fold("Survenu jusqu'au") == fold("SURVENU  JUSQU’AU*") == "survenujusquau"
    assert fold("Référence_incident") == fold("reference incident") == "referenceincident"
    assert fold("Âge estimé") == "ageestime"


def test_extra_columns_unnamed_and_named():
    sheets = book()
    sheets["incidents"] = [
        ["incident_ref", None, "occurred_on", "Code ONG", "place", "Code ONG"],
        ["I1", "x", "2026-01-10", "A", "ML05", "B", "C"],
    ]
    table = read_file(xlsx(sheets), FORMAT).tables["incidents"]
    assert table.extras == {"(2)": 1, "Code ONG": 3, "Code ONG (2)": 5, "(7)": 6}


def test_shape_faults_name_sheet_row_and_heading():
    sheets = {"incidents": [["Banniere"], ["incident_ref", "Lieu"], ["I1", "ML05"]]}
    read = read_file(xlsx(sheets), FORMAT)
    assert [(fault.code, fault.sheet, fault.row, fault.column) for fault in read.faults] == [
        ("missing_heading", "incidents", 2, "occurred_on"),
        ("missing_sheet", "violations", 1, ""),
    ]
    twice = book()
    twice["incidents"] = [
        ["incident_ref", "occurred_on", "place", "Survenu le"],
        ["I1", "2026-01-10", "ML05", "2026-01-11"],
    ]
    read = read_file(xlsx(twice), FORMAT)
    assert [(fault.code, fault.row, fault.column) for fault in read.faults] == [
        ("duplicate_heading", 1, "occurred_on")
    ]
    twice["incidents"][1].pop()
    assert read_file(xlsx(twice), FORMAT).faults == []


def test_a_small_file_which_claims_everything_is_refused():
    out = io.BytesIO()
    writer = xlsxwriter.Workbook(out, {"in_memory": True})
    page = writer.add_worksheet("incidents")
    page.write(0, 0, "a")
    page.write(1_048_575, 16_383, "b")
    writer.close()
    assert len(out.getvalue()) < 6_000
    assert refusal(out.getvalue()).code == "too_big"


def test_a_million_rows_claimed_but_empty_are_nothing():
    sheets = book()
    out = io.BytesIO()
    writer = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        page = writer.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        page.write(1_048_575, 2, " ")
    writer.close()
    assert len(records(read_file(out.getvalue(), FORMAT), "incidents")) == 1


def test_bombs_are_refused_before_they_are_unpacked():
    assert refusal(packed({"incidents.csv": b"\0" * 90_000_000})).code == "too_big"
    assert refusal(packed({f"{number}.csv": "" for number in range(3_000)})).code == "too_big"
    lying = bytearray(packed({"incidents.csv": b"a;b\n" * 1_000_000}))
    at = lying.rfind(b"PK\x01\x02")
    struct.pack_into("<I", lying, at + 24, 10)
    assert refusal(bytes(lying)).code in {"damaged", "no_sheets", "too_big"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_workbook"),
        (b"incident_ref,occurred_on,place\n", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old_format"),
        (b"PK\x03\x04", "damaged"),
        (packed({"readme.txt": "x"}), "no_sheets"),
        (packed({"xl/workbook.xml": "<workbook"}), "damaged"),
        (packed({"content.xml": "<a/>", "mimetype": "x"}), "damaged"),
        (packed({"incidents.csv": b"\x81\x8d\xff"}), "encoding"),
        (xlsx({"Feuille1": [["x"]]}), "no_sheets"),
    ],
)
def test_files_that_are_something_else_get_one_sentence(content, code):
    fault = refusal(content)
    assert fault.code == code
    for language in ("fr", "en"):
        assert spoken(fault.message, language).endswith(".")


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(Unreadable) as caught:
        read_file(tmp_path / "absent.xlsx", FORMAT)
    assert caught.value.code == "not_found"


def test_progress_is_told():
    told: list[tuple[str, int, int]] = []
    read_file(xlsx(book()), FORMAT, lambda *said: told.append(said))
    assert told == [("incidents", 2, 2), ("violations", 2, 2)]


def outcome(content: bytes) -> Workbook | str:
    """What was read, or the sentence that refuses it; any other error fails the test."""
    try:
        return read_file(content, FORMAT)
    except Unreadable as fault:
        return str(fault)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(content):
    assert outcome(content)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), st.binary(max_size=600))
def test_any_bytes_in_csv_are_read_or_refused(incidents, violations):
    read = outcome(packed({"incidents.csv": incidents, "violations.csv": violations}))
    assert read.faults or read.tables if isinstance(read, Workbook) else read


GOOD = xlsx(book(sources=[{"source_ref": "S1", "violation_refs": "V1"}]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_damaged_workbook_is_read_or_refused(damages):
    content = bytearray(GOOD)
    for at, value in damages:
        content[at] = value
    assert outcome(bytes(content))
