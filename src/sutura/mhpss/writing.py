"""How a service is written: set, checked, kept, with its staff. Below permission: the services of the map ask first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.audit.services import drop, keep
from sutura.mhpss.catalogue import LISTS, Catalogue
from sutura.mhpss.checking import key, refusals, searchable
from sutura.mhpss.models import Service, Staff

TWIN = _(
    "This organisation has the same activity at this place already. Change that service, or name another site."
)
Numbers = Mapping[str, tuple[int, int]]


def write(
    service: Service, said: Mapping[str, Any], staff: Numbers | None, *, by: Any, why: str = ""
) -> list[str]:
    """Below permission: set, check and keep one service with its staff; the fields that changed."""
    catalogue = Catalogue()
    changed = assign(service, said, catalogue)
    before = {each.cadre: (each.women, each.men) for each in service.staff.all()} if service.pk else {}
    numbers = before if staff is None else {cadre: each for cadre, each in staff.items() if any(each)}
    if numbers != before:
        changed.append("staff")
    if service.pk and not changed:
        return []
    for field, sentence in refusals(service, numbers.keys(), catalogue=catalogue, today=timezone.localdate()):
        raise Invalid(sentence, field=field)
    if Service.objects.filter(same_as=service.same_as).exclude(pk=service.pk).exists():
        raise Invalid(TWIN, field="site")
    keep(service, by=by, why=why)
    set_staff(service, before, numbers, by=by)
    return changed


def assign(service: Service, said: Mapping[str, Any], catalogue: Catalogue) -> list[str]:
    """Put values into a service that is not kept yet; the names of those which differ."""
    changed = []
    for name, value in said.items():
        wanted = value.strip() if isinstance(value, str) else value
        if name in LISTS:
            given = wanted.split() if isinstance(wanted, str) else wanted
            wanted = catalogue.ordered(LISTS[name], given)
        elif name == "coverage" and not isinstance(wanted, str):
            wanted = " ".join(sorted(wanted))
        if getattr(service, name) != wanted:
            setattr(service, name, wanted)
            changed.append(name)
    if "codes" in changed:
        service.recoded_on = None
    service.region = service.place.region
    service.same_as, service.folded = key(service), searchable(service)
    return changed


def set_staff(service: Service, before: Numbers, wanted: Numbers, *, by: Any) -> None:
    """Make the rows by cadre what is wanted."""
    rows = {each.cadre: each for each in service.staff.all()} if before else {}
    for cadre in rows.keys() - wanted.keys():
        drop(rows[cadre], by=by)
    for cadre, (women, men) in sorted(wanted.items()):
        if before.get(cadre) != (women, men):
            row = rows.get(cadre) or Staff(service=service, cadre=cadre)
            row.women, row.men = women, men
            keep(row, by=by)
