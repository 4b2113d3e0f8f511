"""One's vault: open it, share, give a recovery what it needs, act on a loss."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutura.access.errors import DomainError
from sutura.access.views import needs
from sutura.people import door, sessions, vault_pages
from sutura.people import services as people
from sutura.people.forms import EscrowForm, UnlockForm
from sutura.people.stepup import fresh
from sutura.vault import services
from sutura.vault.models import Recovery
from sutura.vault.session import closed


def home(request: HttpRequest) -> HttpResponse:
    """One's own key and regions; recoveries for who keeps accounts or a share of escrow."""
    return render(request, "people/vault.html", vault_pages.home(request.user))


def unlock(request: HttpRequest) -> HttpResponse:
    """Open the vault of this session with one's password."""
    onwards = door.next_of(request)
    form = UnlockForm(request.POST or None)
    if form.is_valid():
        try:
            door.prove_again(request, {"password": form.cleaned_data["password"]})
        except DomainError as refusal:
            form.add_error("password", str(refusal))
        else:
            if not closed(request):
                return redirect(onwards)
            form.add_error(
                None, _("This password does not open your key: it was replaced without the old one.")
            )
    shown = {"form": form, "next": onwards}
    return render(request, "people/vault_unlock.html", shown, status=422 if form.errors else 200)


@needs("incidents.restricted")
@require_POST
@fresh
def settle(request: HttpRequest) -> HttpResponse:
    """Give colleagues their shares and seal again what stands under old keys."""
    if closed(request):
        return redirect("people:vault_unlock")
    done = services.settle(by=request.user)
    told = {"shared": done.shared, "records": done.rewrapped}
    messages.success(request, _("%(shared)s shares given, %(records)s records sealed again.") % told)
    return redirect("people:vault")


@sessions.before_ready
@require_POST
def lost(request: HttpRequest) -> HttpResponse:
    """My device is lost: end my sessions, new keys for my regions."""
    account = sessions.visitor(request)
    people.report_loss(by=account, account=account)
    sessions.end(request)
    return redirect("people:sign_in")


@needs("people.approve")
@require_POST
@fresh
def agree(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """As the second person, let a person receive her regions again."""
    recovery = get_object_or_404(Recovery.objects.visible_to(request.user).open(), public_id=public_id)
    try:
        services.agree_recovery(by=request.user, recovery=recovery)
        messages.success(request, _("Agreed. Colleagues of the region or escrow now share their keys."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("people:vault")


@require_POST
@fresh
def contribute(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """As a custodian, give one's share of escrow to a recovery."""
    recovery = get_object_or_404(Recovery.objects.visible_to(request.user).open(), public_id=public_id)
    try:
        given = services.contribute(by=request.user, recovery=recovery)
        messages.success(request, _("Your share is given: %(given)s so far.") % {"given": given})
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("people:vault")


@needs("people.manage")
@fresh
def escrow(request: HttpRequest) -> HttpResponse:
    """Choose the five custodians of escrow."""
    form = EscrowForm(request.POST or None)
    if form.is_valid():
        try:
            services.set_up_escrow(by=request.user, custodians=form.cleaned_data["custodians"])
            messages.success(request, _("Proposed. Escrow is set up once a second person agrees."))
            return redirect("people:vault")
        except DomainError as refusal:
            form.add_error("custodians", str(refusal))
    return render(request, "people/vault_escrow.html", {"form": form}, status=422 if form.errors else 200)


@needs("people.approve")
@require_POST
@fresh
def escrow_agree(request: HttpRequest) -> HttpResponse:
    """As the second person, agree to the custodians of escrow."""
    try:
        services.agree_escrow(by=request.user)
        messages.success(request, _("Escrow is set up: any three of the five together open it."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("people:vault")
