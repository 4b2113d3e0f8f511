"""Phones: which there are, a new one with its code, and its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.intake import handsets
from sutura.intake.forms import PhoneForm
from sutura.intake.models import Phone
from sutura.intake.openrosa.settings import settings_of
from sutura.intake.services import phones as services
from sutura.ui.qr import qr


@needs("intake.phones")
def phones(request: HttpRequest) -> HttpResponse:
    """The phones of one's regions."""
    return render(request, "intake/phones.html", handsets.phones_page(request.user))


@never_cache
@needs("intake.phones")
def phone_new(request: HttpRequest) -> HttpResponse:
    """A new phone; its code is shown this once."""
    form = PhoneForm(typed(request), user=request.user)
    made: list[services.Handed] = []
    if done(form, lambda said: made.append(services.create_phone(by=request.user, **said))):
        url = request.build_absolute_uri(f"/or/key/{made[0].key}")
        code = settings_of(url, made[0].phone.label)
        shown = {"phone": made[0].phone, "url": url, "picture": qr(code)}
        return render(request, "intake/phone_made.html", shown)
    return render(request, "intake/phone_new.html", {"form": form}, status=422 if form.is_bound else 200)


@needs("intake.phones")
def phone(request: HttpRequest, public_id: str) -> HttpResponse:
    """One phone: when it was here, what came from it."""
    return render(request, "intake/phone.html", handsets.phone_page(_found(request, public_id), request.user))


@require_POST
@needs("intake.phones")
def phone_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Its address opens nothing any more."""
    services.revoke_phone(phone=_found(request, public_id), by=request.user)
    messages.success(request, _("The phone is revoked: it fetches and sends nothing more."))
    return redirect("intake:phones")


def _found(request: HttpRequest, public_id: str) -> Phone:
    rows = Phone.objects.visible_to(request.user).select_related("account", "sighting")
    return get_object_or_404(rows, public_id=public_id)
