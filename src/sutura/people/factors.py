"""Second factors of an account: an application on the phone, passkeys, recovery codes.

The one file that knows the library behind them (django-allauth), whose parts we use without its pages.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import struct
from collections.abc import Sequence
from typing import Any, TypeAlias

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.exceptions import InvalidTag
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sutura.people.models import Account

APP, PASSKEY, CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
OFFER = "app_offer"
# What the library raises on an answer that no key gave, whatever its bytes; each means no.
NO_ANSWER = (
    ValidationError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    struct.error,
)
LONGEST = 16 * 1024  # characters of one part of an answer; a key with its certificates says a quarter of it
# What a secret that was changed on the disk raises, or one kept under another key: it opens nothing.
UNREADABLE = (InvalidTag, ValueError)
Factor: TypeAlias = Authenticator


def of(account: Account) -> list[Factor]:
    """What somebody may show beside the password, oldest first; recovery codes stand in for these."""
    return list(Authenticator.objects.filter(user=account).exclude(type=CODES).order_by("pk"))


def label(factor: Factor) -> str:
    """By what name its owner knows it."""
    return str(factor) if factor.type == PASSKEY else _("Application on the phone")


def codes_of(account: Account) -> Factor | None:
    """The recovery codes of an account."""
    return Authenticator.objects.filter(user=account, type=CODES).first()


def unused(codes: Factor) -> list[str]:
    """The recovery codes that were not used yet; none when their seed was changed, or the installation's key."""
    try:
        return RecoveryCodes(codes).get_unused_codes()
    except UNREADABLE:
        return []


def offer_app(request: HttpRequest, *, again: bool) -> str:
    """The secret which an application is asked to keep; `again`: the one shown before, whose code was typed."""
    kept = request.session.get(OFFER) if again else None
    if kept:
        return str(get_adapter().decrypt(kept))
    secret = totp.generate_totp_secret()
    request.session[OFFER] = get_adapter().encrypt(secret)
    return secret


def picture(account: Account, secret: str) -> str:
    """The secret as a picture for the phone's camera, inside the page: no other address ever carries it."""
    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(account, secret))
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def right(secret: str, code: str) -> bool:
    """Whether an application that keeps the secret shows this code now."""
    return totp.validate_totp_code(secret, code)


def keep_app(account: Account, secret: str) -> Factor:
    """The application is hers from now on."""
    return totp.TOTP.activate(account, secret).instance


def passkeys_work(request: HttpRequest) -> bool:
    """Browsers keep passkeys for a name under TLS, or for this machine called localhost; never for a number."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def offer_passkey(account: Account) -> str:
    """What the browser needs to make a passkey."""
    return json.dumps(webauthn.begin_registration(account, passwordless=False))


def keep_passkey(account: Account, name: str, credential: Any) -> Factor | None:
    """The passkey is hers from now on; None when it does not answer what was asked."""
    try:
        credential = _plain(credential)
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except NO_ANSWER:
        return None
    return webauthn.WebAuthn.add(account, name, credential).instance


def keep_codes(account: Account) -> Factor:
    """Recovery codes, the ones she has if she has some."""
    return RecoveryCodes.activate(account).instance


def ask_passkey(account: Account, found: Sequence[Factor]) -> str:
    """What the browser needs to show a passkey; empty when the account has none."""
    if not any(factor.type == PASSKEY for factor in found):
        return ""
    return json.dumps(webauthn.begin_authentication(account))


def shown(account: Account, *, code: str, credential: Any) -> str:
    """Which second factor was shown; empty when none was right."""
    factor = _by_passkey(account, credential) if credential else _by_code(account, code)
    if factor is None:
        return ""
    factor.record_usage()
    return str(factor.type)


def _by_passkey(account: Account, credential: Any) -> Factor | None:
    try:
        credential = _plain(credential)
        webauthn.parse_authentication_response(credential)
        return webauthn.complete_authentication(account, credential)
    except NO_ANSWER:
        return None


def _plain(credential: Any) -> dict[str, Any]:
    """An answer made of short words alone: of a number the library makes that many bytes, whatever the number."""
    told = {name: credential[name] for name in ("id", "rawId", "type")}
    response = dict(credential["response"])
    for word in (*told.values(), *response.values()):
        if not isinstance(word, str) or len(word) > LONGEST:
            raise ValueError
    return {**told, "response": response, "clientExtensionResults": {}}


def _by_code(account: Account, code: str) -> Factor | None:
    for factor in Authenticator.objects.filter(user=account, type__in=(APP, CODES)).order_by("-type"):
        try:
            if factor.wrap().validate_code(code) and (factor.type == CODES or _first_time(account, code)):
                return factor
        except UNREADABLE:
            continue
    return None


def _first_time(account: Account, code: str) -> bool:
    """A code opens once, for as long as a clock that is slow still takes it (the library forgets it sooner)."""
    window = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    digits = "".join(sign for sign in code if sign.isdecimal())
    return cache.add(f"sutura.people.code:{account.pk}:{digits}", True, timeout=window)


def forget(account: Account, factor: Factor, *, with_codes: bool) -> None:
    """It opens nothing any more; `with_codes`: nor do the recovery codes that stood in for it."""
    gone = [factor.pk, *([codes.pk] if with_codes and (codes := codes_of(account)) else [])]
    Authenticator.objects.filter(user=account, pk__in=gone).delete()
