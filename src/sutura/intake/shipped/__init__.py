"""The forms that come with Sutura: each a sheet to be read (`.md`), the form made of it (`.xml`), and beside them what
becomes of a record (`.py`).
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from sutura.access.rules import may
from sutura.intake.mapping import Mapping
from sutura.intake.openrosa.records import Record
from sutura.intake.shipped import alert, detention, incident, referral, service, sitting, verification

FORMS = (alert, detention, incident, referral, service, sitting, verification)
MAPPINGS: dict[str, Mapping] = {form.MAPPING.form_id: form.MAPPING for form in FORMS}
"""Identifier of a form → what becomes of its records."""
RIGHTS = tuple(sorted({mapping.permission for mapping in MAPPINGS.values()}))
"""Whoever holds one of these may have a phone."""


def sends(by: Any, region: str | None = None) -> bool:
    """Whether somebody may use one of the forms at least, in a region or in any."""
    return any(may(by, right, region) for right in RIGHTS)


def right_to_send(by: Any, form_id: str = "") -> str:
    """What a record of a form needs; of a form of others, or of none in particular, what lets somebody send at all."""
    mapping = MAPPINGS.get(form_id)
    if mapping is not None:
        return mapping.permission
    return next((right for right in RIGHTS if may(by, right)), RIGHTS[0])


def belongs(told: Record, account: Any, otherwise: str, regions: Container[str]) -> tuple[str, bool]:
    """The region that a record tells of, if it is one of these, else the other; whether its group alone may open it."""
    mapping = MAPPINGS.get(told.form_id)
    if mapping is None:
        return otherwise, False
    region = "" if told.encrypted else mapping.region(told, account)
    return region if region in regions else otherwise, mapping.apart(told, account)
