"""Advocacy: the list of approaches, one approach, what was answered, the sealed words for a reason."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import typed
from sutura.access.errors import DomainError
from sutura.access.views import needs
from sutura.people.stepup import fresh
from sutura.response.asking import asked
from sutura.response.forms.advocacy import ApproachForm, ReplyForm, VoidForm
from sutura.response.forms.steps import WhyForm
from sutura.response.models import Approach
from sutura.response.pages import advocacy as pages
from sutura.response.querysets import KEEP, READ
from sutura.response.services.advocacy import make_approach, note_reply, void_approach
from sutura.response.serving import read_words
from sutura.vault.session import closed, to_unlock


@needs(READ)
def approaches(request: HttpRequest) -> HttpResponse:
    """Whose next step is late, and why."""
    return render(request, "response/approach_list.html", pages.listed(request.user, request.GET))


@needs(KEEP)
def approach_new(request: HttpRequest) -> HttpResponse:
    """Note an approach."""
    form = ApproachForm(typed(request), by=request.user, initial=pages.begun(request.user, request.GET))
    text = _("What was asked of which office. Of a child it writes the line of the docket: it is noted once.")
    act = partial(make_approach, visit=pages.visit_of(request.user, request.GET))
    return asked(request, form, act, title=_("Note an approach"), text=text, list="response:approaches")


@needs(READ)
def approach(request: HttpRequest, public_id: str) -> HttpResponse:
    """One approach."""
    found = _approach(request, public_id)
    return render(request, "response/approach_detail.html", pages.detail(request.user, found))


@needs(KEEP)
def reply_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was answered, and what comes next."""
    found = _approach(request, public_id)
    form = ReplyForm(typed(request), initial={"office": found.office})
    act = partial(note_reply, approach=found)
    return asked(request, form, act, to=found, title=_("Answer and next step"), back=found)


@needs(KEEP)
def approach_void(request: HttpRequest, public_id: str) -> HttpResponse:
    """It was noted by mistake."""
    found = _approach(request, public_id)
    text = _("It counts no more, and its lines in dockets are taken back with it. Both stay to be read.")
    act = partial(void_approach, approach=found)
    title = _("Take the approach back")
    return asked(request, VoidForm(typed(request)), act, to=found, title=title, text=text, back=found)


@needs(READ)
@fresh
def approach_words(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sealed words, for a reason."""
    if closed(request):
        return to_unlock(request)
    found = _approach(request, public_id)
    form = WhyForm(typed(request))
    if form.is_bound and form.is_valid():
        try:
            opened = read_words(found, by=request.user, reason=form.cleaned_data["why"])
            shown = pages.detail(request.user, found, opened=opened)
            return render(request, "response/approach_detail.html", shown)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    page = {"form": form, "title": _("Open the words"), "back": found, "button": _("Open")}
    return render(request, "response/form.html", page, status=422 if form.is_bound else 200)


def _approach(request: HttpRequest, public_id: str) -> Approach:
    rows = Approach.objects.visible_to(request.user).select_related(
        "organisation", "party", "made_for", "site", "visit"
    )
    return get_object_or_404(rows, public_id=public_id)
