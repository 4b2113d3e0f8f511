"""Law: what was written stays written: a record keeps its versions, or its table only grows, by trigger."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from tests.laws.exceptions import UNKEPT
from tests.laws.source import unexcused

SQLITE = "SELECT tbl_name, upper(sql) FROM sqlite_master WHERE type = 'trigger'"
POSTGRES = (
    "SELECT tgrelid::regclass::text, upper(pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal"
)
BOTH = {"UPDATE", "DELETE"}


def guarded() -> dict[str, set[str]]:
    """Table → the verbs that a trigger refuses on every row."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRES)
        found: dict[str, set[str]] = {}
        for table, definition in cursor.fetchall():
            refused = {verb for verb in BOTH if verb in definition.partition(" ON ")[0]}
            found.setdefault(table.strip('"'), set()).update(refused)
    return found


def models() -> list:
    """The models of the product, versions of records among them."""
    return [model for model in apps.get_models() if model.__module__.startswith("sutura.")]


@pytest.mark.django_db
def test_every_version_is_guarded():
    versions = {model._meta.db_table for model in models() if hasattr(model, "tracked_fields")}
    guards = guarded()
    assert versions
    assert sorted(table for table in versions if guards.get(table) != BOTH) == []


@pytest.mark.django_db
def test_every_record_keeps_its_versions_or_its_table_only_grows():
    guards = guarded()
    assert guards[apps.get_model("audit.Entry")._meta.db_table] == BOTH
    found = {
        model._meta.label: "keeps no version and may be changed or deleted"
        for model in models()
        if not hasattr(model, "tracked_fields")
        and not hasattr(model, "history")
        and guards.get(model._meta.db_table) != BOTH
    }
    assert unexcused(found, UNKEPT) == []
