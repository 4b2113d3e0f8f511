"""What is handed out in a region: the poster for the wall and the pocket card, with what the public may know alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator

from sutura.mhpss.blurring import spot
from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.choices import ListKind
from sutura.mhpss.pages.directory import PUBLIC, listed, signed
from sutura.mhpss.rules import coding, freshness
from sutura.places.resolver import Register

ON_A_POSTER = 5  # services of one level of distress: more would not be read from a wall, nor fit a page
ON_A_PANEL = 3
PANELS = 2  # of the card for each level of distress
# letters: what is told at length is in the directory
LONGEST = {"whose": 44, "words": 60, "place": 52, "hours": 28}


def poster(user: Any, region: str) -> dict[str, Any]:
    """Where to send somebody in a region, by level of distress, on one page for the wall."""
    return _page(region) | {"steps": list(_steps(user, region, ON_A_POSTER))}


def card(user: Any, region: str) -> dict[str, Any]:
    """The same on eight panels of one sheet, folded three times; a panel without services is left to write on."""
    panels = [
        {"step": step, "part": part + 1, "services": services[part * ON_A_PANEL : (part + 1) * ON_A_PANEL]}
        for step in _steps(user, region, ON_A_PANEL * PANELS)
        for services in [step["services"]]
        for part in range(PANELS)
    ]
    return _page(region) | {"panels": panels}


def _page(region: str) -> dict[str, Any]:
    unit = Register.current().by_code[region]
    return {"name": unit.name, "region": region, "printed_on": timezone.localdate()}


def _steps(user: Any, region: str, most: int) -> Iterable[dict[str, Any]]:
    """Each level of distress with its layers and the services to call, the latest verified first."""
    catalogue, register = Catalogue(), Register.current()
    found = sorted(_advised(user, region, catalogue), key=_by_freshness)
    ties = [(code, layer) for kind, code, layer in catalogue.suggestions if kind == ListKind.DISTRESS]
    for code, term in catalogue.of(ListKind.DISTRESS).items():
        layers = {layer for level, layer in ties if level == code}
        services = [
            each for each in found
            if code in each.distress.split() or (not each.distress and layers & set(each.layers.split()))
        ]  # fmt: skip
        yield {
            "level": term,
            "layers": signed(" ".join(layers), catalogue),
            "more": max(0, len(services) - most),
            "services": [
                _call(each, spot(each, register).words) | {"layers": signed(each.layers, catalogue)}
                for each in services[:most]
            ],
        }  # fmt: skip


def _call(service: Any, place: str) -> dict[str, Any]:
    """One service to call, in words short enough for its room on the paper."""
    said = {
        "whose": service.organisation.name, "words": service.description, "place": place, "hours": service.hours,
    }  # fmt: skip
    return {"service": service} | {name: Truncator(text).chars(LONGEST[name]) for name, text in said.items()}


def _advised(user: Any, region: str, catalogue: Catalogue) -> Iterable[Any]:
    """Public services but those which do nothing that is advised: nobody is sent to a discouraged activity."""
    flags = catalogue.flags(ListKind.ACTIVITY)
    for service in listed(user, region, PUBLIC):
        codes = [code for code in service.codes.split() if code in flags]
        if not codes or len(coding.discouraged(codes, flags)) < len(codes):
            yield service


def _by_freshness(service: Any) -> tuple[int, str, str]:
    return freshness.LEVELS.index(service.freshness), service.organisation.name, service.description
