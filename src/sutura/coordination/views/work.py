"""Workshops, conferences and field missions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination import tables
from sutura.coordination.asking import form_page
from sutura.coordination.forms.work import EventForm
from sutura.coordination.models import Body, Event, Theme
from sutura.coordination.pages import work as pages
from sutura.coordination.plan_book import MIME
from sutura.coordination.services import work as services
from sutura.coordination.work_acts import NOTES, form_for, open_notes
from sutura.partners.models import Organisation
from sutura.security.downloads import as_download


@needs("coordination.read")
def event_list(request: HttpRequest) -> HttpResponse:
    """Workshops, conferences and missions: those to come first."""
    return render(request, "coordination/event_list.html", pages.listed(request.user, request.GET))


@needs("coordination.read")
def event_book(request: HttpRequest) -> HttpResponse:
    """What the filters of the list leave, as a workbook."""
    _form, found = pages.asked(request.user, request.GET)
    table = tables.events(found)
    return as_download(HttpResponse(table.made(), content_type=MIME), f"{table.name}.xlsx")


@needs("coordination.read")
def event(request: HttpRequest, public_id: str) -> HttpResponse:
    """One of them."""
    return render(
        request, "coordination/event_detail.html", pages.detail(request.user, _event(request, public_id))
    )


@needs("coordination.manage")
def event_new(request: HttpRequest) -> HttpResponse:
    """Plan one, or tell one of the past."""
    form = EventForm(
        typed(request),
        bodies=Body.objects.visible_to(request.user).kept_by(request.user).working(),
        organisations=Organisation.objects.visible_to(request.user).in_use(),
        themes=Theme.objects.visible_to(request.user),
    )
    made: list[Event] = []
    if done(form, lambda said: made.append(services.plan_event(by=request.user, **said))):
        return redirect(made[0])
    title, label = _("A workshop, a conference or a mission"), _("Workshops and missions")
    return form_page(
        request, form, title=title, verb=_("Keep it"), list=reverse("coordination:events"), list_label=label
    )


@needs("coordination.manage")
def event_note(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Note one thing of it: who leads, who came, what came out, what is asked, what it brought."""
    found, note = _event(request, public_id), NOTES.get(name)
    if note is None or name not in open_notes(found):
        raise Http404
    form = form_for(note, found, request.user, typed(request))
    if done(form, lambda said: note.service(event=found, by=request.user, **said)):
        return redirect(found)
    return form_page(request, form, **pages.note_page(found, name))


@require_POST
@needs("coordination.manage")
def event_part_drop(request: HttpRequest, public_id: str, name: str, number: int) -> HttpResponse:
    """Take away what was noted by mistake."""
    found, note = _event(request, public_id), NOTES.get(name)
    if note is None or not note.rows:
        raise Http404
    part: Any = get_object_or_404(getattr(found, note.rows).select_related("event__body"), pk=number)
    services.drop_part(part=part, by=request.user)
    return redirect(found)


def _event(request: HttpRequest, public_id: str) -> Event:
    rows = Event.objects.visible_to(request.user).select_related("body", "theme", "host")
    return get_object_or_404(rows, public_id=public_id)
