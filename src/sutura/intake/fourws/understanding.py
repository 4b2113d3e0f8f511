"""The cells of a sheet as what they say of services; what cannot be understood is a fault at its cell."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sutura.intake.fourws.reading import Sheet
from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.fourws.cells import Wrong, read
from sutura.mhpss.fourws.columns import BY_LETTER, ITEMS, OURS
from sutura.mhpss.services.taking import Fault, Row
from sutura.partners.models import Organisation
from sutura.partners.rules import key
from sutura.places.resolver import Register

NO_COLUMN = _("The sheet has no column “%(column)s”. Add it, or say below which column it is.")
NO_ORGANISATION = _("Name the organisation that runs the service, never the donor.")
UNKNOWN_ORGANISATION = _(
    "No organisation of the directory has this name. Correct it, or add the organisation first."
)
NO_PLACE = _("Give the P-code of the place, or its region, cercle and commune.")
UNKNOWN_PLACE = _("This is not one place of the register. Write the P-code, or Region / Cercle / Commune.")
DIFFERENT = _("The subcode is not one of this activity code. Correct one of the two.")
PLACED = ("where", "site", "place", "headings", "organisation")


class Understanding:
    """Reads the rows of one sheet with the lists, places and organisations of the moment."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.faults = sheet, list[Fault]()
        self.catalogue, self.register = Catalogue(), Register.current()
        self.names: dict[str, str] = {}
        for each in Organisation.objects.all():
            self.names[each.folded] = each.name
            if each.acronym:
                self.names.setdefault(key(each.acronym), each.name)
        self.columns = [column for column in (*ITEMS, *OURS) if column.letter in sheet.at]

    def rows(self) -> list[Row]:
        """Every row, with what could be understood of it."""
        fields = {column.field for column in self.columns}
        lacking = [name for name in ("organisation", "description") if name not in fields]
        lacking += ["place"] if not fields & {"place", "where"} else []
        if lacking and "ref" not in fields:
            words = {column.field: column.french for column in ITEMS}
            self.faults += [
                Fault(self.sheet.heading_row, name, "", NO_COLUMN % {"column": words[name]})
                for name in lacking
            ]
            return []
        return [self._row(number, cells) for number, cells in self.sheet.rows]

    def _row(self, number: int, cells: list[Any]) -> Row:
        said: dict[str, str] = {}
        raw = {column.field: self._cell(cells, column.letter) for column in self.columns}
        for column in self.columns:
            if column.field in PLACED:
                continue
            try:
                said |= read(column.field, raw[column.field], self.catalogue)
            except Wrong as wrong:
                self._fault(number, column.field, raw[column.field], wrong.sentence)
        if "organisation" in raw:
            said["organisation"] = self._organisation(number, raw["organisation"], bool(said.get("ref")))
        self._place(number, raw, cells, said)
        self._headings(number, raw, said)
        return Row(number, said)

    def _cell(self, cells: list[Any], letter: str) -> str:
        position = self.sheet.at[letter]
        cell = cells[position] if position < len(cells) else None
        return "" if cell is None else str(cell).strip()

    def _fault(self, row: int, field: str, value: str, sentence: Any) -> None:
        self.faults.append(Fault(row, field, value[:120], sentence))

    def _organisation(self, row: int, text: str, known: bool) -> str:
        name = self.names.get(key(text), "")
        if not name and not (known and not text):
            self._fault(row, "organisation", text, UNKNOWN_ORGANISATION if text else NO_ORGANISATION)
        return name

    def _place(self, row: int, raw: dict[str, str], cells: list[Any], said: dict[str, str]) -> None:
        """The place by its code, else by its path; a commune in the column of the site is a place too."""
        if "site" in raw:
            said |= read("site", raw["site"], self.catalogue)
        first, *more = [part.strip() for part in raw.get("place", "").split(";")] or [""]
        path = raw.get("where", "")
        if "AV" in self.sheet.at and path and "/" not in path:
            path = " / ".join(filter(None, [path, self._cell(cells, "AV")]))
        found = self.register.coded(first) if first else None
        if found is None and path:
            found = self._named(path, raw.get("site", ""))
        if found is None or found.unit is None or not found.unit.region:
            if not said.get("ref") or first or path:
                field = "place" if first or "where" not in raw else "where"
                self._fault(row, field, first or path, UNKNOWN_PLACE if first or path else NO_PLACE)
            return
        said["place"] = found.unit.code
        if more and "coverage" not in said:
            said["coverage"] = " ".join(sorted(filter(None, more)))

    def _named(self, path: str, site: str) -> Any:
        finer = self.register.named(f"{path} / {site}") if site else None
        return finer if finer else self.register.named(path)

    def _headings(self, row: int, raw: dict[str, str], said: dict[str, str]) -> None:
        """The activity code must be that of the subcode; alone it says too little, and the code stays open."""
        groups = {part.strip(" .") for part in raw.get("headings", "").replace(",", ";").split(";")} - {""}
        groups = {part.split(" ")[0].rstrip(".–-") for part in groups}
        if groups and not {code.partition(".")[0] for code in said.get("codes", "").split()} <= groups:
            self._fault(row, "headings", raw["headings"], DIFFERENT)


def letter_of(field: str) -> str:
    """Where a fault stands in the 4Ws sheet."""
    return next((column.letter for column in BY_LETTER.values() if column.field == field), "")
