"""A phone gets an address of its own, and loses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import may, require
from sutura.audit.services import keep, record
from sutura.intake.models import Phone
from sutura.intake.shipped import RIGHTS, sends
from sutura.intake.tokens import fingerprint, new_key
from sutura.places.models import Unit

KEEP = "intake.phones"


@dataclass(frozen=True)
class Handed:
    """A phone and the word of its address, told this once: we keep its fingerprint alone."""

    phone: Phone
    key: str


@transaction.atomic
def create_phone(*, label: str, by: Any, region: str = "", account: Any = None) -> Handed:
    """Give a phone an address; whoever makes it answers for what it sends, unless another is named."""
    require(by, KEEP, region)
    answers = account or by
    if not sends(answers, region or None):
        raise Invalid(
            _("Whoever answers for a phone must be allowed to use one of its forms there."), field="account"
        )
    if _unequal(answers, by, region or None):
        raise Invalid(
            _("This person may send what you may not. Whoever may it too hands out the phone."),
            field="account",
        )
    label = " ".join(label.split())[:80]
    if not label:
        raise Invalid(_("Give the phone a label: its place or its number, not a name."), field="label")
    if region and not Unit.objects.regions().filter(code=region).exists():
        raise Invalid(_("This is not a region of the register."), field="region")
    key = new_key()
    phone = Phone(label=label, region=region, account=answers, digest=fingerprint(key), made_by=by)
    keep(phone, by=by, why="made")
    record(by, "intake.create_phone", of=phone, fields=f"region={region or '*'}")
    return Handed(phone, key)


def _unequal(answers: Any, by: Any, region: str | None) -> list[str]:
    """The rights by which a phone would let its maker send, in another's name, what she may not send in her own."""
    return [right for right in RIGHTS if may(answers, right, region) and not may(by, right, region)]


@transaction.atomic
def revoke_phone(*, phone: Phone, by: Any) -> Phone:
    """The address opens nothing any more; what was sent stays."""
    require(by, KEEP, phone.region)
    held = Phone.objects.select_for_update().get(pk=phone.pk)
    if held.revoked_at is None:
        held.revoked_at = timezone.now()
        keep(held, by=by, why="revoked")
        record(by, "intake.revoke_phone", of=held)
    return held
