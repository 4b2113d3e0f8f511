"""The services of the map that fit a child, in the order in which they are offered, each with the reasons."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import F, Q

from sutura.mhpss.choices import Sex as Receives
from sutura.mhpss.choices import State, Working
from sutura.mhpss.models import Service
from sutura.mhpss.querysets import ServiceQuerySet
from sutura.mhpss.statuses import fresh
from sutura.places.models import Unit
from sutura.response.agreement import covering
from sutura.response.choices import Sex, Urgency
from sutura.response.models import Docket
from sutura.response.rules.choosing import CHILDREN, Offer, layered, near, wait


class Offered(NamedTuple):
    """A service in the choice."""

    service: Service
    offer: Offer

    @property
    def words(self) -> str:
        """Who offers what, then why it stands here."""
        reasons = [str(one.label) for one in self.offer.reasons]
        head = f"{self.service.organisation.short} – {self.service.description}"
        return " · ".join([head, *reasons, str(fresh(self.offer.fresh).label)])


def fitting(docket: Docket) -> ServiceQuerySet:
    """Services that receive now, of the child's region, for its age and sex; the map is no case data."""
    working = Service.objects.on_the_map().exclude(working=Working.SUSPENDED)
    found = working.filter(region=docket.region, state=State.RUNNING).select_related("organisation", "place")
    if docket.age is not None:
        found = found.filter(
            Q(min_age=None) | Q(min_age__lte=docket.age), Q(max_age=None) | Q(max_age__gte=docket.age)
        )
    if docket.sex != Sex.UNKNOWN:
        found = found.exclude(sex=Receives.MEN if docket.sex == Sex.GIRL else Receives.WOMEN)
    return found.order_by(F("verified_on").desc(nulls_last=True), "id")


def offered(
    docket: Docket, *, need: str, urgency: str = Urgency.THREE_DAYS, layer: str = ""
) -> list[Offered]:
    """Those that may be told, the best first; what has the same reasons stays in the order of its verification."""
    child, hours = path_of(docket), int(Urgency(urgency or Urgency.THREE_DAYS))
    covers = covering(docket)
    found = [
        Offered(each, judged(each, child=child, need=need, hours=hours, layer=layer))
        for each in fitting(docket)
        if covers(each.organisation)
    ]
    return sorted(found, key=lambda one: one.offer.turn)


def judged(service: Service, *, child: list[str], need: str, hours: int, layer: str) -> Offer:
    """One service as the rules of the choice see it."""
    return Offer(
        children=bool(CHILDREN & set(service.groups.split())),
        layer=layered(need, layer, service.layers.split()),
        near=near(child, {service.place.code, *service.coverage.split()}),
        wait=wait(service.waiting_days, hours),
        whole=service.working == Working.YES,
        fresh=service.freshness,
    )


def place_of(docket: Docket) -> Unit | None:
    """Where the child was last known to be: the newest line with a place, else the newest need with one."""
    rows = (docket.steps.standing(), docket.needs.all())
    placed = (each.exclude(place=None).select_related("place").order_by("-id").first() for each in rows)
    return next((one.place for one in placed if one), None)


def path_of(docket: Docket) -> list[str]:
    """Region, cercle and commune of that place, as far as known."""
    place = place_of(docket)
    return place.path.split("/") if place else []
