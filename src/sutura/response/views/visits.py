"""Visits to places: the list, one visit and its acts, its children, what it leaves to do."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import typed
from sutura.access.views import needs
from sutura.response.asking import asked
from sutura.response.forms.visits import EndForm, FirstForm, PlanForm, SeenForm, ToDoForm
from sutura.response.models import ToDo, Visit
from sutura.response.pages import access as doors
from sutura.response.pages import visits as pages
from sutura.response.querysets import COUNTS, KEEP, READ
from sutura.response.services import visits as services
from sutura.response.services.seen import note_child, open_child
from sutura.response.visit_acts import ACTS


@needs(READ)
def visits(request: HttpRequest) -> HttpResponse:
    """What waits, and what visits left to do."""
    return render(request, "response/visit_list.html", pages.listed(request.user, request.GET))


@needs(READ)
def access(request: HttpRequest) -> HttpResponse:
    """Which doors opened and which stayed shut."""
    return render(request, "response/visit_access.html", doors.access(request.user))


@needs(COUNTS)
def reach(request: HttpRequest) -> HttpResponse:
    """The same and approaches, as counts in steps of five."""
    return render(request, "response/reach_counts.html", doors.counts(request.user))


@needs(KEEP)
def visit_new(request: HttpRequest) -> HttpResponse:
    """Plan a visit."""
    form = PlanForm(typed(request), by=request.user, initial={"site": request.GET.get("site", "")})
    return asked(
        request,
        form,
        services.plan_visit,
        title=_("Plan a visit"),
        list="response:visits",
        button=_("Plan it"),
    )


@needs(READ)
def visit(request: HttpRequest, public_id: str) -> HttpResponse:
    """One visit."""
    found = _visit(request, public_id)
    return render(request, "response/visit_detail.html", pages.detail(request.user, found))


@needs(KEEP)
def visit_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """One act of a visit."""
    found = _visit(request, public_id)
    if act not in ACTS:
        raise Http404
    form = ACTS[act].form(typed(request), initial={name: getattr(found, name) for name in services.FOUND})
    do = partial(ACTS[act].service, visit=found)
    return asked(request, form, do, to=found, title=ACTS[act].title, text=ACTS[act].text, back=found)


@needs(KEEP)
def visit_child(request: HttpRequest, public_id: str) -> HttpResponse:
    """A child followed was seen, or not found."""
    found = _visit(request, public_id)
    form = SeenForm(typed(request), by=request.user, initial={"docket": request.GET.get("docket", "")})
    text = _("Each answer becomes a line of the docket: the clocks read it there, and it is not typed twice.")
    act = partial(note_child, visit=found)
    return asked(request, form, act, to=found, title=_("A child of this visit"), text=text, back=found)


@needs(KEEP)
def visit_first(request: HttpRequest, public_id: str) -> HttpResponse:
    """A child whom nobody followed yet."""
    found = _visit(request, public_id)
    text = _("A docket is opened, by a code made by chance. No name, no story: they stay in case management.")
    act = partial(open_child, visit=found)
    title = _("A child seen for the first time")
    return asked(request, FirstForm(typed(request)), act, to=found, title=title, text=text, back=found)


@needs(KEEP)
def to_do_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Something to do after a visit."""
    found = _visit(request, public_id)
    form = ToDoForm(typed(request), initial={"organisation": found.lead.public_id})
    act = partial(services.leave_to_do, visit=found)
    return asked(request, form, act, to=found, title=_("Something to do"), back=found)


@needs(KEEP)
def to_do_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """What became of it."""
    rows = ToDo.objects.visible_to(request.user).open().select_related("visit")
    found = get_object_or_404(rows, public_id=public_id)
    act = partial(services.end_to_do, to_do=found)
    title = found.get_task_display().capitalize()
    return asked(request, EndForm(typed(request)), act, to=found.visit, title=title, back=found.visit)


def _visit(request: HttpRequest, public_id: str) -> Visit:
    rows = Visit.objects.visible_to(request.user).select_related("site__place", "lead")
    return get_object_or_404(rows, public_id=public_id)
