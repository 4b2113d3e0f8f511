"""The place of a service as finely as the public may know it: no exact place leaves the map of a sensitive site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sutura.mhpss.choices import Precision
from sutura.places.resolver import Register


@dataclass(frozen=True)
class Spot:
    """What the public may know: the site if it has no need to hide, then the units, the finest first."""

    site: str
    units: tuple[Any, ...]

    @property
    def words(self) -> str:
        """Site, commune, cercle, region: as far as they are known, each once."""
        return ", ".join(dict.fromkeys(filter(None, (self.site, *map(str, self.units)))))

    @property
    def unit(self) -> Any:
        """The finest unit that is known."""
        return self.units[0]

    @property
    def region(self) -> Any:
        """The region in which it is counted."""
        return self.units[-1]


def spot(service: Any, register: Register, *, reform: bool = False) -> Spot:
    """The place of a service for everybody; `reform`: its region is that of 2023."""
    unit = service.place
    cercle = register.by_code.get(unit.cercle)
    region = register.by_code[unit.region_2023 if reform else unit.region]
    chain = (unit, cercle) if unit.level > 1 else ()
    known = {
        Precision.REGION: (),
        Precision.CERCLE: (cercle,),
    }.get(service.precision, chain)
    site = service.site if service.precision == Precision.SITE else ""
    return Spot(site, tuple(dict.fromkeys(filter(None, (*known, region)))))
