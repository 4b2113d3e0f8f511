"""Counts of children for whoever reads no docket: in steps of five, so that no small group can be told from them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.acting import beyond
from sutura.places.models import Unit
from sutura.response.choices import Stage
from sutura.response.models import Docket, Referral
from sutura.response.pages.telling import followed, of_region, said, said_of_whole
from sutura.response.rules.clocks import blurred
from sutura.response.rules.telling import within

TOGETHER = (
    (Stage.NEEDS, Stage.MET), (Stage.HELD,), (Stage.HANDED_OVER,), (Stage.IN_CARE,), (Stage.REUNIFIED,),
    (Stage.FOLLOWED,),
)  # fmt: skip
"""Six rows of open dockets: beside the sum of seven, a step of five can tell that none of them is empty."""


def counts(user: Any) -> dict[str, Any]:
    """How many children stand where on the way home, over all one's regions, and how many are followed in each."""
    (found, late, served), children, names = tally(user), followed(user), Unit.objects.region_names()
    total, closed = children.total, blurred(found[Stage.CLOSED])
    steps = within([sum(found[stage] for stage in stages) for stages in TOGETHER], total.room)
    labels = [" · ".join(str(stage.label) for stage in stages) for stages in TOGETHER]
    rows = [(label, said_of_whole(low)) for label, low in zip(labels, steps, strict=True)]
    return {
        "rows": [*rows, (Stage.CLOSED.label, said(closed))],
        "regions": [
            (names.get(region, region), said_of_whole(told.low)) for region, told in sorted(children.regions.items())
        ],
        "figures": [
            {"label": _("Children followed"), "value": said_of_whole(total.low),
             "basis": _("open dockets, in steps of five")},
            {"label": _("Overdue"), "value": said_of_whole(within([late], total.room)[0]),
             "basis": _("children for whom somebody is waited for")},
            {"label": _("Children who received a response"),
             "value": said_of_whole(min(blurred(served), total.room + closed)),
             "basis": _("each child once, however many services")},
        ],
    }  # fmt: skip


@beyond("counts of children in steps of five, for whoever coordinates and reads no docket")
def tally(user: Any) -> tuple[Counter[str], int, int]:
    """Dockets by stage, each child once; how many are overdue; how many children received a response."""
    rows = Docket.objects.judged().filter(of_region(user)).singly()
    found = Counter(dict(rows.values_list("stage").annotate(n=Count("pk")).order_by()))
    late = rows.open().filter(Q(next_due_at__lt=timezone.now())).count()
    served = Referral.objects.judged().filter(of_region(user)).served().children()
    return found, late, served
