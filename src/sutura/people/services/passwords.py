"""Passwords: one's own is changed by oneself alone; a keeper gives a temporary one, that must be changed at once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.people import factors
from sutura.people.choices import Kind
from sutura.people.models import Account
from sutura.people.rules import require_own
from sutura.people.services.sessions import end_sessions
from sutura.vault import services as vault

# Without those that are taken for one another on paper and over the telephone.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def change_password(*, by: Account, account: Account, old: str, new: str) -> Account:
    """A new password of one's own; the session in hand goes on, the others are ended by Django's own mark."""
    require_own(by, account)
    if not account.check_password(old):
        raise Invalid(_("This is not your present password."), field="old")
    if old == new:
        raise Invalid(_("The new password is the old one. Choose another."), field="new_password1")
    account.set_password(new)
    account.password_until = None
    keep(account, by=by, why="own password")
    vault.change_password(by=by, account=account, old=old, new=new)
    record(by, "people.change_password", of=account)
    return account


@transaction.atomic
def give_temporary_password(*, by: Any, account: Account, why: str, lost: bool = False) -> str:
    """A password for a day or three, told once; every session of the account ends. `lost`: her second factors too."""
    require(by, "people.manage", "")
    if account.pk == by.pk:
        raise NotAllowed(_("Change your own password on your own account."))
    if account.kind != Kind.PERSON or account.is_demo:
        raise Invalid(_("A machine or a demonstration account has no password to give."))
    word = "-".join("".join(secrets.choice(LETTERS) for _each in range(5)) for _part in range(4))
    account.set_password(word)
    account.password_until = timezone.now() + timedelta(hours=settings.SUTURA_TEMPORARY_HOURS)
    keep(account, by=by, why=why)
    if lost:
        for factor in factors.of(account):
            factors.forget(account, factor, with_codes=True)
            record(by, "people.remove_factor", of=account, fields=factor.type)
        vault.report_loss(by=by, account=account)
    end_sessions(by=by, account=account)
    vault.forget(by=by, account=account, why=why)
    record(by, "people.give_temporary_password", of=account)
    return word
