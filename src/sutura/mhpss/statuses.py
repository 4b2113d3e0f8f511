"""How states of the map look: a word and an icon, never a colour alone."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sutura.mhpss.choices import Decision, Working
from sutura.mhpss.rules.freshness import AMBER, FRESH
from sutura.ui.statuses import Status

WORKS = {
    Working.YES: ("check", ""), Working.PARTLY: ("split", ""), Working.SUSPENDED: ("circle-minus", "attention"),
    Working.CLOSED: ("ban", "quiet"),
}  # fmt: skip
DECIDED = {
    Decision.WAITING: ("hourglass", "accent"),
    Decision.ACCEPTED: ("check", ""),
    Decision.REFUSED: ("x", "quiet"),
}


def fresh(level: str) -> Status:
    """The pill of a verification."""
    if level == FRESH:
        return Status(pgettext("service", "verified"), "badge-check", "")
    if level == AMBER:
        return Status(_("to verify soon"), "clock", "accent")
    return Status(_("to verify again"), "triangle-alert", "attention")


def working(code: str) -> Status:
    """The pill of whether a service works."""
    return Status(str(Working(code).label), *WORKS[Working(code)])


def decision(code: str) -> Status:
    """The pill of a proposal."""
    return Status(str(Decision(code).label), *DECIDED[Decision(code)])
