"""Periods of the three products, and the periods they are compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

GHN, ANNUAL, WINDOW = "ghn", "annual", "window"
PRODUCTS = (GHN, ANNUAL, WINDOW)
FORMS = {GHN: "2026-Q1", ANNUAL: "2026", WINDOW: "2026-04-01..2028-03-31"}
"""How the period of each product is written (incidents-workbook.md 2)."""


class NotAPeriod(ValueError):
    """The text is not a period of the product; `form` shows how one is written."""

    def __init__(self, product: str, text: str) -> None:
        super().__init__(f"{text!r} is not a period of {product}")
        self.form = FORMS.get(product, "")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a product's period, both included."""

    product: str
    start: date
    end: date

    @property
    def text(self) -> str:
        """The period as it is written in commands and addresses."""
        if self.product == GHN:
            return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
        if self.product == ANNUAL:
            return f"{self.start.year}"
        return f"{self.start.isoformat()}..{self.end.isoformat()}"

    @property
    def whole_quarters(self) -> tuple[int, int] | None:
        """Numbers of the first and last quarter, such as (20261, 20264), if the period is whole quarters."""
        after = self.end + timedelta(days=1)
        if (self.start.day, after.day) != (1, 1) or self.start.month % 3 != 1 or after.month % 3 != 1:
            return None
        first = self.start.year * 10 + (self.start.month + 2) // 3
        return first, self.end.year * 10 + (self.end.month + 2) // 3


def period(product: str, text: str) -> Period:
    """Read a period: `2026-Q1` for ghn, `2026` for annual, `2026-04-01..2028-03-31` for window.

    Its years are those of a calendar which has a year before and after: 1000 to 9998.
    """
    if re.search(r"(^|\.\.)(0\d{3}|9999)", text):
        raise NotAPeriod(product, text)
    try:
        if product == GHN and (found := re.fullmatch(r"(\d{4})-[Qq]([1-4])", text)):
            return quarter(int(found[1]), int(found[2]))
        if product == ANNUAL and re.fullmatch(r"\d{4}", text):
            return Period(ANNUAL, date(int(text), 1, 1), date(int(text), 12, 31))
        if product == WINDOW and (found := re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", text)):
            start, end = date.fromisoformat(found[1]), date.fromisoformat(found[2])
            if start <= end:
                return Period(WINDOW, start, end)
    except ValueError as error:
        raise NotAPeriod(product, text) from error
    raise NotAPeriod(product, text)


def quarter(year: int, number: int) -> Period:
    """The period of a quarterly note; number 0 is the last quarter of the year before."""
    year, number = (year - 1, 4) if number == 0 else (year, number)
    last_month = 3 * number
    after = date(year + 1, 1, 1) if last_month == 12 else date(year, last_month + 1, 1)
    return Period(GHN, date(year, last_month - 2, 1), after - timedelta(days=1))


def compared_with(period: Period) -> list[Period]:
    """Periods printed beside this one: the previous quarter and the same one a year ago; the previous year."""
    if period.product == GHN:
        number = (period.start.month + 2) // 3
        return [quarter(period.start.year, number - 1), quarter(period.start.year - 1, number)]
    if period.product == ANNUAL:
        year = period.start.year - 1
        return [Period(ANNUAL, date(year, 1, 1), date(year, 12, 31))]
    return []
