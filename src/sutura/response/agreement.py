"""Whether what was agreed still covers a receiver: asked each time of the incident or alert where the docket began."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils import timezone

from sutura.access.acting import beyond
from sutura.coordination.choices.bodies import BodyKind
from sutura.coordination.models import Membership
from sutura.incidents.choices import Answer, Outcome, Type
from sutura.incidents.models import Victim
from sutura.partners.models import Organisation
from sutura.places.rules import plain
from sutura.response.models import Docket, Origin, Referral
from sutura.response.rules.referrals import Agreed
from sutura.response.rules.sharing import Receiver, Sharing


def of_victim(victim: Victim) -> Sharing:
    """What the incident says that this child or the parents agree to."""
    return Sharing(
        victim.consent_sharing, frozenset(victim.consent_sharing_with), plain(victim.consent_sharing_other),
        victim.consent_contact, standing=not victim.voided_reason,
    )  # fmt: skip


def of_origin(origin: Origin) -> Sharing:
    """The same of any beginning; that of an alert was asked when the docket began."""
    if origin.victim is not None:
        return of_victim(origin.victim)
    return Sharing(Answer.YES, frozenset(origin.shared_with), contact=origin.contact)


@beyond(
    "whether a child still agrees is asked of its incident, which whoever refers or receives it may not read"
)
def sharings(docket: Docket) -> list[Sharing]:
    """What was agreed wherever this child began, under all its dockets; no words of the incident."""
    rows = Origin.objects.filter(docket__in=dockets_of(docket)).select_related("victim")
    return [of_origin(each) for each in rows]


def dockets_of(docket: Docket) -> list[int]:
    """The keys of all dockets of this child; for whoever reads beyond regions."""
    double = getattr(docket, "double", None)
    first = double.into_id if double else docket.pk
    return list(Docket.objects.filter(Q(pk=first) | Q(double__into=first)).values_list("pk", flat=True))


def known(victims: Sequence[Victim], by: Any) -> dict[int, Docket]:
    """By the key of each victim its docket, or that of the same child in another incident, among those one reads."""
    children = {victim.child_id for victim in victims if victim.child_id}
    dockets = Docket.objects.visible_to(by)
    rows = Origin.objects.among(docket__in=dockets).filter(
        Q(victim__in=victims) | Q(victim__child__in=children)
    )
    told = list(rows.order_by("-id").values_list("victim", "victim__child", "docket"))
    own = {victim: docket for victim, _child, docket in told}
    of_child = {child: docket for _victim, child, docket in told if child}
    found = {victim.pk: own.get(victim.pk) or of_child.get(victim.child_id or 0) for victim in victims}
    there = dockets.in_bulk([docket for docket in found.values() if docket])
    return {victim: there[docket] for victim, docket in found.items() if docket}


@beyond(
    "a child followed in another region is not followed twice: whoever begins is told so, and nothing else"
)
def begun(victim: Victim) -> bool:
    """Whether this victim has a docket, wherever it is."""
    return Origin.objects.filter(victim=victim).exists()


def outcomes(victim: Victim) -> frozenset[str]:
    """What became of this child, in each violation; who was killed died."""
    said = [(link.outcome, link.violation.type) for link in victim.links.all()]
    return frozenset(str(Outcome.DIED) if kind == Type.KILLING else outcome for outcome, kind in said)


def task_force() -> set[int]:
    """The organisations that sit in the task force today."""
    seats = Membership.objects.running(timezone.localdate()).filter(body__kind=BodyKind.TASK_FORCE)
    return set(seats.values_list("organisation", flat=True))


def covering(docket: Docket) -> Callable[[Organisation], bool]:
    """Whether nobody, wherever this child began, bars that an organisation is told; asked once for many of them."""
    agreed = sharings(docket)
    seated = task_force() if agreed else set()

    def covers(organisation: Organisation) -> bool:
        names = frozenset({plain(organisation.name), plain(organisation.acronym)} - {""})
        return all(one.covers(Receiver(names, organisation.pk in seated)) for one in agreed)

    return covers


def agreed_of(referral: Referral) -> Agreed:
    """The consent a referral rests on, with what the beginning of the docket says of it today."""
    consent = referral.consent
    return replace(consent.agreed, covered=covering(referral.docket)(consent.organisation))
