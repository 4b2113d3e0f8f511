"""What the papers of bodies say: meetings held, recommendations verified, needs answered."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.bodies import BodyKind
from sutura.coordination.models import Body, Need
from sutura.coordination.ownership import Ownership
from sutura.coordination.rules.ownership import Span
from sutura.indicators.counting.asking import Ask, Counted, Measure

APART = (BodyKind.TASK_FORCE, BodyKind.WORKING_GROUP)
"""Bodies of the monitoring of grave violations: nothing of theirs feeds these indicators."""


def bodies(ask: Ask) -> list[Body]:
    """The body of the definition; else every body that works, of the region if one is asked for."""
    if ask.body is not None:
        return [ask.body] if ask.region in ("", ask.body.region) else []
    found = Body.objects.working().exclude(kind__in=APART)
    return list(found.filter(region=ask.region) if ask.region else found)


def shared(ask: Ask, name: str) -> Iterable[tuple[tuple[int, ...], tuple[int, ...]]]:
    """A figure of the dashboard of each body: what counts, of what."""
    for body in bodies(ask):
        share = Ownership(body, Span(ask.first, ask.last), min(ask.today, ask.last)).share(name)
        yield share.part, share.whole


def joined(kind: str, shares: Iterable[tuple[tuple[int, ...], tuple[int, ...]]]) -> Counted:
    """The rows of several bodies together: a row is of one body alone."""
    rows = list(shares)
    return Counted(
        kind,
        tuple(pk for part, _whole in rows for pk in part),
        tuple(pk for _part, whole in rows for pk in whole),
    )


def held(ask: Ask) -> Counted:
    """Meetings held, of those planned for a day that has come."""
    return joined("coordination.meeting", shared(ask, "regularity"))


def verified(ask: Ask) -> Counted:
    """Recommendations verified, of those adopted whose day came in the period."""
    return joined("coordination.recommendation", shared(ask, "carried_out"))


def answered(ask: Ask) -> Counted:
    """Needs raised in the period that were answered by its end."""
    found = Need.objects.filter(body__in=bodies(ask), raised_on__range=(ask.first, ask.last)).order_by("pk")
    rows = list(found.values_list("pk", "answered_on"))
    return Counted(
        "coordination.need",
        tuple(pk for pk, day in rows if day and day <= ask.last),
        tuple(pk for pk, _day in rows),
    )


BODIES: dict[str, Measure] = {
    "meetings_held": Measure(_("meetings held, of those planned"), held),
    "recommendations_verified": Measure(_("recommendations verified, of those due"), verified),
    "needs_answered": Measure(_("needs answered, of those raised"), answered),
}
