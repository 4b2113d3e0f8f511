"""Every opening of sealed words is written down before one of them is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from sutura.access.errors import given_reason
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.security.sealed import Sealing, held, identity
from sutura.vault.models import Opening
from sutura.vault.rules import REASON


@transaction.atomic
def note_opening(*, by: Any, records: Sequence[Model], reason: str) -> Opening:
    """Write down who opens which sealed fields of a file and why, before one word of them is told."""
    reason = given_reason(reason, REASON)
    told = held(records)
    for each, _fields in told:
        sealing: Sealing = each.sealing  # type: ignore[attr-defined]
        for right in {sealing.permission, sealing.right_of(each)}:
            require(by, right, sealing.region_of(each))
    first: Any = told[0][0]
    file = first.sealing.file_of(first)
    parts = sorted({f"{each._meta.model_name}.{field.name}" for each, fields in told for field in fields})
    opening = Opening(
        account=by.pk,
        who=str(by)[:150],
        kind=file._meta.label_lower,
        file=identity(file),
        region=first.sealing.region_of(first),
        owner=first.sealing.owner_of(first),
        fields=" ".join(parts)[:1000],
        reason=reason,
    )
    opening.save()
    record(by, "vault.reveal", of=file, fields=opening.fields)
    return opening
