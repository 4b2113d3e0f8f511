"""The door: a name and its password, then the second factor; every try is counted and written in the log."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.audit.services import record
from sutura.people import devices, factors, sessions, throttle
from sutura.people.models import Account
from sutura.vault import session as vault

KEY = "at_the_door"
PATIENCE = 10 * 60  # seconds between the password and the second factor
TOO_MANY = _("Too many tries. Wait five minutes, then try again; whoever keeps the accounts can help.")
WRONG = _("This account name and password do not go together. Check both and try again.")
EXPIRED = _("This temporary password has expired. Ask whoever keeps the accounts for another one.")
WRONG_CODE = _(
    "This code is not right, or was used already. Check the clock of your phone and try the next code."
)


def knock(request: HttpRequest, username: str, password: str, wrong: object = WRONG) -> Account:
    """Whose name and password these are; one sentence for every refusal, that does not tell which was wrong."""
    asked = Account.objects.filter(username=username).first() or devices.code_of(username)
    tries = throttle.count(request, username, "sign_in")
    if tries is None:
        if throttle.first_refusal(username, "sign_in"):
            record(who(request), "people.throttle", of=asked, fields="password")
        raise Invalid(TOO_MANY)
    account = authenticate(request, username=username, password=password)
    if not isinstance(account, Account):
        record(who(request), "people.refuse_sign_in", of=asked, fields="password")
        raise Invalid(wrong)
    tries.rollback()
    if account.password_until is not None and account.password_until <= timezone.now():
        raise Invalid(EXPIRED)
    return account


def who(request: HttpRequest) -> Account | None:
    """Who tries: nobody yet at the door, somebody when she is asked once more."""
    return sessions.visitor(request) if request.user.is_authenticated else None


def enter(request: HttpRequest, account: Account, password: str, next_url: str) -> HttpResponse:
    """After the right password: in, or on to the second factor where the account has one."""
    # Who knows a temporary password is not its owner alone: no key may depend on it.
    if account.password_until is None:
        vault.open_at_sign_in(request, account, password)
    if not factors.of(account):
        return let_in(request, account, next_url)
    request.session[KEY] = {"account": account.pk, "at": sessions.clock(), "next": next_url}
    return redirect("people:second_factor")


def waiting(request: HttpRequest) -> Account | None:
    """Who gave the right password a moment ago and was not asked for the second factor yet."""
    kept = request.session.get(KEY)
    if not kept or sessions.clock() - kept["at"] > PATIENCE:
        return None
    return Account.objects.people().filter(pk=kept["account"], is_active=True).first()


def wanted(request: HttpRequest) -> str:
    """Where whoever waits for the second factor wanted to go."""
    return request.session[KEY]["next"]


def prove(request: HttpRequest, account: Account, given: dict[str, Any]) -> str:
    """Which second factor was shown; a wrong one is counted, written down and refused in one sentence."""
    tries = throttle.count(request, account.username, "second_factor")
    if tries is None:
        if throttle.first_refusal(account.username, "second_factor"):
            record(who(request), "people.throttle", of=account, fields="second factor")
        raise Invalid(TOO_MANY, field="code")
    shown = factors.shown(account, code=given["code"], credential=given["credential"])
    if not shown:
        record(who(request), "people.refuse_sign_in", of=account, fields="second factor")
        raise Invalid(WRONG_CODE, field="code")
    tries.rollback()
    return shown


def prove_again(request: HttpRequest, given: dict[str, Any]) -> None:
    """Whoever is in shows the password, which opens her vault again, or the second factor."""
    account = sessions.visitor(request)
    if given["password"]:
        knock(request, account.username, given["password"], _("This is not your password."))
        vault.open_at_sign_in(request, account, given["password"])
    elif given["code"] or given["credential"]:
        prove(request, account, given)
    else:
        raise Invalid(_("Give your password, or show your second factor."))
    sessions.write(request, proved=sessions.clock())
    record(account, "people.prove", of=account)


def let_in(request: HttpRequest, account: Account, next_url: str, factor: str = "") -> HttpResponse:
    """Begin the visit, tell the log, and remember the browser; a browser never seen is told apart."""
    mark = devices.known(request, account.username)
    if not mark:
        mark = devices.mark_for(record(account, "people.sign_in_new_device", of=account).pk)
    record(account, "people.sign_in", of=account, fields=f"password {factor}".strip())
    request.session.pop(KEY, None)
    sessions.begin(request, account, factor=factor, own=devices.line_of(mark))
    answer = redirect(next_url)
    devices.remember(request, answer, account.username, mark)
    return answer


def next_of(request: HttpRequest) -> str:
    """Where somebody wanted to go, if it is an address of ours; home otherwise, also for a word that is none."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and "/" in wanted else resolve_url(settings.LOGIN_REDIRECT_URL)
