"""The accounts which one keeps, and the page of roles."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.access.views import needs
from sutura.people import pages, services
from sutura.people.forms import AccountForm, AccountStateForm, GrantForm, RenewalForm, TemporaryForm, WhyForm
from sutura.people.models import Account, Grant
from sutura.people.stepup import fresh, fresh_to_post


@needs("people.manage")
def account_list(request: HttpRequest) -> HttpResponse:
    """Every account with its grants."""
    return render(request, "people/account_list.html", {"accounts": pages.accounts(request.user)})


@needs("people.manage")
@fresh
def account_new(request: HttpRequest) -> HttpResponse:
    """Open an account."""
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            account = services.open_account(by=request.user, temporary=True, **form.cleaned_data)
            return redirect("people:account", account.public_id)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
    return render(request, "people/account_form.html", {"form": form, "title": _("New account")})


@needs("people.manage")
@fresh_to_post
def account_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One account; propose a grant."""
    account = get_object_or_404(Account.objects.visible_to(request.user), public_id=public_id)
    form = GrantForm(request.POST or None)
    if form.is_valid():
        try:
            services.give_grant(by=request.user, account=account, **form.cleaned_data)
            return redirect("people:account", account.public_id)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
    grants = pages.with_places(account.grants.visible_to(request.user).select_related("given_by"))
    return render(request, "people/account_detail.html", {"account": account, "form": form, "grants": grants})


@needs("people.manage")
@fresh
def account_state(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an account, or open it again; a page that says the consequence, then the act."""
    account = get_object_or_404(Account.objects.visible_to(request.user).people(), public_id=public_id)
    form = AccountStateForm(request.POST or None, account=account)
    if form.is_valid():
        try:
            services.set_active(by=request.user, account=account, **form.cleaned_data)
            return redirect("people:account", account.public_id)
        except DomainError as error:
            form.add_error(None, str(error))
    return render(request, "people/account_state.html", {"account": account, "form": form})


@needs("people.manage", "people.approve")
def grant_list(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what ends within thirty days."""
    return render(request, "people/grant_list.html", pages.to_judge(request.user))


@needs("people.approve")
@fresh
def grant_judge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve or refuse what another person proposed."""
    grant = get_object_or_404(Grant.objects.visible_to(request.user), public_id=public_id)
    form = WhyForm(request.POST or None)
    approves = request.POST.get("verdict") == "approve"
    if request.method == "POST" and (approves or form.is_valid()):
        try:
            if approves:
                services.approve_grant(by=request.user, grant=grant)
            else:
                services.refuse_grant(by=request.user, grant=grant, **form.cleaned_data)
            return redirect("people:grants")
        except DomainError as error:
            form.add_error(None, str(error))
    return render(request, "people/grant_judge.html", pages.judging(grant) | {"form": form})


@needs("people.manage")
@fresh
def grant_renew(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Propose the same grant again, from today."""
    grant = get_object_or_404(Grant.objects.visible_to(request.user), public_id=public_id)
    form = RenewalForm(request.POST or None)
    if form.is_valid():
        try:
            services.renew_grant(by=request.user, grant=grant, **form.cleaned_data)
            return redirect("people:account", grant.account.public_id)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    return render(request, "people/grant_renew.html", {"grant": pages.with_places([grant])[0], "form": form})


@needs("people.manage")
@fresh
def grant_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw a grant; a page that says the consequence, then the act."""
    grant = get_object_or_404(Grant.objects.visible_to(request.user), public_id=public_id)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        services.withdraw_grant(by=request.user, grant=grant, **form.cleaned_data)
        return redirect("people:account", grant.account.public_id)
    return render(request, "people/grant_withdraw.html", {"grant": grant, "form": form})


@needs("people.manage")
@fresh
def account_password(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a temporary password to somebody who lost hers; it is shown once."""
    account = get_object_or_404(Account.objects.visible_to(request.user).people(), public_id=public_id)
    form = TemporaryForm(request.POST or None)
    word = ""
    if form.is_valid():
        try:
            word = services.give_temporary_password(by=request.user, account=account, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
    shown = {"account": account, "form": form, "word": word, "hours": settings.SUTURA_TEMPORARY_HOURS}
    return render(request, "people/account_password.html", shown)


def law(request: HttpRequest) -> HttpResponse:
    """The whole law as a page to read, print and sign; who holds what, for who answers for it."""
    return render(request, "people/law.html", pages.law(request.user))
