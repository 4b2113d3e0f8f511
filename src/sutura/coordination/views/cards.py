"""Capitalisation cards: written by members, agreed to by their source, validated by another person."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination.asking import form_page
from sutura.coordination.card_acts import ACTS
from sutura.coordination.forms.publications import CardForm, NewCardForm
from sutura.coordination.models import Card
from sutura.coordination.pages import cards as pages
from sutura.coordination.pages.bodies import now
from sutura.coordination.services import cards


@needs("coordination.read")
def card_list(request: HttpRequest) -> HttpResponse:
    """What the bodies learn, by state; the filters live in the address."""
    return render(request, "coordination/card_list.html", pages.cards_page(request.user, request.GET))


@needs("coordination.read")
def card_new(request: HttpRequest) -> HttpResponse:
    """Tell what others may learn from."""
    form = NewCardForm(typed(request), bodies=pages.bodies_of(request.user), **pages.lists(request.user))
    made: list[Card] = []
    if done(form, lambda said: made.append(cards.write_card(by=request.user, **said))):
        return redirect(made[0])
    text = _("Another person validates it; a report tells it only if its source agrees.")
    return form_page(request, form, title=_("New card"), text=text, verb=_("Send"))


@needs("coordination.read")
def card(request: HttpRequest, public_id: str) -> HttpResponse:
    """One card."""
    return render(request, "coordination/card.html", pages.detail(request.user, _found(request, public_id)))


@needs("coordination.read")
def card_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write it anew, while it is not validated."""
    found = _found(request, public_id)
    form = CardForm(typed(request), initial=now(found, CardForm), **pages.lists(request.user))
    if done(form, lambda said: cards.change_card(card=found, by=request.user, **said)):
        return redirect(found)
    return form_page(request, form, title=_("Change this card"), back=found)


@needs("coordination.read")
def card_act(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Validate it, send it back, note the consent of its source or its end, withdraw it."""
    found, act = _found(request, public_id), ACTS.get(name)
    if act is None:
        raise Http404
    form = act.form(typed(request))
    if done(form, lambda said: act.do(card=found, by=request.user, **said)):
        return redirect(found)
    return form_page(request, form, title=act.label, back=found, text=act.text, verb=act.label)


def _found(request: HttpRequest, public_id: str) -> Card:
    rows = Card.objects.visible_to(request.user)
    rows = rows.select_related("body", "organisation", "theme", "document", "written_by", "validated_by")
    return get_object_or_404(rows, public_id=public_id)
