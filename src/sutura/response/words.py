"""How the register says a date that is not exactly known, the time between two of them, and why something is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sutura.response.choices import Due, Kind, Precision
from sutura.response.models import Step, TimeLimits
from sutura.response.rules.clocks import Clock, Owed, Span
from sutura.response.settling import Episode
from sutura.ui import wording

FOUR_DAYS = timedelta(days=4)


def when(step: Step) -> str:
    """The date of a line as exactly as it is known."""
    if step.moment is not None:
        return wording.moment(step.moment)
    if step.day is None:
        return _("date not known")
    return wording.month(step.day) if step.precision == Precision.MONTH else wording.day(step.day)


def length(least: timedelta | None, most: timedelta | None) -> str:
    """The time between two moments in hours, from four days on in days: at least and at most, where they differ."""
    if least is None or most is None or most < timedelta(0):
        return ""
    unit = timedelta(days=1) if least >= FOUR_DAYS else timedelta(hours=1)
    low, high = least // unit, most // unit if least == most else -(-most // unit)
    said = {"low": wording.number(low), "high": wording.number(high)}
    if low == high and unit == timedelta(days=1):
        return ngettext("%(low)s day", "%(low)s days", low) % said
    if low == high:
        return ngettext("%(low)s hour", "%(low)s hours", low) % said
    if unit == timedelta(days=1):
        return _("between %(low)s and %(high)s days") % said
    return _("between %(low)s and %(high)s hours") % said


def day_of(span: Span) -> str:
    """The day of a span, or the days between which it lies."""
    if span.first is None or span.last is None:
        return _("date not known")
    first, last = wording.local(span.first).date(), wording.local(span.last).date()
    return wording.day(first) if first == last else wording.days(first, last)


REASONS: dict[str, Any] = {
    Due.ENCOUNTER_DATE: gettext_lazy("Nobody noted when the child was met: no clock can run."),
    Due.DATES: gettext_lazy("The handover is dated before the encounter."),
    Due.HANDOVER: gettext_lazy("Met on %(when)s; no handover is noted, and the limit is %(hours)s hours."),
    Due.LATE_REASON: gettext_lazy(
        "Met on %(when)s; the handover came after the limit of %(hours)s hours, without a reason."
    ),
    Due.PLAN: gettext_lazy(
        "In care since %(when)s; no care plan is noted, and the limit is %(hours)s hours."
    ),
    Due.FOLLOW_UP: gettext_lazy("Returned on %(when)s; the visit of month %(month)s is not noted."),
    Due.WHEREABOUTS: gettext_lazy(
        "No release is noted, and nobody confirmed for %(days)s days that the child is still held."
    ),
    Due.HEARING: gettext_lazy("A hearing was planned for this day."),
    Due.NEXT_ACTION: gettext_lazy("This is the day of the next action: %(action)s."),
    Due.NO_ACTION: gettext_lazy("The child is in detention and no next action is set."),
}
# Since which line somebody is waited for.
SINCE: dict[str, str] = {
    Due.HANDOVER: Kind.ENCOUNTER, Due.LATE_REASON: Kind.ENCOUNTER, Due.PLAN: Kind.CARE,
    Due.FOLLOW_UP: Kind.REUNIFICATION,
}  # fmt: skip


def reason(one: Owed, episode: Episode, limits: TimeLimits) -> str:
    """Why something is due: what happened when, and the limit that follows."""
    since = SINCE.get(one.what)
    said = {
        "when": _when_of(episode, since) if since else "", "month": one.month, "days": limits.confirm_days,
        "hours": limits.plan_hours if one.what == Due.PLAN else limits.handover_hours,
        "action": _action(episode) if one.what == Due.NEXT_ACTION else "",
    }  # fmt: skip
    return str(REASONS[one.what]) % said


def clock_facts(label: str, clock: Clock, limit: int | None = None) -> dict[str, Any]:
    """A clock as a figure: its length, what can be said of the limit, and the limit."""
    said = length(clock.least, clock.most)
    basis = _("limit: %(hours)s hours") % {"hours": limit} if limit else ""
    return {"label": label, "value": said or "–", "verdict": clock.verdict, "basis": basis, "due": clock.due}


def _when_of(episode: Episode, kind: str) -> str:
    found = sorted((step for step in episode.steps if step.kind == kind), key=lambda step: step.pk)
    return when(found[0]) if found else _("date not known")


def _action(episode: Episode) -> str:
    said = [step for step in episode.steps if step.kind == Kind.NEXT_ACTION]
    return said[-1].answer_words if said else ""
