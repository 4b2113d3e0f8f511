"""The history of an entity: every version, with who, when and why."""

from __future__ import annotations

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords


def kept(**options: Any) -> HistoricalRecords:
    """History for a model: each version is a row of `<app>_historical<model>`, never cascaded, never changed."""
    return HistoricalRecords(
        history_change_reason_field=models.CharField(max_length=500, blank=True, default=""),
        cascade_delete_history=False,
        **options,
    )
