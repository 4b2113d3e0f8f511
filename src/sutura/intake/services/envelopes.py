"""What was written without a network: kept as it came, sealed; opened by a person, and made what its form says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.acting import beyond
from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.alerts.services import receive as receive_alert
from sutura.audit.services import record
from sutura.intake.choices import Became, Paper
from sutura.intake.models import Envelope, Unpacking
from sutura.places.models import Unit
from sutura.security.crypto import Refused
from sutura.security.sealed import Sealed
from sutura.vault.keeping import keep_key
from sutura.vault.keeping import region_key as current_key
from sutura.vault.rules import NAMED, TOLD


@dataclass(frozen=True)
class Letter:
    """What a browser sends: all of it public but `content`, which it sealed with a key that lies in `box`."""

    id: UUID
    form: str
    region: str
    apart: bool
    key: UUID
    region_key: UUID
    box: bytes
    content: str
    written_at: datetime

    @property
    def mark(self) -> str:
        """The fingerprint of what was sealed."""
        return sha256(self.content.encode()).hexdigest()


@transaction.atomic
def public_halves(*, by: Any) -> dict[str, dict[str, tuple[UUID, bytes]]]:
    """Region → what it is sealed for → name and public half of today's key: all that writing needs."""
    require(by, "alerts.create")
    found: dict[str, dict[str, tuple[UUID, bytes]]] = {}
    for region in Unit.objects.regions().values_list("code", flat=True):
        keys = {"told": current_key(region, TOLD), "named": current_key(region, NAMED)}
        found[region] = {name: (key.public_id, bytes(key.public)) for name, key in keys.items()}
    return found


@transaction.atomic
def receive(*, letter: Letter, by: Any) -> Envelope:
    """Keep what a browser sealed; the same again is there once. Raises Invalid on another text under its number."""
    require(by, "alerts.create")
    known = _known(letter)
    if known is not None:
        if (known.sha256, known.sent_by_id) != (letter.mark, by.pk):
            raise Invalid(_("Another record has this number. Nothing was replaced."))
        return known
    if letter.form not in Paper.values or not Unit.objects.regions().filter(code=letter.region).exists():
        raise Invalid(_("This form or this region is not known here."))
    envelope = Envelope(
        public_id=letter.id, form=letter.form, region=letter.region, apart=letter.apart, content=_sealed(letter),
        sha256=letter.mark, written_at=letter.written_at, sent_by=by,
    )  # fmt: skip
    keep_key(envelope, number=letter.key, box=letter.box, region_key=letter.region_key)
    envelope.save(force_insert=True)
    record(by, "intake.receive_envelope", of=envelope, fields=envelope.form)
    return envelope


@transaction.atomic
def make_alert(*, envelope: Envelope, facts: dict[str, Any], by: Any) -> Unpacking:
    """Make the alert that an opened envelope tells of, once: as if its sender had sent it when it was received."""
    require(by, "alerts.triage", envelope.region)
    made = Unpacking.objects.among(envelope=envelope, became=Became.MADE).first()
    if made is not None:
        return made
    alert = receive_alert(by=envelope.sent_by, received_at=envelope.received_at, **facts)
    made = Unpacking(envelope=envelope, became=Became.MADE, made=alert.ref, by=by)
    made.save(force_insert=True)
    record(by, "intake.make_alert", of=envelope, fields=alert.ref)
    return made


@transaction.atomic
def put_aside(*, envelope: Envelope, fields: list[str], by: Any) -> Unpacking:
    """Note that what an envelope says does not pass the form, and in which fields: it waits for a person."""
    require(by, "alerts.triage", envelope.region)
    told = Unpacking(envelope=envelope, became=Became.WAITS, fields=" ".join(fields)[:200], by=by)
    told.save(force_insert=True)
    record(by, "intake.put_aside", of=envelope, fields=told.fields)
    return told


@beyond("a number is taken, whoever sent what bears it")
def _known(letter: Letter) -> Envelope | None:
    return Envelope.objects.filter(public_id=letter.id).first()


def _sealed(letter: Letter) -> Any:
    sealed = Sealed(letter.content)
    try:
        whole = sealed.parts[0] == letter.key
    except Refused:
        whole = False
    if not whole:
        raise Invalid(_("What arrived is damaged. It stays on the device, and is sent again."))
    return sealed
