"""Approaches to authorities and parties: whose next step is late and why, and one approach with what it speaks of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.coordination.models import Recommendation
from sutura.incidents.models import Incident, Violation
from sutura.response.choices import Reaction
from sutura.response.forms.advocacy import ApproachFilter
from sutura.response.models import Approach, Docket, Matter, Visit
from sutura.response.pages.worklist import region_names
from sutura.response.querysets import KEEP
from sutura.response.turning import turned
from sutura.response.waiting import approach_reason
from sutura.ui.statuses import Status

LOOKS = {
    Reaction.NONE: ("hourglass", ""),
    Reaction.PROMISE: ("handshake", ""),
    Reaction.PARTLY: ("circle-dot", "accent"),
    Reaction.DONE: ("check", "accent"),
    Reaction.REFUSED: ("ban", "attention"),
    Reaction.ELSEWHERE: ("arrow-up-right", ""),
}
BESIDE = ("organisation", "party", "made_for")


def look(code: str) -> Status:
    """An answer as its word, icon and tone."""
    return Status(Reaction(code).label, *LOOKS[Reaction(code)])


def listed(user: Any, query: QueryDict) -> dict[str, Any]:
    """What waits for a next step first, by the filters of the address."""
    today, names = timezone.localdate(), region_names(user)
    form = ApproachFilter(query or None, regions=names)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found, pages = turned(chosen(user, said).select_related(*BESIDE), query)
    return pages | {
        "form": form,
        "rows": [
            {"approach": each, "look": look(each.reaction), "where": names.get(each.region, each.region),
             "reason": approach_reason(each, today)}
            for each in found
        ],
        "filtered": any(said.values()),
        "figures": figures(user, today),
        "keeper": may(user, KEEP),
    }  # fmt: skip


def chosen(user: Any, said: dict[str, Any]) -> Any:
    """The approaches that the filter means; without one, those which wait."""
    found = Approach.objects.visible_to(user).in_turn()
    if not any(said.values()):
        return found.waiting()
    found = found if said.get("docket") else found.standing()
    if said.get("docket"):
        found = found.filter(matters__docket__ref__iexact=said["docket"].strip())
    for name in ("region", "office", "subject", "reaction"):
        if said.get(name):
            found = found.filter(**{name: said[name]})
    return found


def figures(user: Any, today: date) -> list[dict[str, Any]]:
    """How many wait, how many are late, what was granted and refused."""
    counts = (
        Approach.objects.visible_to(user)
        .standing()
        .aggregate(
            late=Count("pk", filter=Q(wait_from__lt=today)),
            silent=Count("pk", filter=Q(reaction=Reaction.NONE)),
            promised=Count("pk", filter=Q(reaction=Reaction.PROMISE)),
            done=Count("pk", filter=Q(reaction=Reaction.DONE)),
        )
    )
    return [
        {"label": _("Next steps overdue"), "value": counts["late"], "url": "?",
         "tone": "attention" if counts["late"] else "", "basis": _("approaches")},
        {"label": _("Without an answer"), "value": counts["silent"], "url": "?reaction=none",
         "basis": _("approaches")},
        {"label": _("Promised, not done yet"), "value": counts["promised"], "url": "?reaction=promise",
         "basis": _("approaches")},
        {"label": _("Granted and done"), "value": counts["done"], "url": "?reaction=done",
         "basis": _("approaches")},
    ]  # fmt: skip


def detail(user: Any, approach: Approach, *, opened: Any = None) -> dict[str, Any]:
    """One approach; `opened`: the same with its replies, sealed words open, once somebody said why."""
    today = timezone.localdate()
    found, replies = opened or (approach, list(approach.replies.all()))
    return {
        "approach": approach,
        "message": found.message,
        "opened": opened is not None,
        "sealed": bool(approach.message) or any(reply.words for reply in replies),
        "look": look(approach.reaction),
        "reason": approach_reason(approach, today),
        "replies": [{"reply": reply, "look": look(reply.reaction)} for reply in replies],
        "keeper": may(user, KEEP, approach.region) and not approach.voided,
        "where": region_names(user).get(approach.region, _("the whole country")),
        **matters(user, approach),
    }


def matters(user: Any, approach: Approach) -> dict[str, Any]:
    """What it speaks of, as far as one reads it: what one does not read is absent."""
    rows = list(Matter.objects.among(approach=approach))
    dockets = Docket.objects.visible_to(user).filter(pk__in=[row.docket_id for row in rows if row.docket_id])
    read = Violation.objects.visible_to(user).filter(incident__in=Incident.objects.visible_to(user))
    asked = Recommendation.objects.visible_to(user)
    return {
        "dockets": [(docket, _stands(docket, rows)) for docket in dockets.prefetch_related("steps")],
        "violations": read.filter(pk__in=[row.violation_id for row in rows]).select_related("incident"),
        "recommendations": asked.filter(pk__in=[row.recommendation_id for row in rows]),
    }


def _stands(docket: Docket, rows: list[Matter]) -> bool:
    """Whether its line still holds: not taken back in the docket since."""
    steps = {step.pk: step for step in docket.steps.all()}
    after = {step.corrects_id: step for step in steps.values() if step.corrects_id}
    at = next(steps[row.step_id] for row in rows if row.docket_id == docket.pk and row.step_id)
    while at.pk in after:
        at = after[at.pk]
    return bool(at.kind)


def begun(user: Any, query: QueryDict) -> dict[str, Any]:
    """What the form of an approach begins with, where it comes from a docket or from a visit that was refused."""
    docket = Docket.objects.visible_to(user).filter(ref=query.get("docket", "")).first()
    if docket:
        return {"region": docket.region, "about": "children", "dockets": docket.ref, "reach": "regional"}
    visit = visit_of(user, query)
    if visit is None:
        return {}
    return {
        "region": visit.region, "about": "place", "subject": "access", "site": visit.site.public_id,
        "office": visit.answered_by or visit.asked_of, "made_for": visit.lead.public_id, "reach": "regional",
    }  # fmt: skip


def visit_of(user: Any, query: QueryDict) -> Visit | None:
    """The visit that the address names, if one reads it."""
    rows = Visit.objects.visible_to(user).select_related("site", "lead")
    return rows.filter(ref=query.get("visit", "")).first()
