"""The story of a recommendation, from its kept versions, its reports and its links: who, when, and in what words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sutura.coordination.choices.recommendations import Blockage, State
from sutura.coordination.models import ProgressReport, Recommendation
from sutura.coordination.statuses import LOOKS
from sutura.ui import wording
from sutura.ui.timeline import Entry

# A report writes the recommendation too: that version is told by the report itself.
BY_REPORT = ("reported", "declared")


def entries(found: Recommendation, reports: list[ProgressReport]) -> list[Entry]:
    """Everything that happened, the latest first."""
    versions = list(found.history.select_related("history_user").order_by("history_date", "history_id"))
    told = [
        _version(before, now)
        for before, now in zip([None, *versions[:-1]], versions, strict=True)
        if now.history_change_reason not in BY_REPORT
    ]
    told += [_report(each) for each in reports]
    return sorted(told, key=lambda entry: entry.moment, reverse=True)


def _version(before: Any, now: Any) -> Entry:
    by = str(now.history_user or "")
    if before is not None and (before.state, before.due_on) == (now.state, now.due_on):
        return Entry(_("Words changed"), now.history_date, by, now.history_change_reason, "pencil")
    icon, tone = LOOKS[State(now.state)]
    return Entry(_title(now), now.history_date, by, _text(now), icon, tone if tone == "attention" else "")


def _title(now: Any) -> str:
    if now.state == State.UNDER_WAY and now.history_change_reason == "send_back":
        return _("Sent back: not done yet")
    if now.state in (State.ADOPTED, State.DEFERRED):
        return _("%(state)s, to be done by %(day)s") % {
            "state": now.get_state_display(), "day": wording.day(now.due_on),
        }  # fmt: skip
    return str(now.get_state_display())


def _text(now: Any) -> str:
    if now.state == State.BLOCKED:
        return f"{Blockage(now.blockage).label} – {now.reason}"
    return str(now.closing if now.state == State.VERIFIED else now.reason)


def _report(each: ProgressReport) -> Entry:
    title = _("Declared done") if each.done else _("Reported: %(percent)s %%") % {"percent": each.progress}
    if each.link:
        by = _("by the organisation, through a link")
    else:
        by = str(each.account or "")
    icon = "link" if each.link else "message-square"
    return Entry(title, each.reported_at, by, each.words, icon)
