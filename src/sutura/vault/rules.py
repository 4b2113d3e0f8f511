"""Where each box belongs: the context to which it is bound, in one place."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from sutura.security.crypto import context

RESTRICTED = "incidents.restricted"
NAMED = "incidents.sexual_violence"
EVIDENCE = "incidents.evidence"
TOLD = "alerts.read"
FOLLOWED = "response.read"
REASON = 300
"""Signs of a reason at most."""
RIGHTS = (RESTRICTED, NAMED, EVIDENCE, TOLD, FOLLOWED)
"""Each of these permissions has a key of its own in a region; whoever holds it there receives a share."""


def of_user(account: int) -> bytes:
    """The private half of a person's key."""
    return context("user", str(account))


def of_share(region_key: UUID, account: int) -> bytes:
    """The private half of a region's key, sealed to a person."""
    return context("share", region_key.bytes, str(account))


def of_record(kind: str, record: str, number: UUID, region_key: UUID) -> bytes:
    """The key of a record, sealed to a region."""
    return context("record", kind, record, number.bytes, region_key.bytes)


def of_session(account: int) -> bytes:
    """The private half of a person's key, as her session keeps it."""
    return context("session", str(account))


def of_escrow(region_key: UUID) -> bytes:
    """The private half of a region's key, sealed to escrow."""
    return context("escrow", region_key.bytes)


def of_waiting(region_key: UUID) -> bytes:
    """The private half of a region's key, while nobody can take it."""
    return context("waiting", region_key.bytes)


def of_custodian(number: int, account: int) -> bytes:
    """A share of escrow, sealed to its custodian."""
    return context("custodian", str(number), str(account))


def of_contribution(recovery: UUID, number: int, account: int) -> bytes:
    """A share of escrow given to a recovery, sealed to another custodian."""
    return context("contribution", recovery.bytes, str(number), str(account))


def gone_on(shredded_at: datetime) -> date:
    """Backups of the keys live that many days; the day after the last one, nothing opens the words any more."""
    return timezone.localdate(shredded_at) + timedelta(days=settings.SUTURA_KEY_BACKUP_DAYS)
