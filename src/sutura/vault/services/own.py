"""A person's own key: made, opened and locked by her password; lost with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.security import crypto
from sutura.vault.models import Recovery, RegionShare, UserKey
from sutura.vault.rules import REASON, of_user
from sutura.vault.sharing import retire


def cost() -> crypto.Cost:
    """What one guess of a password costs."""
    return crypto.Cost(*settings.SUTURA_VAULT_COST)


@transaction.atomic
def begin(*, by: Any, password: str) -> bytes | None:
    """The private half of a person's own key, which her password opens; made when she has none or lost hers.

    None when the password was replaced without the old one: what it locked stays locked.
    """
    own = UserKey.objects.filter(account=by.pk).first()
    if own is None or own.lost_at is not None:
        private, public = crypto.new_pair()
        made = own or UserKey(account=by.pk)
        # After a loss somebody else has set the password: shares come back only once two people agreed.
        made.trusted_at = None if own else timezone.now()
        made.public, made.private, made.lost_at = (
            public,
            crypto.lock(password, private, of_user(by.pk), cost()),
            None,
        )
        made.save()
        record(by, "vault.make_key", of=by)
        return private
    try:
        return crypto.unlock(password, bytes(own.private), of_user(by.pk))
    except crypto.Refused:
        return None


@transaction.atomic
def change_password(*, by: Any, account: Any, old: str, new: str) -> UserKey | None:
    """Lock a person's key with her new password; the key itself, and what it opens, stays.

    None where there is no key, or the old password does not open it: it then stays as it was.
    """
    if account.pk != by.pk:
        raise Invalid(_("Only the person herself can lock her key with a new password."))
    own = UserKey.objects.filter(account=by.pk, lost_at=None).first()
    if own is None:
        return None
    try:
        private = crypto.unlock(old, bytes(own.private), of_user(by.pk))
    except crypto.Refused:
        return None
    own.private = crypto.lock(new, private, of_user(by.pk), cost())
    own.save()
    record(by, "vault.change_password", of=by)
    return own


@transaction.atomic
def forget(*, by: Any, account: Any, why: str) -> Recovery:
    """A password was forgotten: the key it locked is lost, its shares are destroyed, and a recovery is asked for."""
    require(by, "people.manage", "")
    if account.pk == by.pk:
        raise Invalid(_("Nobody recovers her own key. Ask another keeper of accounts."))
    why = given_reason(why, REASON)
    UserKey.objects.filter(account=account.pk).update(lost_at=timezone.now(), trusted_at=None)
    RegionShare.objects.filter(account=account.pk).delete()
    Recovery.objects.open().filter(account=account.pk).delete()
    asked = Recovery(account=account.pk, who=str(account)[:150], asked_by=by.pk, why=why)
    asked.save()
    record(by, "vault.forget", of=account)
    return asked


@transaction.atomic
def report_loss(*, by: Any, account: Any) -> int:
    """A device is lost or seized: the regions of the person get new keys; how many. Her sessions end elsewhere."""
    if account.pk != by.pk:
        require(by, "people.manage", "")
    regions = {share.region_key_id for share in RegionShare.objects.filter(account=account.pk)}
    retire(regions)
    record(by, "vault.report_loss", of=account, fields=f"{len(regions)} keys")
    return len(regions)
