"""Supervision, peer support and quality visits."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import typed
from sutura.access.views import needs
from sutura.capacity.asking import asked
from sutura.capacity.forms.following import (
    ContactForm,
    QualityVisitForm,
    SchemeForm,
    SupervisionForm,
    SupervisionMeetingForm,
)
from sutura.capacity.models import PeerScheme, QualityVisit, Supervision
from sutura.capacity.pages import following
from sutura.capacity.pages.training import called
from sutura.capacity.querysets import MANAGE, READ
from sutura.capacity.services import following as services

LIST = "capacity:following"


@needs(READ)
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that follows a training."""
    return render(request, "capacity/following.html", following.overview(request.user, request.GET))


@needs(MANAGE)
def supervision(request: HttpRequest, public_id: str) -> HttpResponse:
    """One supervision."""
    page = following.supervision_page(request.user, _supervision(request, public_id))
    return render(request, "capacity/supervision_detail.html", page)


@needs(MANAGE)
def supervision_new(request: HttpRequest) -> HttpResponse:
    """Somebody is supervised."""
    form = SupervisionForm(typed(request), by=request.user)
    return asked(request, form, services.begin_supervision, title=_("New supervision"), list=LIST)


@needs(MANAGE)
def supervision_note(request: HttpRequest, public_id: str) -> HttpResponse:
    """They met."""
    found = _supervision(request, public_id)
    act = partial(services.note_supervision, supervision=found)
    name = called(request.user, found.professional)
    form = SupervisionMeetingForm(typed(request))
    return asked(request, form, act, to=found, title=_("Note a meeting"), back=found, back_label=name)


@needs(READ)
def scheme(request: HttpRequest, public_id: str) -> HttpResponse:
    """One scheme of peer support."""
    page = following.scheme_page(request.user, _scheme(request, public_id))
    return render(request, "capacity/scheme_detail.html", page)


@needs(MANAGE)
def scheme_new(request: HttpRequest) -> HttpResponse:
    """A scheme of peer support."""
    form = SchemeForm(typed(request), by=request.user)
    text = _("Numbers only: no name, and nothing of anybody’s health.")
    return asked(request, form, services.open_scheme, title=_("New peer support"), list=LIST, text=text)


@needs(MANAGE)
def contact_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """A contact of peer support."""
    found = _scheme(request, public_id)
    act = partial(services.note_contact, scheme=found)
    return asked(request, ContactForm(typed(request)), act, to=found, title=_("Note a contact"), back=found)


@needs(READ)
def quality_visit(request: HttpRequest, public_id: str) -> HttpResponse:
    """One quality visit."""
    visits = QualityVisit.objects.visible_to(request.user).select_related("cohort", "group")
    found = get_object_or_404(visits, public_id=public_id)
    return render(request, "capacity/visit_detail.html", {"visit": found, "marks": found.marks.all()})


@needs(MANAGE)
def quality_visit_new(request: HttpRequest) -> HttpResponse:
    """A quality visit."""
    form = QualityVisitForm(typed(request), by=request.user)
    return asked(request, form, services.note_quality_visit, title=_("New quality visit"), list=LIST)


def _supervision(request: HttpRequest, public_id: str) -> Supervision:
    found = Supervision.objects.visible_to(request.user).select_related("professional", "supervisor")
    return get_object_or_404(found, public_id=public_id)


def _scheme(request: HttpRequest, public_id: str) -> PeerScheme:
    found = PeerScheme.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(found, public_id=public_id)
