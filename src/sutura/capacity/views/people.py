"""The register of professionals: for whoever manages capacity in their region, and nobody else."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.audit.services import record
from sutura.capacity import register
from sutura.capacity.asking import asked
from sutura.capacity.forms.people import SameForm
from sutura.capacity.forms.training import ProfessionalForm
from sutura.capacity.models import Professional
from sutura.capacity.pages import people
from sutura.capacity.pages.paging import paged
from sutura.capacity.querysets import MANAGE
from sutura.capacity.services import people as services
from sutura.security.downloads import as_download


@needs(MANAGE)
def person_list(request: HttpRequest) -> HttpResponse:
    """Who is in the register."""
    return render(request, "capacity/person_list.html", people.people(request.user, request.GET))


@needs(MANAGE)
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person and her trainings."""
    page = people.person_page(request.user, _person(request, public_id))
    return render(request, "capacity/person_detail.html", page)


@needs(MANAGE)
def person_new(request: HttpRequest) -> HttpResponse:
    """Somebody enters the register."""
    form = ProfessionalForm(typed(request), by=request.user)
    return asked(
        request, form, services.add_professional, title=_("New professional"), list="capacity:people"
    )


@needs(MANAGE)
def person_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a card; the old version stays."""
    found = _person(request, public_id)
    form = ProfessionalForm(typed(request), by=request.user, initial=people.said_of(found))
    return asked(
        request, form, lambda **said: services.change_professional(professional=found, **said),
        title=_("Change this card"), back=found,
    )  # fmt: skip


@needs(MANAGE)
def doubles(request: HttpRequest) -> HttpResponse:
    """Cards that may be one person."""
    pairs, around = paged(people.pairs(request.user), request.GET)
    return render(request, "capacity/double_list.html", {"pairs": pairs, **around})


@needs(MANAGE)
def same(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """One person, or two? Somebody decides, card beside card."""
    kept, second = _person(request, one), _person(request, other)
    form = SameForm(typed(request))
    acts = {"same": services.join_cards, "two": services.keep_apart}
    if done(form, lambda said: acts[said["answer"]](kept=kept, other=second, by=request.user)):
        return redirect("capacity:doubles")
    cards = [people.person_page(request.user, card) for card in (kept, second)]
    status = 422 if form.is_bound else 200
    return render(request, "capacity/same.html", {"form": form, "cards": cards}, status=status)


@needs(MANAGE)
def refreshers(request: HttpRequest) -> HttpResponse:
    """Whose training is to be refreshed, and by when."""
    return render(request, "capacity/refresher_list.html", people.refresher_page(request.user, request.GET))


@needs(MANAGE)
def register_file(request: HttpRequest) -> HttpResponse:
    """The register as a workbook; that it was taken stays in the log."""
    content = register.as_xlsx(request.user)
    with transaction.atomic(durable=True):
        record(request.user, "capacity.take_register")
    return as_download(HttpResponse(content, content_type=register.MIME), "formations.xlsx")


def _person(request: HttpRequest, public_id: str) -> Professional:
    found = Professional.objects.visible_to(request.user).select_related("employer", "same_as")
    return get_object_or_404(found, public_id=public_id)
