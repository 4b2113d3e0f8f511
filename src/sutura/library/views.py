"""The library: read by the members of the bodies, kept by those who keep bodies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.library import pages, services
from sutura.library.forms import (
    AcknowledgementForm,
    DisseminationForm,
    DocumentForm,
    UseForm,
    ValidationForm,
    VersionForm,
)
from sutura.library.models import Dissemination, Document, Use, Version
from sutura.library.querysets import KEEP, READ
from sutura.library.serving import hand_out
from sutura.partners.models import Organisation


@needs(READ, KEEP)
def document_list(request: HttpRequest) -> HttpResponse:
    """The documents that a search finds, and how many were handed out and are used."""
    return render(request, "library/document_list.html", pages.library(request.user, request.GET))


@needs(READ, KEEP)
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    """One document, its versions, where it went and what is done with it."""
    found = _document(request, public_id)
    return render(request, "library/document_detail.html", pages.document_page(request.user, found))


@needs(KEEP)
def document_new(request: HttpRequest) -> HttpResponse:
    """A document enters the library."""
    form = DocumentForm(typed(request), regions=pages.regions_of(request.user, KEEP))
    made: list[Document] = []
    if done(form, lambda said: made.append(services.add_document(by=request.user, **said))):
        return redirect(made[0])
    return _form(request, form, title=_("New document"), verb=_("Keep it"))


@needs(KEEP)
def document_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what the library says of a document."""
    found = _document(request, public_id)
    initial = {name: getattr(found, name) for name in DocumentForm.base_fields}
    initial["layers"] = found.layers.split()
    regions = pages.regions_of(request.user, KEEP)
    form = DocumentForm(typed(request), initial=initial, regions=regions)
    if done(form, lambda said: services.change_document(document=found, by=request.user, **said)):
        return redirect(found)
    return _form(request, form, title=_("Change this document"), back=found)


@needs(KEEP)
def version_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """The next version of a document."""
    found = _document(request, public_id)
    form = VersionForm(typed(request), request.FILES or None)
    if done(form, lambda said: services.add_version(document=found, by=request.user, **said)):
        return redirect(found)
    return _form(request, form, title=_("New version"), back=found, verb=_("Keep this version"))


@needs(KEEP)
def validate(request: HttpRequest, public_id: str) -> HttpResponse:
    """A version reached a further stage."""
    found = _version(request, public_id)
    form = ValidationForm(typed(request), stage=found.stage)
    if done(form, lambda said: services.validate_version(version=found, by=request.user, **said)):
        return redirect(found)
    return _form(request, form, title=_("Note a validation"), back=found.document, verb=_("Note it"))


@needs(KEEP)
def disseminate(request: HttpRequest, public_id: str) -> HttpResponse:
    """A version went to somebody."""
    found = _version(request, public_id)
    form = DisseminationForm(typed(request), organisations=_organisations(request))
    if done(form, lambda said: services.disseminate(version=found, by=request.user, **said)):
        return redirect(found)
    return _form(request, form, title=_("Note a dissemination"), back=found.document, verb=_("Note it"))


@needs(KEEP)
def acknowledge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whoever received it said so."""
    sent = Dissemination.objects.visible_to(request.user).select_related("version__document", "organisation")
    found: Any = get_object_or_404(sent, public_id=public_id)
    form = AcknowledgementForm(typed(request))
    if done(form, lambda said: services.acknowledge(dissemination=found, by=request.user, **said)):
        return redirect(found.version)
    title = _("Note that it arrived")
    return _form(
        request, form, title=title, text=found.receiver, back=found.version.document, verb=_("Note it")
    )


@needs(READ)
def use_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """An organisation works with the document."""
    found = _document(request, public_id)
    choices: dict[str, Any] = {
        "organisations": _organisations(request), "regions": pages.regions_of(request.user, READ),
    }  # fmt: skip
    form = UseForm(typed(request), request.FILES or None, **choices)
    if done(form, lambda said: services.note_use(document=found, by=request.user, **said)):
        return redirect(found)
    return _form(request, form, title=_("Note a use"), back=found, verb=_("Note it"))


@needs(READ, KEEP)
def version_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file of a version."""
    return hand_out(_version(request, public_id), by=request.user)


@needs(READ, KEEP)
def use_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file which shows that a document is used."""
    found = get_object_or_404(Use.objects.visible_to(request.user), public_id=public_id)
    return hand_out(found, by=request.user)


def _document(request: HttpRequest, public_id: str) -> Document:
    return get_object_or_404(Document.objects.visible_to(request.user), public_id=public_id)


def _version(request: HttpRequest, public_id: str) -> Version:
    rows = Version.objects.visible_to(request.user).select_related("document")
    return get_object_or_404(rows, public_id=public_id)


def _organisations(request: HttpRequest) -> Any:
    return Organisation.objects.visible_to(request.user).in_use()


def _form(request: HttpRequest, form: forms.Form, **page: Any) -> HttpResponse:
    """The page of one form: `title`, `back` (a document), `verb` of the button, `text` before it."""
    return render(request, "library/form.html", {"form": form, **page}, status=422 if form.is_bound else 200)
