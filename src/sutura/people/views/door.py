"""The door: sign in by name and password, then by the second factor; sign out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sutura.access.errors import DomainError
from sutura.audit.services import record
from sutura.people import door, factors, sessions
from sutura.people.forms import CodeForm, SignInForm
from sutura.people.middleware import OVER, limits
from sutura.people.models import Account


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """The only page, with the errors, that a stranger may see."""
    where = door.next_of(request)
    if request.user.is_authenticated:
        return redirect(where)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        try:
            account = door.knock(request, **form.cleaned_data)
            return door.enter(request, account, form.cleaned_data["password"], where)
        except DomainError as error:
            form.add_error(None, str(error))
    over = request.session.pop(OVER, "")
    shown = {"form": form, "next": where, "over": over, **limits(), **demonstration()}
    return render(request, "people/sign_in.html", shown)


def demonstration() -> dict[str, object]:
    """A demonstration says so, and prints its accounts."""
    demo = list(Account.objects.filter(is_demo=True, is_active=True).order_by("pk"))
    told = {"demo_accounts": demo, "demo_password": settings.SUTURA_DEMO_PASSWORD, "is_demo": True}
    return told if demo else {}


@login_not_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second page of the door, for whoever gave the right password a moment ago."""
    account = door.waiting(request)
    if account is None:
        return redirect("people:sign_in")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            shown = door.prove(request, account, form.cleaned_data)
            return door.let_in(request, account, door.wanted(request), shown)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
    found = factors.of(account)
    options = factors.ask_passkey(account, found) if factors.passkeys_work(request) else ""
    only_keys = all(factor.type == factors.PASSKEY for factor in found)
    told = {"form": form, "options": options, "only_keys": only_keys}
    return render(request, "people/second_factor.html", told)


@sessions.before_ready
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; nothing of the session stays."""
    record(request.user, "people.sign_out", of=request.user)
    sessions.end(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)
