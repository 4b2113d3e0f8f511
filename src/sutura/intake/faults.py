"""What can be wrong with a file, in one sentence each that says what to do: the catalogue of faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

MESSAGES: dict[str, Promise] = {
    "missing_sheet": _("The sheet “%(sheet)s” is missing. Add it, with its headings."),
    "missing_heading": _("No row of this sheet has the heading “%(column)s” beside the other mandatory ones. Add it."),
    "missing_column": _("No column says “%(label)s”. Say which heading it is, or give one value for the whole file."),
    "unknown_organisation": _("No organisation of the directory has this name. Correct it, or add the organisation."),
    "unknown_body": _("No body has this acronym or name. Correct it, or create the body first."),
    "unknown_cohort": _("No cohort that you keep has this code. Correct it, or open the cohort first."),
    "unknown_region": _("This is not a region. Write its name or its P-code, such as ML05."),
    "code_taken": _("Another place has this code already: %(place)s."),
    "duplicate_heading": _("Two filled columns have this heading. Keep one, or rename the other."),
    "missing": _("This cell must be filled."),
    "too_long": _("This text is too long: %(longest)s characters at most."),
    "formula_error": _("The formula in this cell failed. Correct it, or type the value."),
    "not_a_date": _("This is not a date. Write year-month-day, like 2026-03-31, or use a true spreadsheet date."),
    "future_date": _("This day is after the day of the import. Correct the date."),
    "not_yes_no": _("Answer yes or no (oui or non), or leave the cell empty."),
    "unknown_option": _("This word is not in the list. Use one of: %(options)s."),
    "not_whole": _("Write a whole number, 0 or more."),
    "not_a_number": _("Write a number between %(low)s and %(high)s."),
    "too_many": _("This number is too large: %(high)s at most."),
    "half_point": _("Latitude and longitude go together. Fill both, or neither."),
    "unknown_place": _("This place is not in the register. Write a P-code, or Region / Cercle / Commune."),
    "ambiguous_place": _("Several places have this name. Write the P-code, or Region / Cercle / Commune."),
    "unknown_party": _("The register has no party with this code: %(codes)s."),
    "duplicate": _("This reference stands already in row %(first)s. Give each row its own reference."),
    "unknown_reference": _("No row of this file and no imported record has this reference: %(refs)s."),
    "ends_before_start": _("The end is before the start. Correct one of the two dates."),
    "end_and_open": _("An incident that is still going on has no end. Empty this cell, or answer no to “open_ended”."),
    "not_decided": _("A verified violation needs the day of the decision."),
    "decided_before": _("The decision is before the incident of %(occurred_on)s. Correct one of the two dates."),
    "verified_nobody": _("A verified violation of this type needs at least one child in boys, girls or unknown."),
    "attribution": _("“%(attribution)s” does not fit %(parties)s parties: sole needs one, joint and crossfire two or"
                     " more, unidentified none."),
    "several_incidents": _("The violations of one victim belong to one incident. Make one row for each incident and"
                           " give them one child_ref."),
    "child_twice": _("This child_ref is listed already for the violation %(violation)s, in row %(first)s."),
    "child_two_sexes": _("This child_ref is a boy in one row and a girl in another (row %(first)s). Correct one."),
    "not_a_child": _("A victim of 18 years or more is not counted here. Correct the age, or leave the row out."),
    "too_many_listed": _("The victims sheet lists %(listed)s here, more than the %(counted)s of this violation."
                         " Correct the count or the list."),
    "empty_group": _("A group needs at least one child in boys, girls or unknown."),
    "moved": _("This record was imported under %(owner)s and cannot move."
               " Give it a new reference, and void the old one."),
    "refused": _("The record cannot be taken: %(reason)s"),
    "meanwhile": _("Records changed while the file was being imported. Try again."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: sheet, row (the first is 1), canonical column, the value as read, a code of `MESSAGES`."""

    code: str
    sheet: str
    row: int
    column: str = ""
    value: str = ""
    details: tuple[tuple[str, object], ...] = field(default=())

    def message(self, language: str) -> str:
        """The sentence in `fr` or `en`."""
        words = {"sheet": self.sheet, "column": self.column} | dict(self.details)
        return template(self.code, language) % {
            name: str(value) if not isinstance(value, Promise) else spoken(value, language)
            for name, value in words.items()
        }

    def as_json(self) -> dict[str, object]:
        """The seven keys of the format."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "message_fr": self.message("fr"),
            "message_en": self.message("en"),
        }


@dataclass(frozen=True)
class FileFault(Fault):
    """A fault of the file as a whole, with its own sentence."""

    sentence: object = ""

    def message(self, language: str) -> str:
        """The sentence in `fr` or `en`."""
        return spoken(self.sentence, language)


@lru_cache(maxsize=256)
def template(code: str, language: str) -> str:
    """The sentence of a code before its details are put in."""
    return spoken(MESSAGES[code], language)


def spoken(words: object, language: str) -> str:
    """Lazy words in one language."""
    with override(language):
        return str(words)


def rows_with_fault(faults: Iterable[Fault]) -> int:
    """How many rows are rejected: a row with three faults is one."""
    return len({(fault.sheet, fault.row) for fault in faults})
