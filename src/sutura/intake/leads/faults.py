"""What is wrong with a file or with one of its rows, said in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

MESSAGES: dict[str, Promise] = {
    "no_id": _("The row has no event id: it cannot be told apart from others, and is left out."),
    "no_date": _("The row has no date, and is left out."),
    "bad_date": _("This is not a date in the form year-month-day; the row is left out."),
    "date_order": _("The event ends before it begins; the row is left out."),
    "date_future": _("The date is after today; the row is left out."),
    "other_country": _("The event is not in Mali; the row is left out."),
    "bad_coordinates": _("These are not coordinates; the row is placed without them."),
    "bad_number": _("This is not a whole number; it is left blank."),
    "dates_differ": _("Rows of one event give different dates; the earliest is kept."),
    "country_only": _("The source knows only the country: the lead is kept without a region."),
    "place_missing": _("The source gives no place: the lead is kept without a region."),
    "place_unknown": _("No place of the register answers to this: the lead is kept without a region."),
}
REFUSES = frozenset({"no_id", "no_date", "bad_date", "date_order", "date_future", "other_country"})
UNPLACED = frozenset({"country_only", "place_missing", "place_unknown"})


@dataclass(frozen=True)
class Fault:
    """One remark on one cell: the row number counts the heading as 1."""

    row: int
    column: str
    value: str
    code: str

    @property
    def message(self) -> Promise:
        """The sentence in the reader's language."""
        return MESSAGES[self.code]

    @property
    def refuses(self) -> bool:
        """Whether the row could not become a lead."""
        return self.code in REFUSES

    def as_json(self) -> dict[str, object]:
        """Row, column, value, code and the sentence in French and English."""
        said = {}
        for language in ("fr", "en"):
            with override(language):
                said[f"message_{language}"] = str(self.message)
        return {"row": self.row, "column": self.column, "value": self.value, "code": self.code, **said}


class BadFile(Exception):
    """The file as a whole cannot be read as leads; `str()` is one sentence in the reader's language."""

    def __init__(self, message: object) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
