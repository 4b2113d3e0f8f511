"""The invented demonstration: people, alerts, incidents and judgements that never were, said so everywhere."""

from __future__ import annotations

from sutura.config.demo.loading import load

__all__ = ["load"]
