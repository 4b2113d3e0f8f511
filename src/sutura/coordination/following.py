"""What the acts on a recommendation share: it is held, asked whether it may be, and for whom the actor speaks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import may
from sutura.coordination.models import ProgressReport, Recommendation
from sutura.coordination.querysets.bodies import voices_of
from sutura.coordination.rules.recommendations import ACTS


def hold(recommendation: Recommendation) -> Recommendation:
    """The recommendation as it stands now, held until the end of the act."""
    held = Recommendation.objects.select_for_update(of=("self",)).select_related("body", "responsible")
    return held.get(pk=recommendation.pk)


def in_order(found: Recommendation, act: str) -> Recommendation:
    """The same, if the act follows its state; two people may have it open."""
    if found.state not in ACTS[act][0]:
        raise Invalid(
            _("This can no longer be done: the recommendation is now “%(state)s”. Open its page again.")
            % {"state": found.get_state_display()}
        )
    return found


def needed(text: str, field: str, message: object) -> str:
    """What was typed, without the outer spaces; refused when there is nothing."""
    text = (text or "").strip()
    if not text:
        raise Invalid(message, field=field)
    return text


def organisation_of(by: Any, found: Recommendation) -> int | None:
    """For whom a person sits in the body today; the responsible organisation first, if she sits for several."""
    mine = sorted(voices_of(by).filter(body=found.body_id).values_list("organisation_id", flat=True))
    if found.responsible_id in mine:
        return found.responsible_id
    return mine[0] if mine else None


def speaks_for(by: Any, found: Recommendation) -> bool:
    """Whether a person may report: she keeps the body, or sits there for the responsible or a helping organisation."""
    if may(by, "coordination.manage", found.body.region):
        return True
    helping = found.contributions.values_list("organisation_id", flat=True)
    return organisation_of(by, found) in {found.responsible_id, *helping}


def authors_of_declaration(found: Recommendation) -> set[int]:
    """The accounts behind the last declaration: whoever declared, or handed out the link by which it came."""
    last: ProgressReport | None = found.reports.filter(done=True).select_related("link").last()
    if last is None:
        return set()
    return {last.link.made_by_id if last.link else last.account_id or 0}
