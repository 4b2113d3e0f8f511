"""Law: every field of every model has a Privacy class, every class a tier, and the data inventory says so."""

from __future__ import annotations

from django.apps import apps

from sutura.access.roles import PERMISSIONS, TIERS
from sutura.security.privacy import CLASSES, ROWS, TIER_OF, unclassified
from tools import inventory


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


def test_every_class_and_every_table_has_a_tier():
    assert set(TIER_OF) == set(CLASSES)
    assert set(TIER_OF.values()) | set(ROWS.values()) < set(TIERS)
    assert {model._meta.app_label for model in models()} == set(ROWS)
    for app in ("alerts", "incidents", "reporting", "verification"):
        assert ROWS[app] == PERMISSIONS[f"{app}.read"].tier


def test_the_data_inventory_is_that_of_the_code():
    assert inventory.PAGE.read_text(encoding="utf-8") == inventory.page()
