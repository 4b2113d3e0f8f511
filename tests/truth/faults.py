"""A dirty workbook: every fault of incidents-workbook.md section 1 planted once, and where each must be reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.truth.cases import make
from tests.truth.headings import FRENCH
from tests.truth.places import Gazetteer
from tests.truth.workbook import Book, Row, labels
from tests.truth.writing import Grids, grids, write_folder, write_ods, write_xlsx, write_zip

DAY = date(2024, 3, 10)
FUTURE = date.today() + timedelta(days=2)


@dataclass(frozen=True)
class Planted:
    """One planted fault: its sheet, the index of its row among the data rows, the columns it may be told at."""

    sheet: str
    index: int
    columns: tuple[str, ...]
    why: str


@dataclass
class Dirty:
    """A workbook with planted faults."""

    book: Book
    planted: list[Planted] = field(default_factory=list)

    def mark(self, sheet: str, column: str, why: str) -> None:
        """Note a fault at the newest row of a sheet; `column` may name several, parted by `|`."""
        index = len(self.book.sheets[sheet]) - 1
        self.planted.append(Planted(sheet, index, tuple(column.split("|")), why))

    def incident(self, column: str, why: str, **cells: Any) -> None:
        """An incident with a fault, and no violation."""
        self.book.incident(DAY)
        self.book.sheets["incidents"][-1] |= cells
        self.mark("incidents", column, why)

    def violation(self, column: str, why: str, **cells: Any) -> None:
        """A pending killing with a fault."""
        self.book.violation("GOOD", "killing", "pending", girls=2)
        self.book.sheets["violations"][-1] |= cells
        self.mark("violations", column, why)

    def victim(self, column: str, why: str, **cells: Any) -> None:
        """A victim of the roomy violation, with a fault."""
        self.book.victim(["ROOMY"], "boy")
        self.book.sheets["victims"][-1] |= cells
        self.mark("victims", column, why)

    def source(self, column: str, why: str, **cells: Any) -> None:
        """A source with a fault."""
        row: Row = {"source_ref": self.book.ref("sources", "SRC"), "violation_refs": "ROOMY"}
        self.book.sheets["sources"].append(row | cells)
        self.mark("sources", column, why)


def dirty(book_of: Gazetteer, n: int = 40) -> Dirty:
    """Clean rows, then rows with one fault each, then one row with three."""
    it = Dirty(make(n, seed=3, book_of=book_of))
    plant_incidents(it)
    for ref in ("GOOD", "OTHER"):
        it.book.incident(DAY, incident_ref=ref)
    room: Row = {"boys": 50, "girls": 50, "unknown": 50}
    it.book.violation("GOOD", "killing", "pending", violation_ref="ROOMY", **room)
    it.book.violation("OTHER", "killing", "pending", violation_ref="ROOMY-2", **room)
    plant_violations(it)
    plant_verified(it)
    plant_attribution(it)
    plant_victims(it)
    plant_listed(it)
    plant_sources(it)
    return it


def plant_incidents(it: Dirty) -> None:
    """Faults of the sheet `incidents`."""
    for column in ("incident_ref", "occurred_on", "place"):
        it.incident(column, "mandatory", **{column: None})
    for place in (
        "ML9999",
        "Wakadou",
        "Wakadou / Nulle Part",
        "Mopti / Niono",
        "Mopti / Djenné / Nulle Part",
        "Bamba",
    ):
        it.incident("place", "place", place=place)
    it.incident("occurred_on", "future", occurred_on=FUTURE)
    it.incident("first_reported_on", "future", first_reported_on=FUTURE)
    it.incident("occurred_to", "future", occurred_to=FUTURE)
    it.incident("occurred_to", "order", occurred_to=DAY - timedelta(days=1))
    it.incident("occurred_to|open_ended", "open with an end", occurred_to=DAY, open_ended="yes")
    for text in ("10/05/2025", "2024-02-30", "mai 2024", "2024"):
        it.incident("occurred_on", "not an ISO date", occurred_on=text)
    it.incident("first_reported_on", "not an ISO date", first_reported_on="10/05/2024")
    it.incident("occurred_to", "not an ISO date", occurred_to="12.05.2024")
    it.incident("open_ended", "yes/no", open_ended="peut-être")
    it.incident("date_estimated", "yes/no", date_estimated="2")
    it.incident("latitude", "latitude", latitude=95.0, longitude=-4.0)
    it.incident("latitude", "latitude", latitude="nord", longitude=-4.0)
    it.incident("longitude", "longitude", latitude=14.0, longitude=200.0)
    it.incident("state", "word", state="archived")
    it.incident("place", "void incidents are checked like others", state="void", place="ML9998")
    it.book.incident(DAY, incident_ref="TWICE")
    it.incident("incident_ref", "duplicate, lower row", incident_ref="TWICE")
    it.incident("place", "three in one row", place="ML9997", open_ended="perhaps", state="gone")
    it.mark("incidents", "open_ended", "three in one row")
    it.mark("incidents", "state", "three in one row")


def plant_violations(it: Dirty) -> None:
    """Faults of the sheet `violations` which any status may have."""
    for column in ("violation_ref", "incident_ref", "type", "status"):
        it.violation(column, "mandatory", **{column: None})
    it.violation("incident_ref", "unknown reference", incident_ref="INC-NOPE")
    it.violation("type", "word", type="looting")
    it.violation("status", "word", status="confirmed")
    it.violation("boys", "negative", boys=-1)
    it.violation("girls", "fraction", girls=1.5)
    it.violation("unknown", "not a number", unknown="trois")
    it.violation("cross_border", "yes/no", cross_border="perhaps")
    it.violation("parties", "unknown party", parties="XYZ")
    it.violation("parties", "unknown party", parties="JNIM;XYZ")
    it.violation("decided_on", "future", decided_on=FUTURE)
    it.violation("decided_on", "before", status="could_not_verify", decided_on=DAY - timedelta(days=1))
    it.book.violation("GOOD", "abduction", "pending", violation_ref="TWICE")
    it.violation("violation_ref", "duplicate, lower row", violation_ref="TWICE")


def plant_verified(it: Dirty) -> None:
    """Faults of verified violations; case h of mrm.md 4 is the first."""
    it.violation("decided_on", "case h", status="verified")
    it.violation("decided_on", "case h for an event", status="verified", type="attack_school")
    it.violation("decided_on", "before", status="verified", decided_on=DAY - timedelta(days=1))
    it.violation("decided_on", "not an ISO date", status="verified", decided_on="10/05/2025")
    tally = "boys|girls|unknown"
    it.violation(tally, "nobody", status="verified", decided_on=DAY, girls=0)
    it.violation(
        tally, "nobody", status="verified", decided_on=DAY, boys="", girls="", unknown="", type="abduction"
    )


def plant_attribution(it: Dirty) -> None:
    """Parties and attribution which do not fit."""
    for parties, word in (
        (["JNIM", "FAMA"], "sole"),
        ([], "sole"),
        (["JNIM"], "joint"),
        ([], "joint"),
        (["JNIM"], "crossfire"),
        ([], "crossfire"),
        (["JNIM"], "unidentified"),
        (["JNIM"], "perhaps"),
    ):
        it.violation("attribution", f"{len(parties)} parties, {word}", **labels(parties, word))


def plant_victims(it: Dirty) -> None:
    """Faults of the sheet `victims`."""
    for column in ("victim_ref", "violation_refs"):
        it.victim(column, "mandatory", **{column: None})
    it.victim("violation_refs", "unknown reference", violation_refs="VIO-NOPE")
    it.victim("violation_refs", "unknown reference", violation_refs="ROOMY; VIO-NOPE")
    it.victim("violation_refs", "two incidents", violation_refs="ROOMY;ROOMY-2")
    it.victim("kind", "word", kind="crowd")
    it.victim("sex", "word", sex="male")
    for age in (18, 35, -1, "douze"):
        it.victim("age", "age", age=age)
    it.victim("age_estimated", "yes/no", age_estimated="maybe")
    it.victim("boys", "negative", kind="group", sex="", boys=-2, girls=3)
    it.victim("girls", "fraction", kind="group", sex="", boys=2, girls=1.5)
    it.book.victim(["ROOMY"], "boy", "BOTH")
    it.victim("sex|child_ref", "boy and girl", violation_refs="ROOMY-2", sex="girl", child_ref="BOTH")
    it.book.victim(["ROOMY"], "boy", "AGAIN")
    it.victim("child_ref", "twice for a violation", child_ref="AGAIN")
    it.book.victim(["ROOMY"], "boy", victim_ref="TWICE")
    it.victim("victim_ref", "duplicate, lower row", victim_ref="TWICE")


def plant_listed(it: Dirty) -> None:
    """More listed victims than the violation counts: told at the violation, on the sex."""
    it.violation("boys", "listed", violation_ref="LESS-1", boys=1)
    it.violation("girls", "listed", violation_ref="LESS-2", type="deprivation_liberty", boys=1, girls=0)
    it.violation("unknown", "listed", violation_ref="LESS-3", unknown=1)
    for _ in range(2):
        it.book.victim(["LESS-1"], "boy")
    it.book.victim(["LESS-2"], "girl")
    it.book.victim(["LESS-3"], kind="group", unknown=3)
    it.book.violation("GOOD", "attack_hospital", "pending", violation_ref="NOTE", boys=1)  # events: no fault
    it.book.victim(["NOTE"], kind="group", boys=9)


def plant_sources(it: Dirty) -> None:
    """Faults of the sheet `sources`."""
    for column in ("source_ref", "violation_refs"):
        it.source(column, "mandatory", **{column: None})
    it.source("violation_refs", "unknown reference", violation_refs="VIO-NOPE")
    it.source("category", "word", category="rumour")
    it.source("collected_on", "future", collected_on=FUTURE)
    it.source("collected_on", "not an ISO date", collected_on="31/12/2023")
    it.source("reliability", "word", reliability="sure")
    it.source("credibility", "word", credibility="none")
    it.source("consent_reporting", "yes/no", consent_reporting="perhaps")
    it.source("consent_sharing", "yes/no", consent_sharing="perhaps")
    it.source("source_ref", "duplicate, lower row", source_ref=it.book.sheets["sources"][0]["source_ref"])


def write_dirty(it: Dirty, path: Path, form: str) -> tuple[Path, dict[tuple[str, int, tuple[str, ...]], str]]:
    """Write it in a form; return the file and why each (sheet, row, columns) is to be reported."""
    sheets, lead = grids(it.book), 1
    if form == "banner":
        for name, grid in sheets.items():
            empty = [""] * len(grid[0])
            heads = [FRENCH[name].get(column, column) for column in grid[0]]
            sheets[name] = [[f"Données inventées : {name}", *empty[1:]], empty, heads, *grid[1:], empty]
        lead = 3
    writers: dict[str, Callable[[], Path]] = {
        "xlsx": lambda: write_xlsx(sheets, path.with_suffix(".xlsx")),
        "banner": lambda: write_xlsx(sheets, path.with_suffix(".xlsx")),
        "ods": lambda: write_ods(sheets, path.with_suffix(".ods")),
        "folder": lambda: write_folder(sheets, path),
        "zip": lambda: write_zip(sheets, path.with_suffix(".zip"), "cp1252", ";"),
    }
    return writers[form](), {(p.sheet, p.index + lead + 1, p.columns): p.why for p in it.planted}


def write_broken(name: str, path: Path, book_of: Gazetteer) -> Path:
    """A file that cannot be a workbook: a sheet, a column or its very bytes are missing."""
    sheets: Grids = grids(make(14, book_of=book_of))
    whole = write_xlsx(sheets, path / "whole.xlsx").read_bytes()
    if name == "no violations sheet":
        return write_xlsx({k: v for k, v in sheets.items() if k != "violations"}, path / "one.xlsx")
    if name == "no place column":
        at = sheets["incidents"][0].index("place")
        sheets["incidents"] = [row[:at] + row[at + 1 :] for row in sheets["incidents"]]
        return write_xlsx(sheets, path / "two.xlsx")
    data = {
        "empty.xlsx": b"",
        "half.xlsx": whole[: len(whole) // 2],
        "text.xlsx": "Ceci n’est pas un classeur.".encode(),
        "noise.ods": bytes(range(256)) * 40,
        "noise.zip": b"PK\x03\x04" + bytes(range(256)) * 4,
        "paper.pdf": b"%PDF-1.7 nothing",
    }[name]
    (path / name).write_bytes(data)
    return path / name


BROKEN = (
    "no violations sheet",
    "no place column",
    "empty.xlsx",
    "half.xlsx",
    "text.xlsx",
    "noise.ods",
    "noise.zip",
    "paper.pdf",
)
