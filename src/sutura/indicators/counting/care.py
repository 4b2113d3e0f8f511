"""What the map of services says of care: who is trained, supervised, and which cercles a layer reaches."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sutura.capacity.choices import QualityItem, QualityMark
from sutura.capacity.models import VisitMark
from sutura.indicators.counting.asking import Ask, Counted, Measure
from sutura.mhpss.choices import Working
from sutura.mhpss.models import Campaign, Service
from sutura.mhpss.querysets import ServiceQuerySet
from sutura.mhpss.rules import coverage, freshness
from sutura.mhpss.rules.coverage import NONE, SERVED, STALE, Round, Seen
from sutura.places.models import Unit
from sutura.places.resolver import Register

SERVICE = "mhpss.service"


def working(region: str) -> ServiceQuerySet:
    """Services that work, at least in part."""
    found = Service.objects.on_the_map().filter(working__in=(Working.YES, Working.PARTLY))
    return found.filter(region=region) if region else found


def trained(ask: Ask) -> Counted:
    """O5.1: services that say in what their staff is trained; one that says nothing counts as without."""
    rows = list(working(ask.region).order_by("pk").values_list("pk", "trained_in"))
    return Counted(SERVICE, tuple(pk for pk, said in rows if said), tuple(pk for pk, _said in rows))


def supervised(ask: Ask) -> Counted:
    """O5.2: services whose staff is supervised; those that do not say are apart."""
    rows = list(working(ask.region).order_by("pk").values_list("pk", "supervised"))
    return Counted(
        SERVICE,
        tuple(pk for pk, said in rows if said),
        tuple(pk for pk, said in rows if said is not None),
        tuple(pk for pk, said in rows if said is None),
    )


def referring(ask: Ask) -> Counted:
    """O5.3: quality visits that found the ways to refer known; those where this did not apply are apart."""
    found = VisitMark.objects.filter(
        item=QualityItem.REFERRAL, visit__visited_on__range=(ask.first, ask.last)
    ).order_by("visit")
    if ask.region:
        found = found.filter(visit__region=ask.region)
    rows = list(found.values_list("visit", "mark"))
    return Counted(
        "capacity.qualityvisit",
        tuple(visit for visit, mark in rows if mark == QualityMark.YES),
        tuple(visit for visit, mark in rows if mark is not None),
        tuple(visit for visit, mark in rows if mark is None),
    )


def covered(ask: Ask, *, layer: str) -> Counted:
    """Cercles with a working service of the layer whose verification still holds, of those assessed."""
    register, stale = Register.current(), settings.SUTURA_SERVICE_STALE_DAYS
    fields = ("place_id", "coverage", "layers", "organisation_id", "verified_on")
    seen = []
    for place, also, layers, whose, verified in working("").order_by().values_list(*fields):
        units = [register.by_code[code] for code in also.split() if code in register.by_code]
        fresh = freshness.level(verified, today=ask.today, fresh=stale, stale=stale) != freshness.RED
        reached = tuple({unit.cercle for unit in units if unit.cercle})
        seen.append(
            Seen(register.units[place].cercle or "", reached, tuple(layers.split()), whose, fresh=fresh)
        )
    cells, rounds = coverage.counted(seen), rounds_of(ask, register)
    states = {
        unit.pk: coverage.verdict(cells.get((unit.code, layer)), rounds, unit.code)
        for unit in cercles(register, ask.region)
    }
    return Counted(
        "places.unit",
        tuple(pk for pk, state in states.items() if state == SERVED),
        tuple(pk for pk, state in states.items() if state in (SERVED, STALE, NONE)),
        tuple(pk for pk, state in states.items() if state not in (SERVED, STALE, NONE)),
    )


def cercles(register: Register, region: str) -> list[Unit]:
    """The cercles of a region, or of the country, as they are counted since 2021."""
    return [
        unit for unit in register.units.values()
        if unit.level == 2 and unit.edition == "cod-ab-2021" and region in ("", unit.region)
    ]  # fmt: skip


def rounds_of(ask: Ask, register: Register) -> list[Round]:
    """Mapping rounds recent enough to tell silence from absence, with the cercles that they asked about."""
    found = Campaign.objects.counting(ask.today, settings.SUTURA_SERVICE_STALE_DAYS).with_awaited()
    return [
        Round(
            set(campaign.cercles.split()) or {unit.code for unit in cercles(register, campaign.region)},
            campaign.awaited,  # type: ignore[attr-defined]  # annotated
        )
        for campaign in found
    ]


CARE: dict[str, Measure] = {
    "services_trained": Measure(_("services whose staff is trained"), trained, dated=False),
    "services_supervised": Measure(_("services whose staff is supervised"), supervised, dated=False),
    "visits_referral": Measure(_("quality visits that found the ways to refer known"), referring),
    "coverage_1": Measure(_("cercles covered in layer 1"), partial(covered, layer="L1"), dated=False),
    "coverage_2": Measure(_("cercles covered in layer 2"), partial(covered, layer="L2"), dated=False),
    "coverage_3": Measure(_("cercles covered in layer 3"), partial(covered, layer="L3"), dated=False),
    "coverage_4": Measure(_("cercles covered in layer 4"), partial(covered, layer="L4"), dated=False),
}
