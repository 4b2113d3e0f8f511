"""What has rows by code is asked for, answered by a second person, sealed, taken within its time, and written down."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import may, require
from sutura.audit.services import keep, record
from sutura.disclosure import making
from sutura.disclosure.choices.exports import Kind, State
from sutura.disclosure.models import Export, Parcel, ReceiverKey
from sutura.disclosure.rules.requests import ends
from sutura.incidents.editing import hold
from sutura.people.services import machine
from sutura.reporting.models import Edition
from sutura.security import age
from sutura.verification.models import Sitting

EVERY = ("",)
"""The region of what is about the whole country: a nationwide grant alone reaches it."""


@transaction.atomic
def ask_export(
    *,
    by: Any,
    kind: str,
    codes: Sequence[str] = (),
    reason: str,
    receiver: str,
    key: str,
    product: str = "",
    period: str = "",
    geography: str = "2021",
    as_at: datetime | None = None,
    edition: Edition | None = None,
    sitting: Sitting | None = None,
) -> Export:
    """Ask to take coded data out, for regions (level-1 P-codes) or, with none, the whole country."""
    forget_expired(by=machine("exports"))
    require_each(by, codes, kind)
    now = timezone.now()
    export = Export(
        ref=_next_ref(now.year), kind=kind, product=product, period=period, geography=geography,
        as_at=edition.as_at if edition else as_at or now, edition=edition, sitting=sitting,
        regions=" ".join(sorted(set(codes))), reason=_said(reason, "reason"), receiver=_said(receiver, "receiver"),
        key=public_key(key), asked_by=by, asked_at=now, ends_at=now,
    )  # fmt: skip
    export.ends_at = _end(export, now)
    keep(export, by=by, why=export.reason)
    record(by, "disclosure.ask_export", of=export, fields=_told(export))
    return export


@transaction.atomic
def approve_export(*, export: Export, by: Any) -> Export:
    """Let it out: made now for its asker, encrypted to its receiver, kept until its time is over."""
    _held_asked(export, by=by)
    if not _entitled(export):
        raise Invalid(_("The person who asked may no longer read this. Refuse the request."))
    content = making.sealed(export)
    now = timezone.now()
    export.state, export.decided_by, export.decided_at = State.APPROVED, by, now
    export.sha256, export.size = hashlib.sha256(content).hexdigest(), len(content)
    export.ends_at = _end(export, now)
    keep(export, by=by, why="approved")
    Parcel.objects.create(export=export, content=content)
    record(by, "disclosure.approve_export", of=export, fields=_told(export))
    return export


@transaction.atomic
def refuse_export(*, export: Export, by: Any, why: str) -> Export:
    """Keep it in, with the reason told to its asker."""
    _held_asked(export, by=by)
    export.state, export.decided_by, export.decided_at = State.REFUSED, by, timezone.now()
    export.refusal = _said(why, "why")
    keep(export, by=by, why=export.refusal)
    record(by, "disclosure.refuse_export", of=export)
    return export


@transaction.atomic
def withdraw_export(*, export: Export, by: Any) -> Export:
    """Take one's own request back, also when its file is made: the file goes at once."""
    require(by, "disclosure.request")
    hold(export)
    if export.asked_by_id != by.pk:
        raise NotAllowed
    if export.state not in (State.ASKED, State.APPROVED):
        raise Invalid(_("This request is settled."))
    _settle(export, State.WITHDRAWN, by)
    record(by, "disclosure.withdraw_export", of=export)
    return export


@transaction.atomic
def take_export(*, export: Export, by: Any) -> bytes:
    """The encrypted file, to its asker alone, while its time runs and her grants hold; each taking is recorded."""
    require(by, "disclosure.request")
    hold(export)
    if export.asked_by_id != by.pk or not _entitled(export):
        raise NotAllowed
    if export.state_at(timezone.now()) != State.APPROVED:
        raise Invalid(_("This file is no longer here. Ask for it again."))
    if export.taken_at is None:
        export.taken_at = timezone.now()
        keep(export, by=by, why="taken")
    record(by, "disclosure.take_export", of=export, fields=export.sha256)
    return bytes(export.parcel.content)


@transaction.atomic
def forget_expired(*, by: Any) -> int:
    """Delete every file whose time is over, and close the requests that nobody answered; how many."""
    require(by, "disclosure.export", "")
    over = list(Export.objects.over(timezone.now()).select_for_update())
    for export in over:
        _settle(export, State.EXPIRED, by)
    if over:
        record(by, "disclosure.forget_expired", fields=f"exports={len(over)}")
    return len(over)


@transaction.atomic
def keep_key(*, by: Any, key: str) -> ReceiverKey:
    """Keep one's own public key, so that files for oneself are encrypted to it."""
    require(by, "disclosure.request")
    held = ReceiverKey.objects.filter(account=by.pk).first() or ReceiverKey(account=by)
    held.key = public_key(key)
    keep(held, by=by)
    record(by, "disclosure.keep_key", of=held)
    return held


def require_each(by: Any, codes: Sequence[str], kind: str) -> None:
    """Raise NotAllowed unless the person may ask for this, and read it, in every region of a request."""
    read = "verification.read" if kind == Kind.MINUTES else "reporting.read"
    for region in codes or EVERY:
        require(by, "disclosure.request", region)
        require(by, read, region)


def public_key(text: str) -> str:
    """A receiver's public key, or a sentence that says what is wrong with it."""
    try:
        return age.checked(text)
    except age.NotAKey as fault:
        if fault.secret:
            said = _(
                "This is the secret half of a key. Never give it to anyone: make a new pair, and give its public half."
            )
        else:
            said = _("This is not a public key: it begins with age1 and is copied whole.")
        raise Invalid(said, field="key") from fault


def may_answer(by: Any, export: Export) -> bool:
    """Whether this person may approve or refuse it: entitled in each of its regions, and somebody else."""
    held = all(may(by, "disclosure.let_out", region) for region in export.region_codes or EVERY)
    return held and export.asked_by_id != by.pk


def _held_asked(export: Export, *, by: Any) -> None:
    for region in export.region_codes or EVERY:
        require(by, "disclosure.let_out", region)
    hold(export)
    if export.asked_by_id == by.pk:
        raise NotAllowed(_("Nobody approves her own request. Ask another person who may."))
    if export.state_at(timezone.now()) != State.ASKED:
        raise Invalid(_("This request is settled."))


def _entitled(export: Export) -> bool:
    try:
        require_each(export.asked_by, export.region_codes, export.kind)
    except NotAllowed:
        return False
    return True


def _settle(export: Export, state: State, by: Any) -> None:
    Parcel.objects.filter(export=export).delete()
    export.state = state
    keep(export, by=by, why=state)


def _end(export: Export, since: datetime) -> datetime:
    waits = timedelta(days=settings.SUTURA_EXPORT_REQUEST_DAYS)
    end = ends(export.state, since, waits=waits, kept=timedelta(hours=settings.SUTURA_EXPORT_HOURS))
    assert end is not None
    return end


def _said(text: str, field: str) -> str:
    if not text.strip():
        raise Invalid(_("Write it in a few words."), field=field)
    return text.strip()


def _told(export: Export) -> str:
    what = export.sitting.ref if export.sitting else f"{export.product} {export.period}"
    return f"{export.ref} {export.kind} {what} {export.regions or '*'}"


def _next_ref(year: int) -> str:
    last = Export.objects.select_for_update().filter(ref__startswith=f"EXP-{year}-").order_by("-id").first()
    number = int(last.ref.rpartition("-")[2]) + 1 if last else 1
    return f"EXP-{year}-{number:03d}"
