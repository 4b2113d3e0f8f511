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
from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.alerts.services import receive as receive_alert
from sutura.audit.services import record
from sutura.incidents.parts import IncidentBundle
from sutura.incidents.services import open_incident
from sutura.intake.choices import Became, Paper
from sutura.intake.models import Envelope, Unpacking
from sutura.places.models import Unit
from sutura.security.crypto import Refused
from sutura.security.sealed import Sealed
from sutura.vault.keeping import keep_key
from sutura.vault.keeping import region_key as current_key
from sutura.vault.rules import NAMED, RESTRICTED, TOLD

WRITES = {Paper.ALERT.value: "alerts.create", Paper.INCIDENT.value: "incidents.document"}
"""Who may fill in a form: whoever may on its page with a network."""
TAKES = {Paper.ALERT.value: "alerts.triage", Paper.INCIDENT.value: "incidents.document"}
"""Who takes it over."""


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
def public_halves(*, by: Any, paper: str = Paper.ALERT) -> dict[str, dict[str, tuple[UUID, bytes]]]:
    """Region → what it is sealed for → name and public half of today's key: all that writing needs."""
    require(by, WRITES[paper])
    plain = RESTRICTED if paper == Paper.INCIDENT else TOLD
    found: dict[str, dict[str, tuple[UUID, bytes]]] = {}
    for region in Unit.objects.regions().values_list("code", flat=True):
        keys = {"told": current_key(region, plain), "named": current_key(region, NAMED)}
        found[region] = {name: (key.public_id, bytes(key.public)) for name, key in keys.items()}
    return found


@transaction.atomic
def receive(*, letter: Letter, by: Any) -> Envelope:
    """Keep what a browser sealed; the same again is there once. Raises Invalid on another text under its number."""
    require(by, WRITES.get(letter.form, "alerts.create"))
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
def make_alert(*, envelope: Envelope, facts: dict[str, Any], by: Any, teller: Any = None) -> Unpacking:
    """Make the alert that an opened envelope tells of, once: as if its sender had sent it when it was received.

    `teller`: who answers for it instead, having typed it again.
    """
    require(by, "alerts.triage", envelope.region)
    made = _settled(envelope)
    if made is not None:
        return made
    alert = receive_alert(by=teller or envelope.sent_by, received_at=envelope.received_at, **facts)
    made = _settle(envelope, Became.MADE, by, made=alert.ref)
    record(by, "intake.make_alert", of=envelope, fields=alert.ref)
    return made


@transaction.atomic
def make_incident(*, envelope: Envelope, bundle: IncidentBundle, by: Any, teller: Any = None) -> Unpacking:
    """Open the incident that an opened envelope tells of, once: its sender opened it, or who typed it again."""
    require(by, "incidents.document", envelope.region)
    made = _settled(envelope)
    if made is not None:
        return made
    incident = open_incident(bundle=bundle, by=teller or envelope.sent_by)
    made = _settle(envelope, Became.MADE, by, made=incident.ref)
    record(by, "intake.make_incident", of=envelope, fields=incident.ref)
    return made


@transaction.atomic
def put_aside(*, envelope: Envelope, fields: list[str], by: Any) -> Unpacking:
    """Note that what an envelope says does not pass the form, and in which fields: it waits for a person."""
    require(by, TAKES[envelope.form], envelope.region)
    told = " ".join(fields)[:200]
    last = Unpacking.objects.among(envelope=envelope).order_by("pk").last()
    if last is not None and (last.became, last.fields) == (Became.WAITS, told):
        return last
    waits = _settle(envelope, Became.WAITS, by, fields=told)
    record(by, "intake.put_aside", of=envelope, fields=told)
    return waits


@transaction.atomic
def set_envelope_aside(*, envelope: Envelope, why: str, by: Any) -> Unpacking:
    """A person says that nothing is to be made of an envelope; it stays, sealed, with her reason."""
    require(by, TAKES[envelope.form], envelope.region)
    if _settled(envelope) is not None:
        raise Invalid(_("Something became of this record in the meantime. Look at it again."))
    aside = _settle(envelope, Became.ASIDE, by, reason=given_reason(why, 300))
    record(by, "intake.set_aside", of=envelope)
    return aside


def _settled(envelope: Envelope) -> Unpacking | None:
    """What became of it for good."""
    return Unpacking.objects.among(envelope=envelope).exclude(became=Became.WAITS).first()


def _settle(envelope: Envelope, became: str, by: Any, **said: str) -> Unpacking:
    made = Unpacking(envelope=envelope, became=became, by=by, **said)
    made.save(force_insert=True)
    return made


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
