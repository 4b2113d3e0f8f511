"""One row of a public list, understood: what the two readers have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sutura.intake.leads import texts
from sutura.intake.leads.faults import Fault
from sutura.intake.leads.table import Row


@dataclass(frozen=True)
class Hints:
    """What a row says about the place: P-codes and names from the region down, a point, and how fine it is.

    `finest` is the deepest level the source vouches for: 0 country, 1 region, 2 cercle, 3 commune.
    """

    codes: tuple[str, ...] = ()
    region: str = ""
    cercle: str = ""
    commune: str = ""
    latitude: float | None = None
    longitude: float | None = None
    finest: int = 3


@dataclass(frozen=True)
class Event:
    """One row: the event's id, its days, its place, and what is told; empty where the source is silent."""

    row: int
    event_id: str
    dataset: str
    happened_on: date
    hints: Hints
    happened_to: date | None = None
    date_estimated: bool = False
    locality: str = ""
    party_text: str = ""
    told: str = ""
    facts: str = ""
    title: str = ""
    killed: int | None = None
    place_precision: int | None = None
    date_precision: int | None = None
    event_clarity: int | None = None
    deaths_best: int | None = None
    deaths_low: int | None = None
    deaths_high: int | None = None


@dataclass
class Reader:
    """Reads the cells of one row and notes each fault beside its column."""

    row: Row
    today: date
    faults: list[Fault] = field(default_factory=list)

    def fault(self, column: str, code: str, value: str | None = None) -> None:
        shown = self.row[column] if value is None else value
        self.faults.append(Fault(self.row.number, column, texts.clean(shown)[:120], code))

    def text(self, column: str, limit: int = 200) -> str:
        return texts.known(self.row[column])[:limit]

    def event_id(self, column: str) -> str:
        """The source's own id, or "" with a fault."""
        found = " ".join(texts.clean(self.row[column]).split())[:60]
        if not found:
            self.fault(column, "no_id")
        return found

    def day(self, column: str, *, needed: bool = True) -> date | None:
        """A day not after today, or None with a fault."""
        try:
            found = texts.day(self.row[column])
        except ValueError:
            self.fault(column, "bad_date")
            return None
        if found is None:
            if needed:
                self.fault(column, "no_date")
            return None
        if found > self.today:
            self.fault(column, "date_future")
            return None
        return found

    def number(self, column: str) -> int | None:
        """A whole number, or None (with a fault when something else stands there)."""
        try:
            return texts.whole(self.row[column])
        except (ValueError, OverflowError):
            self.fault(column, "bad_number")
            return None

    def small(self, column: str) -> int | None:
        """A class number of the source, 0 to 9."""
        found = self.number(column)
        if found is not None and not 0 <= found <= 9:
            self.fault(column, "bad_number")
            return None
        return found

    def point(self, latitude: str, longitude: str) -> tuple[float | None, float | None]:
        """Both coordinates, or neither."""
        try:
            lat, lon = texts.degrees(self.row[latitude], 90), texts.degrees(self.row[longitude], 180)
        except ValueError:
            self.fault(latitude, "bad_coordinates", f"{self.row[latitude]} {self.row[longitude]}")
            return None, None
        return (lat, lon) if lat is not None and lon is not None else (None, None)
