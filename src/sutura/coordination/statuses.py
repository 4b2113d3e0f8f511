"""How each state of a recommendation or a need looks: word, icon and tone."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.coordination.choices.recommendations import NeedState, State
from sutura.coordination.models import Need, Recommendation
from sutura.ui.statuses import Status

LOOKS = {
    State.PROPOSED: ("pencil", ""),
    State.ADOPTED: ("stamp", ""),
    State.UNDER_WAY: ("circle-dot", ""),
    State.DECLARED: ("hourglass", "attention"),
    State.VERIFIED: ("badge-check", "accent"),
    State.BLOCKED: ("ban", "attention"),
    State.DEFERRED: ("calendar-clock", ""),
    State.LAPSED: ("circle-minus", "quiet"),
    State.REPLACED: ("split", "quiet"),
}
OF_NEEDS = {
    NeedState.RAISED: ("bell", "attention"),
    NeedState.EXAMINED: ("eye", ""),
    NeedState.ANSWERED: ("check", "accent"),
    NeedState.CLOSED: ("archive", "quiet"),
}


def status(found: Recommendation) -> Status:
    """The pill of a recommendation."""
    return Status(found.get_state_display(), *LOOKS[State(found.state)])


def status_of_need(need: Need) -> Status:
    """The pill of a need."""
    return Status(need.get_state_display(), *OF_NEEDS[NeedState(need.state)])


def lateness(found: Recommendation, today: date) -> str:
    """`12 days late`, or nothing."""
    late = found.days_late(today)
    return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late} if late else ""


def deferred(found: Recommendation) -> str:
    """`deferred twice`, or nothing."""
    if not found.deferrals:
        return ""
    return ngettext("deferred once", "deferred %(n)s times", found.deferrals) % {"n": found.deferrals}


def whole_country(region: str, names: dict[str, str]) -> str:
    """The region in words."""
    return names.get(region, region) or _("The whole country")
