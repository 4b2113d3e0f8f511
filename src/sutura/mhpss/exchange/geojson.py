"""GeoJSON (RFC 7946): one point for each public service, the point of the finest unit that may be known."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.choices import ListKind
from sutura.mhpss.exchange.listing import Entry

WORDS = {
    "layers": ListKind.LAYER, "activities": ListKind.ACTIVITY, "distress": ListKind.DISTRESS,
    "groups": ListKind.GROUP, "languages": ListKind.LANGUAGE,
}  # fmt: skip
FIELD = {"activities": "codes"}


def geojson(entries: Iterable[Entry], language: str) -> bytes:
    """The file; words in one language, codes of layers beside them."""
    with override(language):
        catalogue = Catalogue()
        features = [_feature(entry, catalogue) for entry in entries]
    found = {"type": "FeatureCollection", "features": features}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _feature(entry: Entry, catalogue: Catalogue) -> dict[str, Any]:
    service, unit = entry.service, entry.spot.unit
    words = {
        name: "; ".join(catalogue.words(kind, getattr(service, FIELD.get(name, name)).split()))
        for name, kind in WORDS.items()
    }
    return {
        "type": "Feature",
        "id": str(service.public_id),
        "geometry": {"type": "Point", "coordinates": [unit.longitude, unit.latitude]},
        "properties": {
            "organisation": service.organisation.name,
            "service": service.description,
            "place": entry.spot.words,
            "point_of": entry.level,
            "region": entry.spot.region.name,
            "region_code": entry.spot.region.code,
            **words,
            "layer_codes": service.layers,
            "min_age": service.min_age,
            "max_age": service.max_age,
            "cost": service.get_cost_display() if service.cost else "",
            "entry": service.get_entry_display() if service.entry else "",
            "hours": service.hours,
            "phone": service.phone,
            "works": service.working,
            "verified_on": service.verified_on and service.verified_on.isoformat(),
        },
    }
