"""Public services in the shape of the Human Services Data Specification 3 (Open Referral): one list for each table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import override

from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.choices import ListKind
from sutura.mhpss.exchange.listing import Entry
from sutura.mhpss.models import Term

SPACE = UUID("6c1f7f0e-5b1c-4a35-9d0e-2f1d4b0a8c55")  # of the identifiers that this file alone knows
COUNTRY = "ML"
TABLES = (
    "organization", "service", "location", "service_at_location", "address", "phone", "schedule", "language",
    "cost_option", "accessibility", "attribute", "taxonomy", "taxonomy_term",
)  # fmt: skip
CODED = {
    "codes": ListKind.ACTIVITY, "layers": ListKind.LAYER, "distress": ListKind.DISTRESS, "themes": ListKind.THEME,
    "groups": ListKind.GROUP, "modalities": ListKind.MODALITY,
}  # fmt: skip
Row = dict[str, Any]


def hsds(entries: Iterable[Entry], language: str) -> bytes:
    """The file; each row once, in the order of the tables."""
    with override(language):
        tables: dict[str, dict[str, Row]] = {name: {} for name in TABLES}
        catalogue = Catalogue()
        for entry in entries:
            for table, row in (*_standing(entry), *_reaching(entry, catalogue), *_coded(entry, catalogue)):
                tables[table][row["id"]] = {name: value for name, value in row.items() if value is not None}
    listed = {name: list(rows.values()) for name, rows in tables.items()}
    return json.dumps(listed, ensure_ascii=False, indent=1).encode()


def named(*parts: object) -> str:
    """An identifier made of what the file says alone: nothing ties a blurred place to the true one."""
    return str(uuid5(SPACE, "|".join(map(str, parts))))


def _standing(entry: Entry) -> Iterator[tuple[str, Row]]:
    """The organisation, its service, the place as it may be known, and what ties the two."""
    service, unit, whose = entry.service, entry.spot.unit, entry.service.organisation
    place = named("location", entry.spot.site, *(each.code for each in entry.spot.units))
    known = {"id": str(whose.public_id), "name": whose.name, "description": whose.name}
    yield "organization", known | {"alternate_name": whose.acronym or None}
    yield "service", _service(service)
    yield (
        "location",
        {
            "id": place, "location_type": "physical", "name": entry.spot.words,
            "latitude": unit.latitude, "longitude": unit.longitude, "description": entry.level,
            "external_identifier": unit.code, "external_identifier_type": "P-code",
        },
    )  # fmt: skip
    yield (
        "service_at_location",
        {"id": named("at", service.public_id, place), "service_id": str(service.public_id), "location_id": place},
    )  # fmt: skip
    yield (
        "address",
        {
            "id": named("address", place), "location_id": place, "address_type": "physical", "postal_code": "",
            "address_1": entry.spot.site or unit.name, "city": unit.name, "country": COUNTRY,
            "state_province": entry.spot.region.name,
        },
    )  # fmt: skip


def _service(service: Any) -> Row:
    return {
        "id": str(service.public_id),
        "organization_id": str(service.organisation.public_id),
        "name": service.description[:80],
        "description": service.description,
        "status": "active",
        "application_process": service.get_entry_display() if service.entry else None,
        "fees_description": service.get_cost_display() if service.cost else None,
        "eligibility_description": service.get_sex_display(),
        "minimum_age": service.min_age,
        "maximum_age": service.max_age,
        "assured_date": service.verified_on and service.verified_on.isoformat(),
    }


def _reaching(entry: Entry, catalogue: Catalogue) -> Iterator[tuple[str, Row]]:
    """How one reaches it: telephone, hours, languages, cost, access."""
    service, of = entry.service, {"service_id": str(entry.service.public_id)}
    if service.phone:
        row = {"id": named("phone", service.public_id), "number": service.phone, "type": "voice"}
        yield "phone", row | of
    if service.hours:
        yield "schedule", {"id": named("hours", service.public_id), "description": service.hours} | of
    for code in service.languages.split():
        spoken = catalogue.words(ListKind.LANGUAGE, [code])[0]
        yield (
            "language",
            {"id": named("language", service.public_id, code), "code": code, "name": spoken} | of,
        )
    if service.cost:
        said = service.get_cost_display()
        yield "cost_option", {"id": named("cost", service.public_id), "option": said} | of
    if service.access:
        place = named("location", entry.spot.site, *(each.code for each in entry.spot.units))
        row = {"id": named("access", service.public_id), "description": service.access}
        yield "accessibility", row | {"location_id": place}


def _coded(entry: Entry, catalogue: Catalogue) -> Iterator[tuple[str, Row]]:
    """Its codes, each with the list that it stands in."""
    service = entry.service
    for field, kind in CODED.items():
        for code in getattr(service, field).split():
            term = catalogue.of(kind).get(code)
            if term is not None:
                yield from _term(term)
                row = {"id": named("attribute", service.public_id, kind, code), "link_entity": "service"}
                link = {"link_id": str(service.public_id), "taxonomy_term_id": named("term", kind, code)}
                yield "attribute", row | link


def _term(term: Term) -> Iterator[tuple[str, Row]]:
    scheme = term.scheme
    taxonomy = named("taxonomy", scheme.code)
    row = {"id": taxonomy, "name": str(scheme), "description": scheme.source, "version": scheme.version}
    yield "taxonomy", row
    said = {"id": named("term", scheme.kind, term.code), "code": term.code, "name": str(term)}
    yield "taxonomy_term", said | {"description": term.note or str(term), "taxonomy_id": taxonomy}
