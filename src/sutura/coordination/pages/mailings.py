"""What the page of a meeting tells of its messages: whom they reach, before; whom they reached, after."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.coordination.choices.mailings import Notice, Outcome
from sutura.coordination.models import Mailing, Meeting
from sutura.coordination.post import is_set
from sutura.coordination.services.mailings import is_announced, members
from sutura.partners.models import Organisation

TONES = {Outcome.SENT: ("accent", "circle-check"), Outcome.WAITING: ("quiet", "hourglass")}
WRONG = ("attention", "triangle-alert")


def beforehand(meeting: Meeting, notice: str) -> str:
    """Whom a message would reach, and whom not."""
    if not is_set():
        return _no_server()
    told = members(meeting, notice)
    without = [one for one in told if not one.contact_email]
    count = len(told) - len(without)
    reach = ngettext("It goes to %(n)s organisation.", "It goes to %(n)s organisations.", count) % {
        "n": count
    }
    return " ".join(filter(None, (reach, _without(without))))


def mailed(meeting: Meeting) -> list[dict[str, Any]]:
    """The messages of a meeting, those of one day and kind together, the last first."""
    rows = meeting.mailings.select_related("organisation").order_by("-day", "-notice", "organisation__name")
    return [
        _group(meeting, Notice(notice), list(of))
        for (_day, notice), of in groupby(rows, lambda row: (row.day, row.notice))
    ]


def _group(meeting: Meeting, notice: Notice, rows: list[Mailing]) -> dict[str, Any]:
    missed = any(row.outcome != Outcome.SENT for row in rows)
    again = missed and is_announced(meeting, notice, rows[0].day)
    return {
        "notice": notice.label,
        "day": rows[0].day,
        "told": [told for outcome in Outcome if (told := _told(outcome, rows))],
        "rows": [_row(row) for row in rows],
        "again": reverse("coordination:mail_again", args=[meeting.public_id, notice]) if again else "",
    }


def _row(row: Mailing) -> dict[str, Any]:
    tone, icon = TONES.get(Outcome(row.outcome), WRONG)
    return {"mailing": row, "tone": tone, "icon": icon}


def _told(outcome: str, rows: Sequence[Mailing]) -> str:
    """One sentence on all messages of one outcome; none where there is no such message."""
    found = [row.organisation for row in rows if row.outcome == outcome]
    names = {"names": _names(found), "n": len(found)}
    if not found:
        return ""
    if outcome == Outcome.SENT:
        return (
            ngettext("%(n)s organisation was mailed.", "%(n)s organisations were mailed.", len(found)) % names
        )
    if outcome == Outcome.REFUSED:
        return _("Address refused: %(names)s. Correct it on their page, then mail again.") % names
    if outcome == Outcome.WAITING:
        return _("The mail server did not answer for %(names)s: it is tried again by itself.") % names
    return _no_server() if outcome == Outcome.PRINTED else _without(found)


def _without(organisations: Sequence[Organisation]) -> str:
    if not organisations:
        return ""
    return _("No address for convening: %(names)s. Write one on their page, or hand the paper over.") % {
        "names": _names(organisations)
    }


def _no_server() -> str:
    return _(
        "No mail server is set on this installation: nobody is mailed, the act is only noted. Hand the paper over."
    )


def _names(organisations: Sequence[Organisation]) -> str:
    return ", ".join(one.short for one in organisations)
