"""What the pages of meetings show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.coordination.acts import open_acts
from sutura.coordination.choices.meetings import Presence, State, Verdict
from sutura.coordination.models import Meeting
from sutura.coordination.pages.mailings import mailed
from sutura.coordination.querysets.bodies import seats_of

ROAD = (State.PLANNED, State.CALLED, State.PUBLISHED, State.HELD, State.REVIEW, State.VALIDATED, State.SENT)
SKIPPABLE = (State.CALLED, State.REVIEW)


def meeting(one: Meeting, user: Any) -> dict[str, Any]:
    """One meeting as its page shows it."""
    keeper = may(user, "coordination.manage", one.body.region)
    seat = seats_of(user).filter(body=one.body).select_related("organisation").first()
    acts = open_acts(one) if keeper else []
    came = list(one.attendance.select_related("organisation"))
    here = [row for row in came if row.presence in (Presence.PRESENT, Presence.REPRESENTED)]
    return {
        "meeting": one,
        "body": one.body,
        "keeper": keeper,
        "seat": seat,
        "first_acts": [act for act in acts if act["first"]],
        "other_acts": [act for act in acts if not act["first"]],
        "steps": steps(one),
        "items": list(one.items.all()),
        "proposals": proposals(one, seat.organisation_id if seat else None),
        "attendance": came,
        "here": len(here),
        "women": sum(row.women for row in here),
        "men": sum(row.men for row in here),
        "scans": one.scans.all(),
        "comments": one.comments.select_related("organisation", "item"),
        "papers": papers(one),
        "mailed": mailed(one) if keeper else [],
    }


def steps(one: Meeting) -> list[dict[str, Any]]:
    """The road of a meeting: what is done, where it stands, what comes; a call or a review may be left out."""
    at = ROAD.index(State(one.state)) if one.state in ROAD else 0
    found = []
    for place, state in enumerate(ROAD):
        over = place < at
        skipped = over and (
            (state == State.CALLED and one.proposals_until is None)
            or (state == State.REVIEW and one.review_until is None)
        )
        how = (
            "skipped"
            if skipped
            else "done"
            if over or (place == at == len(ROAD) - 1)
            else "current"
            if place == at
            else "waiting"
        )
        found.append({"label": state.label, "state": how})
    if one.state == State.CANCELLED:
        return [
            {"label": State.PLANNED.label, "state": "done"},
            {"label": State.CANCELLED.label, "state": "refused", "note": one.reason},
        ]
    if one.state == State.POSTPONED:
        found[0] = {"label": State.POSTPONED.label, "state": "current", "note": one.reason}
    return found


def proposals(one: Meeting, organisation: int | None) -> list[dict[str, Any]]:
    """Proposed points, those with most support first, and whether this organisation may still support each."""
    rows = []
    for proposal in one.proposals.select_related("organisation").prefetch_related("supports__organisation"):
        behind = [support.organisation for support in proposal.supports.all()]
        mine = organisation in {proposal.organisation_id, *(each.pk for each in behind)}
        rows.append({
            "proposal": proposal, "behind": behind, "may_support": bool(organisation) and not mine,
            "waits": proposal.verdict == Verdict.PROPOSED,
        })  # fmt: skip
    return sorted(rows, key=lambda row: -len(row["behind"]))


def papers(one: Meeting) -> list[dict[str, str]]:
    """The papers that there are at this moment, each to be read, printed, or taken as Word or PDF."""
    names = {"convening": _("Invitation"), "agenda": _("Agenda"), "sheet": _("Sign-in sheet")}
    if one.held_on:
        names = {"minutes": _("Minutes"), **names}
    return [
        {
            "label": label,
            "url": reverse("coordination:paper", args=[one.public_id, name]),
            "word": reverse("coordination:paper_file", args=[one.public_id, name]),
            "pdf": reverse("coordination:paper_pdf", args=[one.public_id, name]),
        }
        for name, label in names.items()
    ]
