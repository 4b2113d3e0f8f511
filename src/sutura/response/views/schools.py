"""Safe schools: the list, one school, its lines, what the education cluster waits for, and the commitments."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sutura.access.asking import typed
from sutura.access.views import needs
from sutura.audit.serving import made_out
from sutura.coordination import press
from sutura.places.resolver import Register
from sutura.response.asking import asked
from sutura.response.choices.schools import Line
from sutura.response.forms import schools as forms
from sutura.response.models import School, SchoolAction, SchoolLine
from sutura.response.pages import school as one
from sutura.response.pages import schools as pages
from sutura.response.pages.school_counts import counts
from sutura.response.pages.school_paper import note
from sutura.response.pages.worklist import region_names
from sutura.response.querysets import COUNTS, KEEP, READ
from sutura.response.services import schools as services
from sutura.response.services.declaration import follow_declaration


@needs(READ)
def schools(request: HttpRequest) -> HttpResponse:
    """The schools of one's regions, figures, commitments."""
    return render(request, "response/school_list.html", pages.listed(request.user, request.GET))


@needs(READ)
def school(request: HttpRequest, public_id: str) -> HttpResponse:
    """One school that is followed."""
    known = one.of_school(request.user, _school(request, public_id))
    return render(request, "response/school_detail.html", one.page(request.user, known))


@needs(READ)
def school_of(request: HttpRequest, public_id: str) -> HttpResponse:
    """The school that an incident tells of."""
    known = one.of_violation(request.user, public_id)
    if known.school:
        return redirect(known.school)
    return render(request, "response/school_detail.html", one.page(request.user, known))


@require_POST
@needs(KEEP)
def school_follow(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin to follow the school that an incident tells of."""
    known = one.of_violation(request.user, public_id)
    if one.nameless(known):
        return redirect("response:school_of", public_id)
    told = known.told[0]
    made = services.follow_school(
        place=told.incident.place,
        facility=told.detail.facility,
        name=told.detail.facility_name,
        by=request.user,
    )
    return redirect(made)


@needs(KEEP)
def school_new(request: HttpRequest) -> HttpResponse:
    """Follow a school that no incident names."""
    text = _("One of the register is found by its name and place. A school is never kept twice.")
    form = forms.SchoolForm(typed(request))
    return asked(
        request, form, services.follow_school, title=_("Follow a school"), text=text, list="response:schools"
    )


@needs(KEEP)
def school_note(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Note what became of a school."""
    found = _school(request, public_id)
    if kind not in Line.values:
        raise Http404
    act = partial(services.note_line, school=found, kind=kind)
    form = forms.LineForm(typed(request), kind=kind)
    return asked(request, form, act, to=found, title=Line(kind).label, back=found)


@needs(KEEP)
def school_correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct a line by a further one."""
    line = _line(request, public_id)
    act = partial(services.correct_line, line=line)
    form = forms.CorrectLineForm(typed(request), kind=line.kind, initial=forms.line_said(line))
    text = _("What was noted stays to be read; the new line takes its place.")
    title = _("Correct: %(kind)s") % {"kind": Line(line.kind).label}
    drop = reverse("response:school_take_back", args=[line.public_id])
    return asked(request, form, act, to=line.school, title=title, back=line.school, text=text, drop_url=drop)


@needs(KEEP)
def school_take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a line back."""
    line = _line(request, public_id)
    act = partial(services.take_back_line, line=line)
    title = _("Take back: %(kind)s") % {"kind": Line(line.kind).label}
    text = _("Only for what did not happen, or not to this school. The line stays to be read.")
    form = forms.TakeBackLineForm(typed(request))
    return asked(
        request, form, act, to=line.school, title=title, back=line.school, text=text, button=_("Take it back")
    )


@needs(KEEP)
def school_action_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the education cluster waits for."""
    found = _school(request, public_id)
    act = partial(services.plan_action, school=found)
    title = _("An action of the education cluster")
    return asked(request, forms.ActionForm(typed(request)), act, to=found, title=title, back=found)


@needs(KEEP)
def school_action(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far an action has come."""
    rows = SchoolAction.objects.visible_to(request.user).select_related("school")
    found = get_object_or_404(rows, public_id=public_id)
    act = partial(services.answer_action, action=found)
    form = forms.AnswerActionForm(typed(request), initial=forms.action_said(found))
    return asked(
        request, form, act, to=found.school, title=found.get_task_display().capitalize(), back=found.school
    )


@needs(READ)
def school_actions(request: HttpRequest) -> HttpResponse:
    """What is waited for in all schools, the latest first."""
    return render(request, "response/school_actions.html", pages.actions(request.user))


@needs(READ)
def school_paper(request: HttpRequest, region: str) -> HttpResponse:
    """The note of a region for the meeting with the academy, as PDF, on record before it leaves."""
    if region not in region_names(request.user):
        raise Http404
    paper, unit = note(request.user, region), Register.current().coded(region).unit
    try:
        content = press.as_pdf(paper)
    except press.NotPrinted as reason:
        messages.error(request, str(reason))
        return redirect("response:schools")
    return made_out(
        content,
        press.MIME,
        of=unit,
        by=request.user,
        act="response.take_school_note",
        name=f"{paper.name}.pdf",
    )


@needs(COUNTS)
def school_counts(request: HttpRequest) -> HttpResponse:
    """Schools in numbers, none of them named."""
    return render(request, "response/school_counts.html", counts(request.user))


@needs("coordination.manage")
def declaration_new(request: HttpRequest) -> HttpResponse:
    """A body follows the commitments of the Declaration from now on."""
    form = forms.DeclarationForm(typed(request), by=request.user)
    text = _(
        "Its commitments come in our own words, with their source: correct them against the text itself."
    )
    return asked(
        request, form, follow_declaration, title=_("Follow the Safe Schools Declaration"), text=text,
        list="coordination:instruments",
    )  # fmt: skip


def _school(request: HttpRequest, public_id: str) -> School:
    return get_object_or_404(School.objects.visible_to(request.user), public_id=public_id)


def _line(request: HttpRequest, public_id: str) -> SchoolLine:
    rows = SchoolLine.objects.visible_to(request.user).standing().select_related("school")
    return get_object_or_404(rows, public_id=public_id)
