"""Sessions of an account, ended from elsewhere."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from sutura.access.rules import require
from sutura.audit.services import record
from sutura.people.models import Account
from sutura.people.rules import require_own
from sutura.vault import services as vault


@transaction.atomic
def end_sessions(*, by: Any, account: Account) -> int:
    """End every session of an account, on every device; how many there were. By herself, or by a keeper of accounts."""
    if by == account:
        require_own(by, account)
    else:
        require(by, "people.manage", "")
    found = list(UserSession.objects.filter(user=account))
    for session in found:
        session.end()
    record(by, "people.end_sessions", of=account, fields=str(len(found)))
    return len(found)


@transaction.atomic
def report_loss(*, by: Any, account: Account) -> int:
    """A device is lost or seized: every session ends and the keys of her regions are replaced; how many keys."""
    end_sessions(by=by, account=account)
    replaced = vault.report_loss(by=by, account=account)
    record(by, "people.report_loss", of=account)
    return replaced
