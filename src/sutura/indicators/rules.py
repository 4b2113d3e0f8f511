"""How values are combined, or refused; when a report is late; what completeness means. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

MONTHS = {"month": 1, "quarter": 3, "year": 12}


class NotAdditive(Exception):
    """Several values of this indicator never become one; the code names the sentence that says why."""


class Answer(NamedTuple):
    """One value: a count, a part of a whole (`whole`), or a score over those asked (`whole`)."""

    value: Decimal
    whole: Decimal | None = None


def combine(method: str, answers: Sequence[Answer]) -> Answer | None:
    """Several values as one, by the method of the definition, or NotAdditive; one value is itself; none is None."""
    if len(answers) < 2:
        return answers[0] if answers else None
    if method in ("none", "recount"):
        raise NotAdditive(method)
    if method == "last":
        return answers[-1]
    if method == "max":
        return max(answers, key=rank)
    wholes = [each.whole for each in answers if each.whole is not None]
    asked = sum(wholes, Decimal(0)) if len(wholes) == len(answers) else None
    if method == "mean":
        weights = wholes if asked else [Decimal(1)] * len(answers)
        told = sum((each.value * weight for each, weight in zip(answers, weights, strict=True)), Decimal(0))
        return Answer(told / sum(weights, Decimal(0)), asked)
    return Answer(sum((each.value for each in answers), Decimal(0)), asked)


def rank(answer: Answer) -> Decimal:
    """By what the largest is chosen: a share where there is a whole."""
    return answer.value / answer.whole if answer.whole else answer.value


def shown(unit: str, answer: Answer | None) -> Decimal | None:
    """The number that is printed: of a percentage, the share; rounded to one decimal."""
    if answer is None or (unit == "percent" and not answer.whole):
        return None
    value = 100 * answer.value / answer.whole if unit == "percent" and answer.whole else answer.value
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP).normalize() + 0


def fault_of_parts(total: Decimal | None, parts: Mapping[str, Decimal | None]) -> str:
    """What is wrong with a count told in parts: `blank` (some are empty) or `sum` (they do not make the total)."""
    told = [part for part in parts.values() if part is not None]
    if not told:
        return ""
    if len(told) < len(parts):
        return "blank"
    return "" if sum(told, Decimal(0)) == total else "sum"


def is_late(*, state: str, due_on: date, today: date) -> bool:
    """Whether a report is still owed after its day."""
    return state in ("due", "returned") and due_on < today


@dataclass(frozen=True)
class Tally:
    """Reports expected, received (sent or accepted), and received by their day."""

    expected: int = 0
    received: int = 0
    on_time: int = 0

    @property
    def completeness(self) -> float | None:
        """Received of those expected, 0 to 1."""
        return self.received / self.expected if self.expected else None

    @property
    def timeliness(self) -> float | None:
        """Received by their day, of those expected, 0 to 1."""
        return self.on_time / self.expected if self.expected else None


def tally(reports: Iterable[tuple[str, date | None, date]]) -> Tally:
    """What was expected and came. Each report: its state, the day it was first sent, the day it was due."""
    rows = list(reports)
    received = [(sent, due) for state, sent, due in rows if state in ("sent", "accepted")]
    return Tally(len(rows), len(received), sum(sent is not None and sent <= due for sent, due in received))


def period_of(frequency: str, day: date) -> tuple[date, date]:
    """The calendar month, quarter or year in which a day is."""
    length = MONTHS[frequency]
    first = day.replace(month=(day.month - 1) // length * length + 1, day=1)
    return first, next_first(first, length) - timedelta(days=1)


def next_first(first: date, months: int) -> date:
    """The first day of the month so many months later."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def periods_until(frequency: str, day: date, count: int) -> list[tuple[date, date]]:
    """The last `count` periods, that of `day` last."""
    first = period_of(frequency, day)[0]
    return [
        period_of(frequency, next_first(first, -MONTHS[frequency] * back))
        for back in range(count - 1, -1, -1)
    ]


def whole_period(first: date, last: date) -> str:
    """The frequency whose period these two days bound exactly; nothing for any other stretch."""
    return next((each for each in MONTHS if period_of(each, first) == (first, last)), "")


def dhis2_period(first: date, last: date) -> str:
    """`202611`, `2026Q4` or `2026`; nothing for a stretch that is none of them."""
    forms = {
        "month": f"{first:%Y%m}",
        "quarter": f"{first.year}Q{(first.month + 2) // 3}",
        "year": f"{first.year}",
    }
    return forms.get(whole_period(first, last), "")


SMALL = 10
"""People of whom fewer could be known by who they are."""


def sendable(total: Decimal | None, parts: Mapping[str, Decimal]) -> bool:
    """Whether the parts of a count may leave: one below ten is somebody, and the others with the total rebuild it."""
    return total is not None and not any(0 < part < SMALL for part in parts.values())
