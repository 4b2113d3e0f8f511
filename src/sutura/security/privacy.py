"""How private each field is. Every model names a class for every one of its fields (`class Privacy`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

OPEN = "open"  # may be published as it stands
INTERNAL = "internal"  # for people with a role here
PERSONAL = "personal"  # about a person, by code: role and region
IDENTIFYING = "identifying"  # could lead to a person: named roles only

CLASSES = (OPEN, INTERNAL, PERSONAL, IDENTIFYING)


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


def fields_of(model: type[Model], *wanted: str) -> list[str]:
    """Names of the fields of these classes, in the model's order."""
    known = classes(model)
    return [field.name for field in model._meta.concrete_fields if known.get(field.name) in wanted]
