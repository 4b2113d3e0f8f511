"""The directory and the pathway poster of a region, for members or for the public, for whom places are blurred."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils import timezone

from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.choices import ListKind, Precision, Working
from sutura.mhpss.models import Service
from sutura.mhpss.pages.services import region_names, staff_words
from sutura.mhpss.shape import staff_text
from sutura.mhpss.statuses import fresh
from sutura.places.resolver import Register

PUBLIC, MEMBERS = "public", "members"


def public_place(service: Any, register: Register) -> str:
    """The place as finely as the public may know it."""
    unit = service.place
    cercle, region = register.by_code.get(unit.cercle), register.by_code.get(unit.region)
    if service.precision == Precision.REGION:
        return str(region)
    if service.precision == Precision.CERCLE:
        return ", ".join(dict.fromkeys(str(each) for each in (cercle, region) if each))
    site = [service.site] if service.precision == Precision.SITE and service.site else []
    return ", ".join(dict.fromkeys([*site, *(str(each) for each in (unit, cercle, region) if each)]))


def directory(user: Any, query: QueryDict) -> dict[str, Any]:
    """The directory of one region, by cercle, with the day of each verification."""
    regions = region_names(user)
    region = query.get("region", "") if query.get("region") in regions else min(regions, default="")
    audience = PUBLIC if query.get("for") == PUBLIC else MEMBERS
    return {
        "regions": [
            {"label": name, "url": f"?region={code}&for={audience}", "current": code == region}
            for code, name in sorted(regions.items(), key=lambda one: one[1])
        ],
        "region": region,
        "name": regions.get(region, ""),
        "audience": audience,
        # In the order of what is shown: the true order of places would tell where a blurred one lies.
        "entries": sorted(_entries(user, region, audience), key=lambda one: (one["cercle"], one["place"])),
        "printed_on": timezone.localdate(),
    }


def _entries(user: Any, region: str, audience: str) -> Any:
    catalogue, register = Catalogue(), Register.current()
    for service in listed(user, region, audience):
        known = service.precision != Precision.REGION or audience == MEMBERS
        yield {
            "service": service,
            "place": public_place(service, register) if audience == PUBLIC else _whole(service, register),
            "cercle": str(register.by_code.get(service.place.cercle, "")) if known else "",
            "layers": catalogue.words(ListKind.LAYER, service.layers.split()),
            "groups": catalogue.words(ListKind.GROUP, service.groups.split()),
            "languages": catalogue.words(ListKind.LANGUAGE, service.languages.split()),
            "staff": _staff(service, catalogue) if audience == MEMBERS else [],
            "fresh": fresh(service.freshness),
        }


def listed(user: Any, region: str, audience: str) -> Any:
    """Services that one can be sent to; for the public those alone whose organisation agrees."""
    found = Service.objects.visible_to(user).filter(region=region, state="running").on_the_map()
    found = (
        found.exclude(working=Working.SUSPENDED)
        .select_related("organisation", "place")
        .prefetch_related("staff")
    )
    if audience == PUBLIC:
        found = found.filter(is_public=True)
    return found.order_by("organisation__name", "description", "id")


def _whole(service: Any, register: Register) -> str:
    steps = [service.site, str(service.place), str(register.by_code.get(service.place.cercle, ""))]
    return ", ".join(dict.fromkeys(filter(None, steps)))


def _staff(service: Any, catalogue: Catalogue) -> list[str]:
    return staff_words(
        staff_text((each.cadre, each.women, each.men) for each in service.staff.all()), catalogue
    )


def poster(user: Any, region: str) -> dict[str, Any]:
    """Where to send somebody in a region, by level of distress: for the wall, so what the public may know alone."""
    catalogue, register = Catalogue(), Register.current()
    found = list(listed(user, region, PUBLIC))
    ties = [(code, layer) for kind, code, layer in catalogue.suggestions if kind == ListKind.DISTRESS]
    steps = []
    for code, term in catalogue.of(ListKind.DISTRESS).items():
        layers = {layer for level, layer in ties if level == code}
        services = [
            each for each in found
            if code in each.distress.split() or (not each.distress and layers & set(each.layers.split()))
        ]  # fmt: skip
        steps.append(
            {
                "level": term,
                "layers": catalogue.words(ListKind.LAYER, layers),
                "services": [{"service": each, "place": public_place(each, register)} for each in services],
            }
        )
    unit = register.by_code[region]
    return {"name": unit.name, "region": region, "steps": steps, "printed_on": timezone.localdate()}
