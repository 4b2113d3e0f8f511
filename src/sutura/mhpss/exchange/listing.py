"""The services that any file for the public holds, each with its place as finely as the public may know it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sutura.mhpss.blurring import Spot, spot
from sutura.mhpss.pages.directory import PUBLIC, listed
from sutura.places.resolver import Register

LEVELS = {1: "region", 2: "cercle", 3: "commune"}


class Entry(NamedTuple):
    """A service and where the public may know it to be."""

    service: Any
    spot: Spot

    @property
    def level(self) -> str:
        """What its point is the point of."""
        return LEVELS[self.spot.unit.level]


def entries(user: Any, region: str = "", *, reform: bool = False) -> Iterator[Entry]:
    """Those of one region of 2021, or of all that one reads, in an order that tells nothing of a place."""
    register = Register.current()
    for service in listed(user, region, PUBLIC):
        yield Entry(service, spot(service, register, reform=reform))
