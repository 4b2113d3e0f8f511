"""The accounts which one keeps, and the page of roles."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.access.roles import PERMISSIONS, ROLES
from sutura.access.views import needs
from sutura.people import services
from sutura.people.forms import AccountForm, GrantForm, TemporaryForm
from sutura.people.models import Account, Grant
from sutura.people.stepup import fresh, fresh_to_post


@needs("people.manage")
def account_list(request: HttpRequest) -> HttpResponse:
    """Every account with its grants."""
    accounts = Account.objects.visible_to(request.user).people().prefetch_related("grants")
    return render(request, "people/account_list.html", {"accounts": accounts})


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
def account_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One account; give a grant."""
    account = get_object_or_404(Account.objects.visible_to(request.user), public_id=public_id)
    form = GrantForm(request.POST or None)
    if form.is_valid():
        try:
            services.give_grant(by=request.user, account=account, **form.cleaned_data)
            return redirect("people:account", account.public_id)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
    grants = account.grants.visible_to(request.user).select_related("given_by")
    return render(request, "people/account_detail.html", {"account": account, "form": form, "grants": grants})


@needs("people.manage")
@fresh
def grant_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Withdraw a grant; a page that says the consequence, then the act."""
    grant = get_object_or_404(Grant.objects.visible_to(request.user), public_id=public_id)
    if request.method == "POST":
        services.withdraw_grant(by=request.user, grant=grant, why=request.POST.get("why", ""))
        return redirect("people:account", grant.account.public_id)
    return render(request, "people/grant_withdraw.html", {"grant": grant})


@needs("people.manage")
@fresh
def account_password(request: HttpRequest, public_id: str) -> HttpResponse:
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
    """The roles and what each may do, as a page to read and sign."""
    rows = [
        (text, [name in role.permissions for role in ROLES.values()]) for name, text in PERMISSIONS.items()
    ]
    return render(request, "people/law.html", {"roles": ROLES, "rows": rows})
