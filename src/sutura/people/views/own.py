"""One's own account: what one may do, password, second factors, sessions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.access.rules import may
from sutura.people import door, factors, pages, services, sessions
from sutura.people.forms import AppForm, PasskeyForm, PasswordForm
from sutura.people.models import Grant
from sutura.people.rules import needs_second_factor
from sutura.people.stepup import fresh
from sutura.vault import session as vault


def me(request: HttpRequest) -> HttpResponse:
    """My account, and what I may do, where, until when."""
    grants = Grant.objects.visible_to(request.user).filter(account__username=request.user.get_username())
    keeps = may(request.user, "people.manage")
    told = {
        "grants": pages.with_places(grants),
        "may_keep_accounts": keeps,
        "may_judge_grants": keeps or may(request.user, "people.approve"),
        "new_devices": sessions.new_devices(request),
    }
    return render(request, "people/account_me.html", told)


@sessions.before_ready
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the other sessions end."""
    account = sessions.visitor(request)
    form = PasswordForm(account, request.POST or None)
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new_password1"]
        try:
            door.knock(request, account.username, old, _("This is not your present password."))
            services.change_password(by=account, account=account, old=old, new=new)
            update_session_auth_hash(request, account)
            vault.open_at_sign_in(request, account, new)
            messages.success(request, _("Your password is changed. Your other sessions have ended."))
            return redirect("people:me")
        except DomainError as error:
            form.add_error(error.field or None, str(error))
    return render(request, "people/password.html", {"form": form})


@sessions.before_ready
def factors_page(request: HttpRequest) -> HttpResponse:
    """What I show beside my password."""
    account = sessions.visitor(request)
    found = factors.of(account)
    codes = factors.codes_of(account)
    shown = {
        "factors": found,
        "has_app": any(factor.type == factors.APP for factor in found),
        "codes_left": len(factors.unused(codes)) if codes else 0,
        "needed": needs_second_factor(account),
        "passkeys_work": factors.passkeys_work(request),
    }
    return render(request, "people/factors.html", shown)


@sessions.before_ready
@fresh
def factor_app(request: HttpRequest) -> HttpResponse:
    """Add the application of a phone: a picture to scan, then its first code."""
    account, form = sessions.visitor(request), AppForm(request.POST or None)
    secret = factors.offer_app(request, again=form.is_bound)
    if form.is_valid():
        try:
            code = form.cleaned_data["code"]
            services.add_app(by=account, account=account, secret=secret, code=code)
            return sessions.armed(request, factors.APP)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
    shown = {"form": form, "picture": factors.picture(account, secret), "secret": secret}
    return render(request, "people/factor_app.html", shown)


@sessions.before_ready
@fresh
def factor_passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey: the phone, the computer or a key answers for its owner."""
    account, form = sessions.visitor(request), PasskeyForm(request.POST or None)
    if form.is_valid():
        try:
            services.add_passkey(by=account, account=account, **form.cleaned_data)
            return sessions.armed(request, factors.PASSKEY)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
    options = factors.offer_passkey(account) if factors.passkeys_work(request) else ""
    return render(request, "people/factor_passkey.html", {"form": form, "options": options})


@fresh
def factor_remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take a second factor away; a page that says the consequence, then the act."""
    account = sessions.visitor(request)
    found = [factor for factor in factors.of(account) if factor.pk == number]
    if request.method == "POST" and found:
        try:
            services.remove_factor(by=account, account=account, number=number)
            messages.success(request, _("The second factor is removed."))
        except DomainError as error:
            messages.error(request, str(error))
    if request.method == "POST" or not found:
        return redirect("people:factors")
    return render(request, "people/factor_remove.html", {"name": factors.label(found[0])})


@fresh
def codes(request: HttpRequest) -> HttpResponse:
    """My recovery codes, to print or keep; new ones on demand."""
    account = sessions.visitor(request)
    if request.method == "POST":
        try:
            services.renew_codes(by=account, account=account)
            messages.success(request, _("These codes are new. The old ones open nothing any more."))
        except DomainError as error:
            messages.error(request, str(error))
        return redirect("people:codes")
    kept = factors.codes_of(account)
    return render(request, "people/codes.html", {"codes": factors.unused(kept) if kept else []})


@fresh
def codes_file(request: HttpRequest) -> HttpResponse:
    """The same as a plain file; its name says nothing of whose they are."""
    kept = factors.codes_of(sessions.visitor(request))
    text = "\n".join(
        [_("Recovery codes of Sutura. Each opens once."), *(factors.unused(kept) if kept else [])]
    )
    answer = HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="sutura-codes.txt"'
    return answer


@sessions.before_ready
def sessions_page(request: HttpRequest) -> HttpResponse:
    """Where I am signed in; all of it ends in one tap."""
    if request.method == "POST":
        account = sessions.visitor(request)
        services.end_sessions(by=account, account=account)
        sessions.end(request)
        return redirect("people:sign_in")
    new = sessions.new_devices(request)
    if new:
        sessions.write(request, told=new[0].pk)
    return render(request, "people/sessions.html", {"sessions": sessions.of(request), "new_devices": new})
