"""How the tests of the door come to it: passwords, applications on a phone, the clock."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from sutura.audit.models import Entry
from sutura.people import factors
from sutura.people.models import Account

PASSWORD = "douze-lettres-et-plus"
SECRET = totp.generate_totp_secret()
DOOR = reverse("people:sign_in")
SECOND = reverse("people:second_factor")


def with_password(account: Account, **more: object) -> Account:
    """The account with the password of these tests."""
    Account.objects.filter(pk=account.pk).update(password=make_password(PASSWORD), **more)
    account.refresh_from_db()
    return account


def armed(account: Account) -> Account:
    """The same with an application on a phone, and recovery codes."""
    with_password(account)
    factors.keep_app(account, SECRET)
    factors.keep_codes(account)
    return account


def code(steps: int = 0, secret: str = SECRET) -> str:
    """What the application shows now, or so many half minutes from now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + steps))


def knock(client: Client, name: str, password: str = PASSWORD, **more: str):
    """The first page of the door."""
    return client.post(DOOR, {"username": name, "password": password, **more})


def is_in(client: Client) -> bool:
    """Whether this browser is behind the door."""
    return client.get(reverse("people:law")).status_code == 200


def acts(account: Account | str, *but: str) -> list[str]:
    """What the log says of an account (or of the code of a name), oldest first."""
    subject = account if isinstance(account, str) else str(account.public_id)
    found = Entry.objects.filter(subject=subject).exclude(
        act__in=["people.open_account", "vault.make_key", *but]
    )
    return [f"{one.act} {one.fields}".strip() for one in found.order_by("pk")]
