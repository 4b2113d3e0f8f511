"""Conclusions of the Council's Working Group and action plans of parties, followed paragraph by paragraph."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination.asking import Up, form_page
from sutura.coordination.forms.instruments import (
    ChangeInstrumentForm,
    InstrumentForm,
    ParagraphForm,
    ParagraphRecommendationForm,
    ParagraphsForm,
)
from sutura.coordination.models import Body, Instrument, Paragraph
from sutura.coordination.pages import instruments as pages
from sutura.coordination.pages.recommendations import lists
from sutura.coordination.services import instruments as services
from sutura.library.models import Document

LIST = Up(gettext_lazy("Council and parties"), "coordination:instruments")
GIVEN = ("body", "kind", "reference", "title", "dated_on", "party_code")


@needs("coordination.read", "coordination.manage")
def instrument_list(request: HttpRequest) -> HttpResponse:
    """The texts that one's bodies follow."""
    return render(request, "coordination/instrument_list.html", pages.listed(request.user, request.GET))


@needs("coordination.manage")
def instrument_new(request: HttpRequest) -> HttpResponse:
    """A text to follow; another page may hand in what it knows of it."""
    given = {name: request.GET[name] for name in GIVEN if request.GET.get(name)}
    bodies = _kept(request).working()
    form = InstrumentForm(typed(request), initial=given, bodies=bodies, documents=_documents(request))
    made: list[Instrument] = []
    if done(form, lambda said: made.append(services.add_instrument(by=request.user, **said))):
        return redirect(made[0])
    return form_page(request, form, title=_("Follow a text"), back=LIST, verb=_("Follow it"))


@needs("coordination.read", "coordination.manage")
def instrument(request: HttpRequest, public_id: str) -> HttpResponse:
    """Paragraph by paragraph: what was recommended, where it stands, what is late, of what nothing was made."""
    rows = Instrument.objects.visible_to(request.user).select_related("body", "document")
    found = get_object_or_404(rows, public_id=public_id)
    return render(request, "coordination/instrument.html", pages.board(request.user, found, request.GET))


@needs("coordination.manage")
def instrument_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct what is said of a text."""
    found = _instrument(request, public_id)
    form = ChangeInstrumentForm(
        typed(request), initial=pages.said(found), bodies=None, documents=_documents(request)
    )
    if done(form, lambda said: services.change_instrument(instrument=found, by=request.user, **said)):
        return redirect(found)
    return form_page(request, form, title=_("Change this text"), back=found)


@needs("coordination.manage")
def paragraphs_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add paragraphs as they are pasted."""
    found = _instrument(request, public_id)
    form = ParagraphsForm(typed(request))
    if done(form, lambda said: services.add_paragraphs(instrument=found, by=request.user, **said)):
        return redirect(found)
    title = _("Add articles") if found.is_plan else _("Add paragraphs")
    return form_page(request, form, title=title, back=found, verb=_("Add them"))


@needs("coordination.manage")
def paragraph_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct a paragraph, or say why it calls for nothing here."""
    found = _paragraph(request, public_id)
    now = {name: getattr(found, name) for name in ("number", "text", "addressee", "aside")}
    form = ParagraphForm(typed(request), initial=now)
    if done(form, lambda said: services.change_paragraph(paragraph=found, by=request.user, **said)):
        return redirect(found)
    found.refresh_from_db()
    return form_page(request, form, title=found.name, back=found.instrument)


@needs("coordination.manage")
def paragraph_recommend(request: HttpRequest, public_id: str) -> HttpResponse:
    """A recommendation born of a paragraph."""
    found = _paragraph(request, public_id)
    form = ParagraphRecommendationForm(typed(request), **lists(request.user))
    if done(form, lambda said: services.recommend(paragraph=found, by=request.user, **said)):
        return redirect(found)
    page: dict[str, Any] = {"title": _("Recommend"), "eyebrow": found, "text": found.text}
    return form_page(request, form, back=found.instrument, **page)


def _kept(request: HttpRequest) -> Any:
    return Body.objects.visible_to(request.user).kept_by(request.user)


def _documents(request: HttpRequest) -> Any:
    return Document.objects.visible_to(request.user)


def _instrument(request: HttpRequest, public_id: str) -> Instrument:
    """A text whose body the person keeps."""
    found = Instrument.objects.visible_to(request.user).filter(body__in=_kept(request))
    return get_object_or_404(found.select_related("body", "document"), public_id=public_id)


def _paragraph(request: HttpRequest, public_id: str) -> Paragraph:
    found = Paragraph.objects.visible_to(request.user).filter(instrument__body__in=_kept(request))
    return get_object_or_404(found.select_related("instrument__body"), public_id=public_id)
