"""What must be gone is shredded: its keys are destroyed, by two people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.security.sealed import by_kind, identity
from sutura.vault.models import RecordKey, Shredding
from sutura.vault.rules import REASON


@transaction.atomic
def ask_shredding(*, by: Any, file: Any, why: str) -> Shredding:
    """Ask that the sealed words of a file be gone for good."""
    require(by, "incidents.void", file.sealing.region_of(file))
    why = given_reason(why, REASON)
    _refuse_on_hold(file)
    name = identity(file)
    if Shredding.objects.filter(file=name, shredded_at=None).exists():
        raise Invalid(_("This was asked already. Another person must agree."))
    asked = Shredding(kind=file._meta.label_lower, file=name, asked_by=by.pk, why=why)
    asked.save()
    record(by, "vault.ask_shredding", of=file)
    return asked


@transaction.atomic
def agree_shredding(*, by: Any, shredding: Shredding, file: Any, records: Sequence[Model]) -> Shredding:
    """Destroy the keys of the records of a file; nobody agrees to what she asked herself."""
    require(by, "incidents.void", file.sealing.region_of(file))
    shredding.refresh_from_db()
    if shredding.asked_by == by.pk:
        raise Invalid(_("Another person must agree: two people shred, never one."))
    _refuse_on_hold(file)
    if shredding.shredded_at is not None or shredding.file != identity(file):
        raise Invalid(_("This was done already."))
    for kind, names in by_kind(records).items():
        gone, _kinds = RecordKey.objects.of(kind, names).delete()
        shredding.keys += gone
    shredding.agreed_by, shredding.shredded_at = by.pk, timezone.now()
    shredding.save()
    record(by, "vault.agree_shredding", of=file, fields=f"{shredding.keys} keys")
    return shredding


def _refuse_on_hold(file: Any) -> None:
    if file.sealing.must_stay(file):
        raise Invalid(_("This file is on hold: nothing in it is shredded before the hold is lifted."))
