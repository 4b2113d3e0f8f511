"""Pages of the inbox by key: the address says after which row, so a deep page costs what the first one costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sutura.alerts.models import Alert
from sutura.alerts.querysets import AlertQuerySet

SIZE = 50
# Alerts come newest received first; leads by the day of the event, since a whole file is received at once.
DIGITS = 18  # the longest number of a row which a database holds
ORDER = {"alerts": "received_at", "leads": "happened_on"}


@dataclass(frozen=True)
class Page:
    """Rows of one page, and the keys which lead to the next older and newer ones ("" for none)."""

    rows: list[Alert]
    older: str = ""
    newer: str = ""


def key_of(row: Alert, order: str) -> str:
    """The place of a row in an order, as one word of an address."""
    return f"{getattr(row, order).isoformat()}_{row.pk}"


def read_key(key: str, order: str) -> tuple[Any, int] | None:
    """The value and number of a key; None when it is not one."""
    value, _, number = key.rpartition("_")
    try:
        read: Any = date.fromisoformat(value) if order == "happened_on" else datetime.fromisoformat(value)
        return read, int(number[:DIGITS])
    except ValueError:
        return None


def page(found: AlertQuerySet, *, tab: str, after: str = "", before: str = "", size: int = SIZE) -> Page:
    """The rows after or before a key, newest first; one query."""
    order = ORDER[tab]
    back = read_key(before, order)
    if back:
        rows = list(found.newer(order, *back).order_by(order, "id")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        return Page(rows, _key(rows, -1, order), _key(rows, 0, order) if more else "")
    start = read_key(after, order)
    if start:
        found = found.older(order, *start)
    rows = list(found.order_by(f"-{order}", "-id")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return Page(rows, _key(rows, -1, order) if more else "", _key(rows, 0, order) if start else "")


def _key(rows: list[Alert], index: int, order: str) -> str:
    return key_of(rows[index], order) if rows else ""
