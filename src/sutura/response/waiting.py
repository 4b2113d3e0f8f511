"""How the register says why a visit or an approach waits for somebody."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.response.models import Approach, Visit
from sutura.response.rules.reach import BEFORE, Wait
from sutura.ui import wording


def visit_reason(visit: Visit, today: date) -> str:
    """What happened last, and what is missing since when."""
    planned = wording.day(visit.planned_on)
    if visit.wait == Wait.TO_ASK:
        said = {"day": planned, "n": BEFORE.days}
        return _("Planned for %(day)s; not asked for yet, and an answer takes %(n)s days.") % said
    if visit.wait == Wait.ANSWER and visit.asked_on:
        since = (today - visit.asked_on).days
        return ngettext(
            "Asked of the %(office)s on %(day)s; no answer for %(n)s day.",
            "Asked of the %(office)s on %(day)s; no answer for %(n)s days.", since,
        ) % {"office": visit.get_asked_of_display(), "day": wording.day(visit.asked_on), "n": since}  # fmt: skip
    if visit.wait == Wait.TO_MAKE and visit.planned_on < today:
        return _("Authorised and planned for %(day)s; nobody noted whether it was made.") % {"day": planned}
    if visit.wait == Wait.TO_MAKE:
        return _("Authorised, planned for %(day)s.") % {"day": planned}
    return ""


def approach_reason(approach: Approach, today: date) -> str:
    """The next step and its day, or how long nothing is heard."""
    if approach.wait == Wait.NEXT and approach.next_on:
        said = {"step": approach.get_next_step_display(), "day": wording.day(approach.next_on)}
        return _("Next step for %(day)s: %(step)s.") % said
    if approach.wait == Wait.SILENT:
        since = (today - approach.made_on).days
        return ngettext(
            "Asked on %(day)s, %(answer)s; no next step is set for %(n)s day.",
            "Asked on %(day)s, %(answer)s; no next step is set for %(n)s days.", since,
        ) % {
            "day": wording.day(approach.made_on), "answer": approach.get_reaction_display(), "n": since,
        }  # fmt: skip
    return ""
