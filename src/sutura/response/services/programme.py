"""The programme: places of centres and terms of packages in versions, children who enter a package and leave it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.partners.models import Organisation
from sutura.places.models import Unit
from sutura.response.choices import Kind, Package, SiteKind
from sutura.response.choices.programme import LeftPackage, PackageKind
from sutura.response.models import Beds, Cost, Docket, Enrolment, Offer, Site, Terms
from sutura.response.querysets import KEEP
from sutura.response.services.dockets import note_step
from sutura.response.whereabouts import InPackage, in_packages


@transaction.atomic
def set_beds(
    *, site: Site, valid_from: date, boys: int, girls: int, by: Any, run_by: Organisation | None = None
) -> Beds:
    """A centre has so many places from a day on, and a partner runs it; the same day again corrects it."""
    require(by, KEEP, site.region)
    if site.kind != SiteKind.CENTRE:
        raise Invalid(_("Only a transit and orientation centre has places."))
    found = Beds.objects.filter(site=site, valid_from=valid_from).first() or Beds(
        site=site, valid_from=valid_from
    )
    found.boys, found.girls = boys, girls
    keep(found, by=by)
    if run_by is not None and run_by.pk != site.run_by_id:
        site.run_by = run_by
        keep(site, by=by)
    record(by, "response.set_beds", of=site)
    return found


@transaction.atomic
def add_offer(
    *,
    organisation: Organisation,
    kind: str,
    place: Unit,
    valid_from: date,
    places: int,
    unit_cost: int,
    by: Any,
) -> Offer:
    """A partner gives a package somewhere, with its first terms."""
    require(by, KEEP, place.region)
    if kind not in PackageKind.values:
        raise Invalid(_("Choose one of the answers."), field="kind")
    if Offer.objects.filter(organisation=organisation, kind=kind, place=place).exists():
        raise Invalid(_("This package is kept already. Choose it from the list."), field="organisation")
    offer = keep(Offer(organisation=organisation, kind=kind, place=place, region=place.region), by=by)
    keep(Terms(offer=offer, valid_from=valid_from, places=places, unit_cost=unit_cost), by=by)
    record(by, "response.add_offer", of=offer)
    return offer


@transaction.atomic
def set_terms(*, offer: Offer, valid_from: date, places: int, unit_cost: int, by: Any) -> Terms:
    """A package has other terms from a day on; the same day again corrects them."""
    require(by, KEEP, offer.region)
    found = Terms.objects.filter(offer=offer, valid_from=valid_from).first() or Terms(
        offer=offer, valid_from=valid_from
    )
    found.places, found.unit_cost = places, unit_cost
    keep(found, by=by)
    record(by, "response.set_terms", of=offer)
    return found


@transaction.atomic
def close_offer(*, offer: Offer, by: Any) -> Offer:
    """It is no longer given to further children; those in it stay until they leave."""
    require(by, KEEP, offer.region)
    offer.is_active = False
    keep(offer, by=by)
    record(by, "response.close_offer", of=offer)
    return offer


@transaction.atomic
def enrol(*, docket: Docket, offer: Offer, by: Any, **said: Any) -> Enrolment:
    """A child enters a package: the line of the docket is written, and the package knows it by that line."""
    require(by, KEEP, docket.region)
    if not offer.is_active or offer.region != docket.region:
        raise Invalid(_("Choose a package that is given in the region of the child."), field="offer")
    if offer.pk in {each.enrolment.offer_id for each in _going_on(docket)}:
        raise Invalid(_("The child is in this package already."), field="offer")
    begun = note_step(
        docket=docket, kind=Kind.PACKAGE, answer=offer.kind, organisation=offer.organisation, place=offer.place, by=by,
        **said,
    )  # fmt: skip
    made = keep(Enrolment(docket=docket, offer=offer, begun=begun), by=by)
    record(by, "response.enrol", of=docket)
    return made


@transaction.atomic
def end_enrolment(
    *, enrolment: Enrolment, answer: str, by: Any, left_for: str = "", **said: Any
) -> Enrolment:
    """A child completed a package, or left it for a reason."""
    docket = enrolment.docket
    require(by, KEEP, docket.region)
    if enrolment.pk not in {each.enrolment.pk for each in _going_on(docket)}:
        raise Invalid(_("The child is no longer in this package."))
    if answer not in (Package.COMPLETED, Package.LEFT):
        raise Invalid(_("Choose one of the answers."), field="answer")
    if (answer == Package.LEFT) != (left_for in LeftPackage.values):
        raise Invalid(_("Say why the child left, and only then."), field="left_for")
    enrolment.ended = note_step(
        docket=docket, kind=Kind.PACKAGE, answer=answer, organisation=enrolment.offer.organisation,
        place=enrolment.offer.place, episode=enrolment.begun.episode, by=by, **said,
    )  # fmt: skip
    enrolment.left_for = left_for
    keep(enrolment, by=by)
    record(by, "response.end_enrolment", of=docket)
    return enrolment


@transaction.atomic
def set_cost(
    *,
    organisation: Organisation,
    region: str,
    year: int,
    item: str,
    planned: int,
    by: Any,
    spent: int | None = None,
) -> Cost:
    """What a partner planned and spent; a further figure for the same item takes the place of the last one."""
    require(by, KEEP, region)
    known = Cost.objects.filter(organisation=organisation, region=region, year=year, item=item).first()
    found = known or Cost(organisation=organisation, region=region, year=year, item=item)
    found.planned, found.spent = planned, spent
    keep(found, by=by)
    record(by, "response.set_cost", of=found)
    return found


def _going_on(docket: Docket) -> list[InPackage]:
    """The packages that a child is in, by the lines that stand."""
    found = in_packages(Docket.objects.filter(pk=docket.pk))
    return [each for each in found if each.ended is None]
