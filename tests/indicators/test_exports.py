"""What leaves: a workbook, CSV with HXL, and a round for DHIS2, whose shape is the one recorded beside this file."""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import subprocess
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from django.urls import reverse

from sutura.access.errors import Invalid
from sutura.audit.models import Entry
from sutura.config.commands import export
from sutura.indicators.dhis2 import plan
from sutura.indicators.services.codes import set_code
from sutura.indicators.workbook import as_xlsx
from tests.coordination.test_papers import as_pdf
from tests.indicators.conftest import (
    FIRST,
    LAST,
    Office,
    accepted,
    browser,
    definition,
    numbers,
    of,
    round_of,
)

SCHEMA = json.loads((Path(__file__).parent / "datavaluesets.json").read_text(encoding="utf-8"))
SPAN = "?first=2026-10-01&last=2026-10-31"
CODES = {
    ("data_set", ""): "SMSPS_M", ("element", "CCT11"): "SENSIB", ("element", "CCT12"): "APPUI",
    ("org_unit", "ML05"): "ML05", ("category", "women"): "F_18P", ("category", "men"): "M_18P",
    ("category", "girls"): "F_0_17",
}  # fmt: skip


def faults(schema: dict[str, Any], value: Any, where: str = "$") -> list[str]:
    """Where a value does not have the recorded shape: its names, all its required ones, and how each is written."""
    if "pattern" in schema:
        right = isinstance(value, str) and re.fullmatch(schema["pattern"], value)
        return [] if right else [f"{where}: {value!r}"]
    if "items" in schema:
        return [
            fault
            for number, each in enumerate(value)
            for fault in faults(schema["items"], each, f"{where}[{number}]")
        ]
    known = schema["properties"]
    found = [f"{where}.{name} is missing" for name in schema["required"] if name not in value]
    found += [f"{where}.{name} is not known" for name in value if name not in known]
    return found + [
        fault
        for name in value
        if name in known
        for fault in faults(known[name], value[name], f"{where}.{name}")
    ]


def two_reports(office: Office) -> Any:
    """A round in which two organisations reported; one counts three girls."""
    asked = round_of(office, "CCT11", "CCT12", "O1.1")
    given = numbers("CCT11", 12) | numbers("O1.1", 30, 40)
    accepted(
        office,
        of(asked, office.help),
        office.mariam,
        given=given | numbers("CCT12", 60, women=20, men=12, girls=3, boys=25),
    )
    accepted(office, of(asked, office.listen), office.other, given=numbers("CCT11", 8))
    return asked


def test_the_csv_has_its_row_of_tags_and_p_codes_and_scenario_7_hides_small_parts_together(office: Office):
    two_reports(office)
    answer = browser(office.mariam).get(reverse("indicators:export_file", args=["csv"]) + SPAN)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    heads, tags = rows[:2]
    assert (len(heads), len(tags), all(tag.startswith("#") for tag in tags)) == (13, 13, True)
    of_code = {code: [row for row in rows[2:] if row[0] == code] for code in ("CCT11", "CCT12", "O1.1")}
    assert [(row[3], row[5], row[8]) for row in of_code["CCT11"]] == [
        ("", "ML", "20"), ("Aide inventée", "ML05", "12"), ("Écoute inventée", "ML05", "8"),
    ]  # fmt: skip
    assert [(row[8], row[9], row[10]) for row in of_code["O1.1"]] == [
        ("75", "30", "40"),
        ("75", "30", "40"),
    ]
    # Three girls are known by who they are: no part leaves, so that no total minus others tells them.
    everywhere = [(row[2], row[8]) for row in of_code["CCT12"] if row[3]]
    narrowed = browser(office.mariam).get(
        reverse("indicators:export_file", args=["csv"]) + SPAN + "&region=ML05"
    )
    there = list(csv.reader(io.StringIO(narrowed.content.decode("utf-8-sig")), delimiter=";"))
    assert everywhere == [(row[2], row[8]) for row in there if row[0] == "CCT12" and row[3]] == [("", "60")]
    assert Entry.objects.filter(act="indicators.export").count() == 2
    assert browser(office.mariam).get(reverse("indicators:export_file", args=["pdf"])).status_code == 404


def test_the_workbook_has_three_sheets_and_nothing_that_runs(office: Office):
    report = of(round_of(office, "CCT11"), office.help)
    accepted(office, report, office.mariam, given=numbers("CCT11", 12), words="=1+1")
    answer = browser(office.fatou).get(reverse("indicators:export_file", args=["xlsx"]) + SPAN)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Chiffres", "Valeurs déclarées", "Définitions"]
    figures = {row[0]: row for row in book["Chiffres"].iter_rows(min_row=2, values_only=True)}
    assert (len(figures), figures["CCT11"][6], figures["CCT11"][9]) == (53, 12, 1)
    assert [
        cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []


@pytest.mark.office
def test_libreoffice_prints_each_sheet_with_its_headings_and_no_word_over_another(
    office: Office, tmp_path: Path
):
    two_reports(office)
    source = tmp_path / "indicateurs.xlsx"
    source.write_bytes(as_xlsx(office.fatou, FIRST, LAST, ""))
    pages = printed(source)
    words = [" ".join(word.text or "" for word in page) for page in pages]
    feet = [name for page in words for name in re.findall(r"(\S+) – 1er–31 oct. 2026", page)]
    assert (list(dict.fromkeys(feet)), len(feet)) == (["Chiffres", "déclarées", "Définitions"], len(pages))
    assert [page for page in words if "###" in page or not page.startswith("Code Indicateur")] == []
    assert [over for page in pages for over in one_over_another(page)] == []


def printed(source: Path) -> list[list[ElementTree.Element]]:
    """The words of each page that LibreOffice prints, with their places."""
    command = ["pdftotext", "-bbox", str(as_pdf(source)), "-"]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [list(page) for page in ElementTree.fromstring(read).iter("{http://www.w3.org/1999/xhtml}page")]


def one_over_another(page: list[ElementTree.Element]) -> list[tuple[str | None, str | None]]:
    """Words printed where others are, by more than the leading of a line."""
    boxes = [[float(word.get(side, 0)) for side in ("xMin", "xMax", "yMin", "yMax")] for word in page]
    return [
        (page[one].text, page[two].text)
        for (one, a), (two, b) in combinations(enumerate(boxes), 2)
        if min(a[1], b[1]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[2], b[2]) > 2
    ]


def test_the_dry_run_lists_what_lacks_a_code_and_the_file_has_the_recorded_shape(
    office: Office, tmp_path: Path
):
    asked = two_reports(office)
    client, url = browser(office.fatou), reverse("indicators:dhis2", args=[asked.public_id])
    bare = plan(asked)
    assert (bare.sent, ("data_set", "") in bare.lacking, ("element", "CCT11") in bare.lacking) == (
        [],
        True,
        True,
    )
    with pytest.raises(Invalid, match="Aucun indicateur"):
        set_code(kind="element", subject="CCT99", code="X", by=office.fatou)
    for (kind, subject), code in CODES.items():
        client.post(reverse("indicators:code_new"), {"kind": kind, "subject": subject, "code": code})
    shown = client.get(url).context
    sent = [
        (row["cell"].definition.indicator.code, row["cell"].part, row["value"]["value"])
        for row in shown["rows"]
    ]
    assert sent == [("CCT11", "total", "20"), ("CCT12", "total", "60")]
    assert [(each["code"], each["where"]) for each in shown["left_out"]] == [("CCT12", "Mopti")]
    assert ("element", "O1.1") in plan(asked).lacking
    taken = client.get(reverse("indicators:dhis2_json", args=[asked.public_id]))
    payload = json.loads(taken.content)
    assert faults(SCHEMA, payload) == []
    assert payload == {
        "dataSet": "SMSPS_M", "completeDate": "2026-10-31", "period": "202610",
        "dataValues": [
            {"dataElement": "SENSIB", "orgUnit": "ML05", "value": "20"},
            {"dataElement": "APPUI", "orgUnit": "ML05", "value": "60"},
        ],
    }  # fmt: skip
    # The recorded shape is strict enough to refuse what a server would.
    assert faults(SCHEMA, payload | {"period": "10/2026", "dataValues": [{"value": 3}]}) != []
    written = tmp_path / "dhis2.json"
    command = ["indicators", "--format", "dhis2", "--period", "202610", "-o", str(written)]
    assert (run(*command), json.loads(written.read_text(encoding="utf-8"))) == (0, payload)
    assert run(*command[:3], "--period", "202601", "-o", str(written)) == 1
    assert run("indicators", "-o", str(tmp_path / "i.xlsx")) == 0
    assert openpyxl.load_workbook(tmp_path / "i.xlsx").sheetnames[0] == "Chiffres"


def run(*typed: str) -> int:
    """The command as it is typed."""
    parser = argparse.ArgumentParser()
    export.add_arguments(parser)
    return export.run(parser.parse_args(typed))


def test_a_round_of_other_days_has_no_name_in_dhis2(office: Office):
    asked = round_of(office, "CCT11", first=date(2026, 10, 2), last=date(2026, 10, 20))
    client = browser(office.fatou)
    page = client.get(reverse("indicators:dhis2", args=[asked.public_id]))
    assert (page.context["ready"], "DHIS2 n’a pas de nom" in page.content.decode()) == (False, True)
    assert client.get(reverse("indicators:dhis2_json", args=[asked.public_id])).status_code == 404
    assert definition("CCT11").is_typed
