"""Bulletins and capitalisation reports of a body: drafted, read, printed, validated by another person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination import printing
from sutura.coordination.asking import form_page, tried
from sutura.coordination.forms.publications import NewPublicationForm, PublicationForm, SeenForm
from sutura.coordination.models import Body, Publication
from sutura.coordination.pages import publications as pages
from sutura.coordination.pages.bodies import now
from sutura.coordination.services import publications as services
from sutura.coordination.views.bodies import kept as kept_body
from sutura.coordination.views.figures import seen as seen_body


@needs("coordination.read", "coordination.manage")
def publication_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a body publishes, the last first."""
    shown = pages.publications(request.user, seen_body(request, public_id))
    return render(request, "coordination/publication_list.html", shown)


@needs("coordination.manage")
def publication_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin a bulletin or a report."""
    body = kept_body(request, public_id)
    form = NewPublicationForm(typed(request), initial=pages.usual(request.GET))
    made: list[Publication] = []
    if done(form, lambda said: made.append(services.draft_publication(body=body, by=request.user, **said))):
        return redirect(made[0])
    text = _("Its figures and cards come by themselves. They are frozen when another person validates it.")
    return form_page(request, form, title=_("New publication"), back=body, text=text, verb=_("See the draft"))


@needs("coordination.read", "coordination.manage")
def publication(request: HttpRequest, public_id: str) -> HttpResponse:
    """One publication as a page, to be read and printed."""
    shown = pages.publication(request.user, _seen(request, public_id))
    return render(request, "coordination/publication.html", shown)


@needs("coordination.read", "coordination.manage")
def publication_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as a Word document."""
    found = _seen(request, public_id)
    return printing.as_word(request, pages.paper(found), of=found)


@needs("coordination.read", "coordination.manage")
def publication_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as PDF."""
    found = _seen(request, public_id)
    return printing.as_pdf(request, pages.paper(found), of=found)


@needs("coordination.manage")
def publication_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Its days and its words, while it is a draft."""
    found = _kept(request, public_id)
    form = PublicationForm(typed(request), initial=now(found, PublicationForm))
    change = services.change_publication
    if done(form, lambda said: change(publication=found, by=request.user, **said)):
        return redirect(found)
    return form_page(request, form, title=_("Days and words"), back=found)


@require_POST
@needs("coordination.manage")
def publication_validate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Freeze it as it was looked at."""
    found = _kept(request, public_id)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    tried(request, services.validate_publication, publication=found, seen=seen)
    return redirect(found)


@require_POST
@needs("coordination.manage")
def publication_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw a draft away."""
    found = _kept(request, public_id)
    body = found.body
    tried(request, services.drop_publication, publication=found)
    return redirect("coordination:publications", body.public_id)


def _seen(request: HttpRequest, public_id: str) -> Publication:
    found = Publication.objects.visible_to(request.user).select_related("body", "edition__validated_by")
    return get_object_or_404(found, public_id=public_id)


def _kept(request: HttpRequest, public_id: str) -> Publication:
    """A publication of a body which the person keeps."""
    found = Publication.objects.visible_to(request.user).select_related("body")
    mine = Body.objects.visible_to(request.user).kept_by(request.user)
    return get_object_or_404(found, public_id=public_id, body__in=mine)
