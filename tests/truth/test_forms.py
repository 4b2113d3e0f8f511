"""Every form of the workbook, tidy or messy, reads back to the same rows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.truth.cases import make
from tests.truth.faults import dirty, write_dirty
from tests.truth.headings import canonical
from tests.truth.messy import messy_twin, same_rows
from tests.truth.places import Gazetteer
from tests.truth.reading import read, read_grids
from tests.truth.workbook import Book
from tests.truth.writing import grids, write_folder, write_ods, write_xlsx, write_zip


@pytest.mark.parametrize("form", ["xlsx", "ods", "folder", "zip"])
def test_every_form_reads_back(places: Gazetteer, tmp_path: Path, form: str) -> None:
    book = make(150, seed=5, book_of=places)
    path = written(book, tmp_path, form)
    assert read(path, places) == same_rows(book)


@pytest.mark.parametrize("form", ["folder", "zip", "bom", "serials", "xlsx"])
def test_every_messy_twin_reads_back(places: Gazetteer, tmp_path: Path, form: str) -> None:
    book = make(150, seed=6, book_of=places)
    assert read(messy_twin(book, tmp_path / "twin", form), places) == same_rows(book)


@pytest.mark.office
@pytest.mark.slow
def test_a_real_office_opens_what_we_write(places: Gazetteer, tmp_path: Path) -> None:
    """LibreOffice turns the messy `.xlsx` and the `.ods` into workbooks with the same rows: the files are sound."""
    book = make(60, seed=8, book_of=places)
    for path in (messy_twin(book, tmp_path / "twin", "xlsx"), written(book, tmp_path, "ods")):
        into = "ods" if path.suffix == ".xlsx" else "xlsx"
        out = tmp_path / f"from-{path.suffix[1:]}"
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        office = [
            str(shutil.which("soffice")),
            profile,
            "--headless",
            "--convert-to",
            into,
            "--outdir",
            str(out),
        ]
        subprocess.run([*office, str(path)], check=True, capture_output=True, timeout=180)
        assert read(out / f"{path.stem}.{into}", places) == same_rows(book)


def written(book: Book, folder: Path, form: str) -> Path:
    """The plain workbook in one of its forms."""
    sheets = grids(book)
    writers = {"xlsx": write_xlsx, "ods": write_ods, "zip": write_zip}
    if form == "folder":
        return write_folder(sheets, folder / "plain")
    return writers[form](sheets, folder / f"plain.{form}")


@pytest.mark.parametrize("form", ["xlsx", "banner", "ods", "folder", "zip"])
def test_planted_faults_lie_where_they_are_expected(places: Gazetteer, tmp_path: Path, form: str) -> None:
    """At each expected sheet and row there is a row, and in the column told the very fault."""
    path, expected = write_dirty(dirty(places), tmp_path / "dirty", form)
    cells = read_grids(path)
    heads = 2 if form == "banner" else 0
    for (sheet, row, columns), why in expected.items():
        names = [canonical(sheet, str(cell)) for cell in cells[sheet][heads]]
        found = str(cells[sheet][row - 1][names.index(columns[0])] or "").strip()
        if why == "mandatory" or why.startswith("case h"):
            assert found == "", (sheet, row, columns)
        elif why not in ("nobody", "listed"):
            assert found, (sheet, row, columns)
            assert why != "place" or places.find(found) is None
    assert {sheet for sheet, _, _ in expected} == {"incidents", "violations", "victims", "sources"}
    assert len(expected) > 90
