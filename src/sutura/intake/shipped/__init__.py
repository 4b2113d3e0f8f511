"""The forms that come with Sutura: each a sheet to be read (`.md`), the form made of it (`.xml`), and beside them what
becomes of a record (`.py`).
"""

from __future__ import annotations

from sutura.intake.mapping import Mapping
from sutura.intake.shipped import alert, sitting

MAPPINGS: dict[str, Mapping] = {mapping.form_id: mapping for mapping in (alert.MAPPING, sitting.MAPPING)}
"""Identifier of a form → what becomes of its records."""
