"""The same activity at the same place by several organisations: for them to talk about, never settled by the server."""

from __future__ import annotations

from typing import Any

from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.choices import ListKind
from sutura.mhpss.models import Service
from sutura.mhpss.pages.services import where
from sutura.mhpss.rules import coverage
from sutura.places.models import Unit
from sutura.places.resolver import Register


def twins(user: Any) -> dict[str, Any]:
    """Each place and code with several organisations, by region."""
    catalogue, register, names = Catalogue(), Register.current(), Unit.objects.region_names()
    found = {
        each.pk: each
        for each in Service.objects.visible_to(user)
        .on_the_map()
        .exclude(codes="")
        .select_related("organisation", "place")
    }
    pairs = coverage.twins(
        (pk, each.place.code, each.organisation_id, each.codes.split()) for pk, each in found.items()
    )
    return {
        "rows": [
            {
                "where": where(register.by_code[pair.place], names, register),
                "code": catalogue.words(ListKind.ACTIVITY, [pair.code])[0],
                "services": [found[pk] for pk in pair.services],
            }
            for pair in pairs
        ]
    }
