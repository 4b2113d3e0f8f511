"""Law: every field of every model has a Privacy class, and every class a field."""

from __future__ import annotations

from django.apps import apps

from sutura.security.privacy import unclassified


def models() -> list[type]:
    """The models of the product; versions of a record have the classes of the record."""
    return [
        model for model in apps.get_models()
        if model.__module__.startswith("sutura.") and not hasattr(model, "tracked_fields")
    ]  # fmt: skip


def test_every_field_is_classified():
    assert models()
    wrong = {model._meta.label: list(unclassified(model)) for model in models()}
    assert {label: names for label, names in wrong.items() if names} == {}
