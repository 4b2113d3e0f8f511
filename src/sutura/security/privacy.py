"""How private each field is. Every model names a class for every one of its fields (`class Privacy`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

OPEN = "open"  # may be published as it stands
INTERNAL = "internal"  # for people with a role here
PERSONAL = "personal"  # about a person, by code: role and region
IDENTIFYING = "identifying"  # could lead to a person: named roles only

CLASSES = (OPEN, INTERNAL, PERSONAL, IDENTIFYING)
# The tier that a field has by itself; whoever reads it also needs the tier of its row (`ROWS`).
TIER_OF = {OPEN: "S0", INTERNAL: "S1", PERSONAL: "S2", IDENTIFYING: "S3"}
# App → the tier of its rows: what the permission asks that opens them (access/roles.py).
ROWS = {
    "alerts": "S3",
    "audit": "S2",
    "capacity": "S1",
    "indicators": "S1",
    "coordination": "S1",
    "disclosure": "S2",
    "incidents": "S2",
    "intake": "S2",
    "ledger": "S2",
    "library": "S1",
    "mhpss": "S1",
    "parties": "S1",
    "partners": "S1",
    "people": "S2",
    "places": "S0",
    "reporting": "S2",
    "response": "S3",
    "vault": "S2",
    "verification": "S2",
}
SEALED_ROWS = (
    "S4"  # the rows of an incident with sexual violence, all but its month, its cercle and what is counted
)


def classes(model: type[Model]) -> dict[str, str]:
    """Field name → class, for the fields that the model has classified."""
    declared = getattr(model, "Privacy", None)
    if declared is None:
        return {}
    return {name: value for name, value in vars(declared).items() if not name.startswith("_")}


def unclassified(model: type[Model]) -> Iterator[str]:
    """Names of concrete fields without a class, and of classes without a field."""
    known = classes(model)
    fields = {field.name for field in model._meta.concrete_fields}
    yield from sorted(fields - known.keys())
    yield from sorted(known.keys() - fields)
    yield from sorted(name for name, value in known.items() if value not in CLASSES)


def tier_of(model: type[Model], name: str) -> str:
    """The tier one needs to read a field: its own, or that of its row where that is higher."""
    return max(TIER_OF[classes(model)[name]], ROWS[model._meta.app_label])


def fields_of(model: type[Model], *wanted: str) -> list[str]:
    """Names of the fields of these classes, in the model's order."""
    known = classes(model)
    return [field.name for field in model._meta.concrete_fields if known.get(field.name) in wanted]
