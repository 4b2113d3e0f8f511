"""Second factors of one's own account; the log says that they came and went, the library keeps them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.audit.services import record
from sutura.people import factors
from sutura.people.models import Account
from sutura.people.rules import needs_second_factor, require_own

WRONG_CODE = _(
    "This is not the code that the application shows now. Check the clock of the phone and try again."
)
WRONG_KEY = _("The key did not answer. Start again from this page.")
LAST = _("Your role needs a second factor: add another one before you remove this one.")


@transaction.atomic
def add_app(*, by: Account, account: Account, secret: str, code: str) -> factors.Factor:
    """The application of a phone, once it has shown a right code; recovery codes come with the first factor."""
    require_own(by, account)
    if any(factor.type == factors.APP for factor in factors.of(account)):
        raise Invalid(
            _("An application is there already. Remove it first if your phone is new."), field="code"
        )
    if not factors.right(secret, code):
        raise Invalid(WRONG_CODE, field="code")
    added = factors.keep_app(account, secret)
    factors.keep_codes(account)
    record(by, "people.add_factor", of=account, fields=factors.APP)
    return added


@transaction.atomic
def add_passkey(*, by: Account, account: Account, name: str, credential: Any) -> factors.Factor:
    """A passkey, once it has answered what it was asked; recovery codes come with the first factor."""
    require_own(by, account)
    added = factors.keep_passkey(account, name, credential)
    if added is None:
        raise Invalid(WRONG_KEY)
    factors.keep_codes(account)
    record(by, "people.add_factor", of=account, fields=factors.PASSKEY)
    return added


@transaction.atomic
def remove_factor(*, by: Account, account: Account, number: int) -> None:
    """Take one away; the last goes only where none is needed, and the recovery codes go with it."""
    require_own(by, account)
    found = {factor.pk: factor for factor in factors.of(account)}
    if number not in found:
        raise Invalid(_("This second factor is not there any more."))
    if len(found) == 1 and needs_second_factor(account):
        raise Invalid(LAST)
    factors.forget(account, found[number], with_codes=len(found) == 1)
    record(by, "people.remove_factor", of=account, fields=found[number].type)


@transaction.atomic
def renew_codes(*, by: Account, account: Account) -> factors.Factor:
    """Ten new recovery codes; the old ones open nothing from now on."""
    require_own(by, account)
    if not factors.of(account):
        raise Invalid(_("Recovery codes stand in for a second factor: add one first."))
    kept = factors.codes_of(account)
    if kept is not None:
        factors.forget(account, kept, with_codes=False)
    renewed = factors.keep_codes(account)
    record(by, "people.renew_codes", of=account)
    return renewed
