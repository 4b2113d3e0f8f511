"""Why a service cannot stand as it is told: every reason at once, each at its field."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutura.mhpss.catalogue import LISTS, Catalogue
from sutura.mhpss.choices import ListKind, Precision
from sutura.mhpss.models import Service
from sutura.mhpss.rules import coding
from sutura.mhpss.shape import CHOICES
from sutura.places.resolver import Register
from sutura.places.rules import plain

Refusal = tuple[str, str | Promise]
CODING: dict[str, Refusal] = {
    "no_cadre": ("staff", _("Say who provides the care: codes 9 and 10 are told apart by the cadre.")),
    "not_specialist": (
        "codes", _("Code 10 is for specialists, and none is among the staff. Choose code 9, or correct the staff."),
    ),
    "specialist": (
        "codes", _("Code 9 is for general staff, and only specialists work here. Choose 10, or correct the staff."),
    ),
    "no_words": ("specified", _("Say in words what this code stands for here: “other” alone tells nothing.")),
}  # fmt: skip
UNKNOWN = _("“%(code)s” is not in the list in use. Choose a code of the list.")
ORDER = _("The end is before the beginning. Correct one of the two days.")
AGES = _("The last age is below the first. Correct one of them.")
FUTURE = _("This day is after today. Correct it.")
BLURRED = _("A sensitive site is never named to the public. Choose the commune, the cercle or the region.")
NO_REGION = _("Choose a region, a cercle or a commune.")
NO_WORDS = _("Describe the service in one sentence, without any name of a person.")
ELSEWHERE = _("“%(code)s” is not a place of the same region. Make another service for another region.")
CHOICE = _("“%(value)s” is not one of the answers. Choose one of the list.")


def key(service: Service) -> str:
    """What makes two rows the same service: the organisation, the place, the site and the codes."""
    told = (service.organisation_id, service.place_id, plain(service.site), service.codes)
    return sha256("|".join(map(str, told)).encode()).hexdigest()


def searchable(service: Service) -> str:
    """What a search compares."""
    whose = service.organisation
    return plain(
        " ".join(
            (service.description, service.site, whose.name, whose.acronym, service.place.name, service.ref)
        )
    )


def refusals(
    service: Service, cadres: Collection[str], *, catalogue: Catalogue, today: date
) -> list[Refusal]:
    """Everything that is wrong with a service before it is kept."""
    return [
        *_of_codes(service, cadres, catalogue), *_of_place(service), *_of_choices(service), *_of_days(service, today),
    ]  # fmt: skip


def _of_codes(service: Service, cadres: Collection[str], catalogue: Catalogue) -> list[Refusal]:
    found: list[Refusal] = []
    for field, kind in LISTS.items():
        unknown = [code for code in getattr(service, field).split() if code not in catalogue.of(kind)]
        found += [(field, UNKNOWN % {"code": code}) for code in unknown]
    cadre = catalogue.flags(ListKind.CADRE)
    found += [("staff", UNKNOWN % {"code": name}) for name in cadres if name not in cadre]
    if found:
        return found
    refused = coding.refusal(
        service.codes.split(),
        cadres,
        said=service.specified,
        activity=catalogue.flags(ListKind.ACTIVITY),
        cadre=cadre,
    )
    return [CODING[refused]] if refused else []


def _of_place(service: Service) -> list[Refusal]:
    if not service.place.region:
        return [("place", NO_REGION)]
    register = Register.current()
    found: list[Refusal] = []
    for code in service.coverage.split():
        unit = register.by_code.get(code)
        if unit is None or unit.region != service.place.region:
            found.append(("coverage", ELSEWHERE % {"code": code}))
    if service.is_sensitive and service.precision == Precision.SITE:
        found.append(("precision", BLURRED))
    return found


def _of_choices(service: Service) -> list[Refusal]:
    wrong: list[Refusal] = [
        (field, CHOICE % {"value": getattr(service, field)})
        for field, words in CHOICES.items()
        if getattr(service, field) not in words.values
    ]
    return wrong if service.description else [*wrong, ("description", NO_WORDS)]


def _of_days(service: Service, today: date) -> list[Refusal]:
    found: list[Refusal] = []
    if service.starts_on and service.funded_until and service.funded_until < service.starts_on:
        found.append(("funded_until", ORDER))
    if service.min_age is not None and service.max_age is not None and service.max_age < service.min_age:
        found.append(("max_age", AGES))
    if service.updated_on and service.updated_on > today:
        found.append(("updated_on", FUTURE))
    return found
