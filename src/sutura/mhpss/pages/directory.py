"""The directory of a region, for members or for the public, for whom places are blurred."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils import timezone

from sutura.mhpss.blurring import spot
from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.choices import ListKind, Precision, Working
from sutura.mhpss.models import Service
from sutura.mhpss.pages.services import region_names, staff_words
from sutura.mhpss.pictures import symbol
from sutura.mhpss.shape import staff_text
from sutura.mhpss.statuses import fresh
from sutura.places.resolver import Register

PUBLIC, MEMBERS = "public", "members"


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
            "place": spot(service, register).words if audience == PUBLIC else _whole(service, register),
            "cercle": str(register.by_code.get(service.place.cercle, "")) if known else "",
            "layers": signed(service.layers, catalogue),
            "groups": catalogue.words(ListKind.GROUP, service.groups.split()),
            "languages": catalogue.words(ListKind.LANGUAGE, service.languages.split()),
            "staff": _staff(service, catalogue) if audience == MEMBERS else [],
            "fresh": fresh(service.freshness),
        }


def listed(user: Any, region: str, audience: str) -> Any:
    """Services that one can be sent to; for the public those alone whose organisation agrees."""
    found = Service.objects.visible_to(user).filter(state="running").on_the_map()
    if region:
        found = found.filter(region=region)
    found = (
        found.exclude(working=Working.SUSPENDED)
        .select_related("organisation", "place")
        .prefetch_related("staff")
    )
    if audience == PUBLIC:
        found = found.filter(is_public=True)
    return found.order_by("organisation__name", "description", "id")


def signed(layers: str, catalogue: Catalogue) -> list[dict[str, Any]]:
    """The layers of a service, each with its sign."""
    known = catalogue.layers()
    chosen = layers.split()
    return [
        {"label": str(term), "symbol": symbol(place, len(known))}
        for place, term in enumerate(known)
        if term.code in chosen
    ]


def _whole(service: Any, register: Register) -> str:
    steps = [service.site, str(service.place), str(register.by_code.get(service.place.cercle, ""))]
    return ", ".join(dict.fromkeys(filter(None, steps)))


def _staff(service: Any, catalogue: Catalogue) -> list[str]:
    return staff_words(
        staff_text((each.cadre, each.women, each.men) for each in service.staff.all()), catalogue
    )
