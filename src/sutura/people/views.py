"""Sign in, sign out, choose a language, see one's own account and the accounts one keeps."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.access.roles import PERMISSIONS, ROLES
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.audit.services import record
from sutura.people import services
from sutura.people.forms import AccountForm, GrantForm, SignInForm
from sutura.people.models import Account, Grant


@method_decorator(login_not_required, name="dispatch")
class SignIn(auth.LoginView):
    """The only page, with the errors, that a stranger may see."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict:
        """A demonstration says so, and prints its accounts."""
        found = super().get_context_data(**kwargs)
        demo = list(Account.objects.filter(is_demo=True, is_active=True).order_by("pk"))
        if demo:
            found |= {"demo_accounts": demo, "demo_password": settings.SUTURA_DEMO_PASSWORD, "is_demo": True}
        return found

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let in, and write it in the log."""
        answer = super().form_valid(form)
        record(self.request.user, "people.sign_in", of=self.request.user)
        return answer


sign_in = SignIn.as_view()
sign_out = auth.LogoutView.as_view()


def me(request: HttpRequest) -> HttpResponse:
    """My account, and what I may do, where, until when."""
    grants = Grant.objects.visible_to(request.user).filter(account__username=request.user.get_username())
    told = {"grants": grants, "may_keep_accounts": may(request.user, "people.manage")}
    return render(request, "people/account_me.html", told)


@needs("people.manage")
def account_list(request: HttpRequest) -> HttpResponse:
    """Every account with its grants."""
    accounts = Account.objects.visible_to(request.user).people().prefetch_related("grants")
    return render(request, "people/account_list.html", {"accounts": accounts})


@needs("people.manage")
def account_new(request: HttpRequest) -> HttpResponse:
    """Open an account."""
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            account = services.open_account(by=request.user, **form.cleaned_data)
            return redirect("people:account", account.public_id)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
    return render(request, "people/account_form.html", {"form": form, "title": _("New account")})


@needs("people.manage")
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
def grant_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Withdraw a grant; a page that says the consequence, then the act."""
    grant = get_object_or_404(Grant.objects.visible_to(request.user), public_id=public_id)
    if request.method == "POST":
        services.withdraw_grant(by=request.user, grant=grant, why=request.POST.get("why", ""))
        return redirect("people:account", grant.account.public_id)
    return render(request, "people/grant_withdraw.html", {"grant": grant})


def law(request: HttpRequest) -> HttpResponse:
    """The roles and what each may do, as a page to read and sign."""
    rows = [
        (text, [name in role.permissions for role in ROLES.values()]) for name, text in PERMISSIONS.items()
    ]
    return render(request, "people/law.html", {"roles": ROLES, "rows": rows})
