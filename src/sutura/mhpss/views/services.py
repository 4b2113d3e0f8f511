"""Services: found, read, entered or proposed, verified, recoded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sutura.access.asking import done, typed
from sutura.access.rules import may
from sutura.access.views import needs
from sutura.mhpss.asking import form_page
from sutura.mhpss.catalogue import Catalogue
from sutura.mhpss.forms.services import RecodeForm, ServiceForm, VerifyForm
from sutura.mhpss.models import Service
from sutura.mhpss.pages.codes import code_lists
from sutura.mhpss.pages.gaps import gaps
from sutura.mhpss.pages.matrix import matrix
from sutura.mhpss.pages.services import initial_of, service_list, service_page
from sutura.mhpss.pages.twins import twins
from sutura.mhpss.querysets import PROPOSE, READ, REVIEW
from sutura.mhpss.services import map as services
from sutura.mhpss.services.proposals import propose
from sutura.partners.models import Organisation


@needs(READ)
def matrix_page(request: HttpRequest) -> HttpResponse:
    """Region × layer × organisation; a region opens its cercles, a cell its services."""
    return render(request, "mhpss/matrix.html", matrix(request.user, request.GET))


@needs(READ)
def gaps_page(request: HttpRequest) -> HttpResponse:
    """What an empty cell means."""
    return render(request, "mhpss/gaps.html", gaps(request.user, request.GET))


@needs(READ)
def services_page(request: HttpRequest) -> HttpResponse:
    """The services that a question finds."""
    return render(request, "mhpss/service_list.html", service_list(request.user, request.GET))


@needs(READ)
def service(request: HttpRequest, public_id: str) -> HttpResponse:
    """One service."""
    return render(
        request, "mhpss/service_detail.html", service_page(request.user, _service(request, public_id))
    )


@needs(PROPOSE, REVIEW)
def service_new(request: HttpRequest) -> HttpResponse:
    """A service comes on the map, or is proposed for it."""
    form = _form(request)
    made: list[Any] = []

    def act(said: dict[str, Any]) -> None:
        keeps = may(request.user, REVIEW, said["place"].region)
        made.append((services.keep_service if keeps else propose)(by=request.user, **said))

    if done(form, act):
        return redirect(made[0])
    return render(request, "mhpss/service_form.html", {"form": form}, status=422 if form.is_bound else 200)


@needs(PROPOSE, REVIEW)
def service_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say otherwise what the map says, or propose it."""
    found = _service(request, public_id)
    form = _form(request, initial=initial_of(found))
    keeps = may(request.user, REVIEW, found.region)
    made: list[Any] = []
    act = services.change_service if keeps else propose
    if done(form, lambda said: made.append(act(service=found, by=request.user, **said))):
        return redirect(made[0])
    page = {"form": form, "service": found, "keeps": keeps}
    return render(request, "mhpss/service_form.html", page, status=422 if form.is_bound else 200)


@needs(REVIEW)
def service_verify(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody confirmed the service."""
    found = _reviewed(request, public_id)
    form = VerifyForm(typed(request))
    if done(form, lambda said: services.confirm_services(services=[found], by=request.user, **said)):
        return redirect(found)
    return form_page(request, form, title=_("Note that it was confirmed"), back=found, verb=_("Note it"))


@needs(REVIEW)
def service_recode(request: HttpRequest, public_id: str) -> HttpResponse:
    """Look at a doubtful code."""
    found = _reviewed(request, public_id)
    initial = {"codes": found.codes.split(), "specified": found.specified}
    form = RecodeForm(typed(request), initial=initial, catalogue=Catalogue())
    if done(form, lambda said: services.settle_code(service=found, by=request.user, **said)):
        return redirect(found)
    return form_page(request, form, title=_("Look at the code"), text=found.specified, back=found)


@needs(READ)
def codes(request: HttpRequest) -> HttpResponse:
    """The lists of codes, their versions, and what ties them."""
    return render(request, "mhpss/codes.html", code_lists(request.user))


@needs(READ)
def twins_page(request: HttpRequest) -> HttpResponse:
    """The same activity at the same place by several organisations."""
    return render(request, "mhpss/twins.html", twins(request.user))


def _service(request: HttpRequest, public_id: str) -> Any:
    rows = Service.objects.visible_to(request.user).select_related("organisation", "place")
    return get_object_or_404(rows, public_id=public_id)


def _reviewed(request: HttpRequest, public_id: str) -> Any:
    rows = (
        Service.objects.visible_to(request.user)
        .reviewed_by(request.user)
        .select_related("organisation", "place")
    )
    return get_object_or_404(rows, public_id=public_id)


def _form(request: HttpRequest, **said: Any) -> ServiceForm:
    organisations = Organisation.objects.visible_to(request.user).in_use()
    return ServiceForm(typed(request), organisations=organisations, catalogue=Catalogue(), **said)
