"""Keep services on the map, verify them, look at doubtful codes. What is no more is closed, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.mhpss.checking import FUTURE
from sutura.mhpss.models import Service
from sutura.mhpss.writing import Numbers, write
from sutura.partners.models import Organisation
from sutura.places.models import Unit

REVIEW = "mhpss.review"


@transaction.atomic
def keep_service(
    *, organisation: Organisation, place: Unit, by: Any, staff: Numbers | None = None, **said: Any
) -> Service:
    """A new service; `staff`: women and men by cadre; `said`: columns of a service, lists of codes as lists."""
    require(by, REVIEW, place.region)
    service = Service(organisation=organisation, place=place, updated_on=timezone.localdate())
    write(service, said, staff or {}, by=by)
    record(by, "mhpss.keep_service", of=service)
    return service


@transaction.atomic
def change_service(
    *, service: Service, by: Any, staff: Numbers | None = None, why: str = "", **said: Any
) -> Service:
    """Say otherwise what the map says of a service; the old version stays."""
    require(by, REVIEW, service.region)
    held = _held(service)
    place = said.get("place", held.place)
    require(by, REVIEW, place.region)
    changed = write(held, said, staff, by=by, why=why)
    if changed:
        record(by, "mhpss.change_service", of=held, fields=" ".join(changed))
    return held


@transaction.atomic
def confirm_services(
    *, services: Iterable[Service], verified_by: str, verified_on: date, by: Any
) -> list[Service]:
    """Somebody confirmed that these services stand as the map tells: who, and on which day."""
    words = verified_by.strip()
    if not words:
        raise Invalid(
            _("Say who confirmed it: the organisation, or a person by her function."), field="verified_by"
        )
    if verified_on > timezone.localdate():
        raise Invalid(FUTURE, field="verified_on")
    chosen = list(services)
    for region in {each.region for each in chosen}:
        require(by, REVIEW, region)
    for service in chosen:
        if service.verified_on and verified_on < service.verified_on:
            raise Invalid(_("It was verified later than this day already."), field="verified_on")
        service.verified_on, service.verified_by = verified_on, words
        keep(service, by=by, why="verified")
        record(by, "mhpss.verify", of=service)
    return chosen


@transaction.atomic
def settle_code(
    *, service: Service, by: Any, codes: Iterable[str] | None = None, specified: str = ""
) -> Service:
    """A doubtful code was looked at: it becomes other codes, or stays with its words."""
    require(by, REVIEW, service.region)
    held = _held(service)
    if codes is not None:
        write(held, {"codes": codes, "specified": specified or held.specified}, None, by=by, why="recoded")
    if not held.codes:
        raise Invalid(_("Choose the code that comes nearest."), field="codes")
    held.recoded_on = timezone.localdate()
    keep(held, by=by, why="recoded")
    record(by, "mhpss.settle_code", of=held, fields="codes")
    return held


def _held(service: Service) -> Service:
    """The service as it stands now, kept from others until the act is done."""
    rows = Service.objects.select_for_update(of=("self",)).select_related("organisation", "place")
    return rows.get(pk=service.pk)
