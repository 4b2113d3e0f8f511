"""Forms on Kobo servers: which are connected, a new one, and fetching now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.errors import DomainError
from sutura.access.views import needs
from sutura.intake.forms import KoboForm
from sutura.intake.kobo import pages
from sutura.intake.kobo.pulling import pull
from sutura.intake.models import Kobo
from sutura.intake.services import kobo as services
from sutura.people.stepup import fresh_for_secrets


@needs("intake.phones")
def kobos(request: HttpRequest) -> HttpResponse:
    """The forms on Kobo servers of one's regions."""
    return render(request, "intake/kobos.html", pages.kobos_page(request.user))


@sensitive_variables()
@never_cache
@needs("intake.phones")
@fresh_for_secrets
def kobo_new(request: HttpRequest) -> HttpResponse:
    """A new connection; the address to which the server may push is shown this once."""
    form = KoboForm(typed(request), user=request.user)
    made: list[services.Connected] = []
    if done(form, lambda said: made.append(services.connect(by=request.user, **said))):
        url = request.build_absolute_uri(f"/in/kobo/{made[0].key}")
        return render(request, "intake/kobo_made.html", {"kobo": made[0].kobo, "url": url})
    return render(request, "intake/kobo_new.html", {"form": form}, status=422 if form.is_bound else 200)


@needs("intake.phones")
def kobo(request: HttpRequest, public_id: str) -> HttpResponse:
    """One connection: what came, and its end."""
    return render(request, "intake/kobo.html", pages.kobo_page(_found(request, public_id), request.user))


@require_POST
@needs("intake.phones")
def kobo_pull(request: HttpRequest, public_id: str) -> HttpResponse:
    """Fetch now."""
    found = _found(request, public_id)
    try:
        messages.success(request, pages.pulled(pull(found)))
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    return redirect("intake:kobo", public_id)


def _found(request: HttpRequest, public_id: str) -> Kobo:
    rows = Kobo.objects.visible_to(request.user).select_related("phone__account", "phone__sighting")
    return get_object_or_404(rows, public_id=public_id)
