"""Numbers, days and moments in words, as the field writes them: `1 141`, `21 nov. 2026` (ui.md, principle 5)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

THIN = "\u202f"
"""Narrow no-break space: French thousands."""
NONE = "–"
MONTHS = {
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}


def language() -> str:
    """`fr` or `en`: whatever else is asked for reads French."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def number(value: object, decimals: int | None = None) -> str:
    """A count with its thousands apart; nothing known is a dash, never a zero.

    `value` is an int, float, Decimal or None; `decimals` fixes the digits after the point.
    """
    if value is None or value == "":
        return NONE
    if not isinstance(value, (int, float, Decimal)):
        return str(value)
    if decimals is None:
        decimals = 0 if value == int(value) else 1
    text = f"{value:,.{decimals}f}".replace("-", "\u2212")
    if language() == "en":
        return text
    return text.replace(",", THIN).replace(".", ",")


def says(label: object, value: object) -> str:
    """A label and what it says: `Mopti : 12` in French, `Mopti: 12` in English."""
    return f"{label}: {value}" if language() == "en" else f"{label}{THIN}: {value}"


def day(value: date | datetime | None) -> str:
    """A day: `21 nov. 2026` or `21 Nov 2026`; the first of a month is `1er` in French."""
    if value is None or value == "":
        return NONE
    if isinstance(value, datetime):
        value = local(value).date()
    lang = language()
    first = "1er" if lang == "fr" and value.day == 1 else str(value.day)
    return f"{first}\u00a0{MONTHS[lang][value.month - 1]}\u00a0{value.year}"


def month(value: date) -> str:
    """A month: `nov. 2026` or `Nov 2026`."""
    return f"{MONTHS[language()][value.month - 1]}\u00a0{value.year}"


def days(start: date | None, end: date | None) -> str:
    """A stretch of days: `3–7 nov. 2026`, `28 oct. – 3 nov. 2026`, or one day."""
    if start is None or end is None or start == end:
        return day(start or end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{day(start).split(chr(160))[0]}–{day(end)}"
    if start.year == end.year:
        return f"{day(start).rsplit(chr(160), 1)[0]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def quarter(value: date) -> str:
    """The calendar quarter of a day: `T4 2026`, in English `Q4 2026`."""
    return f"{'Q' if language() == 'en' else 'T'}{(value.month + 2) // 3} {value.year}"


def moment(value: datetime | None) -> str:
    """A day and its hour, in the time of Bamako: `21 nov. 2026, 14:05`."""
    if value is None or value == "":
        return NONE
    there = local(value)
    return f"{day(there.date())}, {there:%H:%M}"


def local(value: datetime) -> datetime:
    """The same instant on the clock of the project's time zone."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def span(seconds: float) -> str:
    """A length of time in its one fitting unit: minutes under two hours, hours under two days, then days."""
    minutes = abs(seconds) / 60
    if minutes < 120:
        count = int(minutes)
        return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": number(count)}
    if minutes < 2 * 24 * 60:
        count = int(minutes // 60)
        return ngettext("%(count)s hour", "%(count)s hours", count) % {"count": number(count)}
    count = int(minutes // (24 * 60))
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number(count)}


def time_left(due: date | datetime, now: datetime) -> tuple[str, str]:
    """How a clock reads: its state (`left`, `soon`, `late`) and words such as `3 days left`.

    A day counts until its end; `soon` is under a quarter of two days (12 hours), or the last day of a date.
    """
    if not isinstance(due, datetime):
        left = (due - local(now).date()).days
        if left == 0:
            return "soon", _("due today")
        words = ngettext("%(count)s day", "%(count)s days", abs(left)) % {"count": number(abs(left))}
        if left < 0:
            return "late", _("%(span)s overdue") % {"span": words}
        return ("soon" if left == 1 else "left"), _("%(span)s left") % {"span": words}
    seconds = (due - now).total_seconds()
    if seconds < 0:
        return "late", _("%(span)s overdue") % {"span": span(seconds)}
    return ("soon" if seconds < 12 * 3600 else "left"), _("%(span)s left") % {"span": span(seconds)}
