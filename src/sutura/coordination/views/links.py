"""Links between bodies, the documents of a body, and the signed sheets of meetings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination.asking import form_page
from sutura.coordination.forms.terms import BodyDocumentForm, ScanForm, TieForm
from sutura.coordination.models import Body, BodyDocument, Scan, Tie
from sutura.coordination.pages.bodies import now
from sutura.coordination.services import links
from sutura.coordination.serving import scan_of
from sutura.coordination.views.bodies import kept
from sutura.coordination.views.meetings import kept as kept_meeting
from sutura.library.models import Document
from sutura.partners.models import Organisation


@needs("coordination.manage")
def tie_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name who keeps up with another body."""
    body = kept(request, public_id)
    form = TieForm(typed(request), **_choices(request, body))
    if done(form, lambda said: links.tie(body=body, by=request.user, **said)):
        return redirect(body)
    return form_page(request, form, title=_("Link with another body"), back=body)


@needs("coordination.manage")
def tie_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another liaison person, or the end."""
    bodies = Body.objects.visible_to(request.user).kept_by(request.user)
    found = Tie.objects.visible_to(request.user).filter(body__in=bodies)
    link = get_object_or_404(found.select_related("body", "organisation", "known"), public_id=public_id)
    form = TieForm(typed(request), initial=now(link, TieForm), **_choices(request, link.body))
    if done(form, lambda said: links.change_tie(link=link, by=request.user, **said)):
        return redirect(link.body)
    return form_page(request, form, title=_("Change this link"), back=link.body)


@needs("coordination.manage")
def document_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name a document of the library as the body's own."""
    body = kept(request, public_id)
    form = BodyDocumentForm(typed(request), documents=Document.objects.visible_to(request.user))
    if done(form, lambda said: links.add_document(body=body, by=request.user, **said)):
        return redirect(body)
    text = _(
        "Whoever takes this body over receives it. A document which is not there yet enters the library first."
    )
    return form_page(
        request, form, title=_("Add a document"), text=text, back=body, verb=_("Add this document")
    )


@require_POST
@needs("coordination.manage")
def document_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """It is no longer the body's own."""
    bodies = Body.objects.visible_to(request.user).kept_by(request.user)
    found = BodyDocument.objects.visible_to(request.user).filter(body__in=bodies).select_related("body")
    link = get_object_or_404(found, public_id=public_id)
    links.drop_document(link=link, by=request.user)
    return redirect(link.body)


@needs("coordination.manage")
def scan_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep the signed sheet of a meeting."""
    meeting = kept_meeting(request, public_id)
    form = ScanForm(typed(request), request.FILES or None)
    if done(form, lambda said: links.keep_scan(meeting=meeting, by=request.user, **said)):
        return redirect(meeting)
    return form_page(request, form, title=_("Keep the signed sheet"), back=meeting, verb=_("Keep"))


@needs("coordination.read", "coordination.manage")
def scan_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """A signed sheet, as a download."""
    found = Scan.objects.visible_to(request.user).select_related("meeting")
    return scan_of(get_object_or_404(found, public_id=public_id), by=request.user)


def _choices(request: HttpRequest, body: Body) -> dict[str, Any]:
    """Who may keep up with what: the organisations in use, and the other bodies that the person sees."""
    return {
        "organisations": Organisation.objects.visible_to(request.user).in_use(),
        "bodies": Body.objects.visible_to(request.user).working().exclude(pk=body.pk),
    }
