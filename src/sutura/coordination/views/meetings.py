"""Meetings: planned, led from state to state, their agenda made with the members."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination import printing
from sutura.coordination.acts import ACTS
from sutura.coordination.asking import form_page, tried
from sutura.coordination.forms.meetings import (
    HeldForm,
    ItemForm,
    MeetingForm,
    NewMeetingForm,
    ProposalForm,
    VerdictForm,
)
from sutura.coordination.models import AgendaItem, Body, Meeting, Proposal
from sutura.coordination.pages import meetings as pages
from sutura.coordination.pages.bodies import now
from sutura.coordination.pages.mailings import beforehand
from sutura.coordination.papers import PAPERS, Paper
from sutura.coordination.services import agenda, meetings
from sutura.partners.models import Organisation


@needs("coordination.read", "coordination.manage")
def meeting_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One meeting: where it stands, its agenda, who came, its papers."""
    return render(
        request, "coordination/meeting_detail.html", pages.meeting(seen(request, public_id), request.user)
    )


@needs("coordination.manage")
def meeting_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Plan a meeting of a body."""
    body = get_object_or_404(Body.objects.visible_to(request.user).kept_by(request.user), public_id=public_id)
    form = NewMeetingForm(typed(request), initial={"venue": body.venue})
    made: list[Meeting] = []
    if done(form, lambda said: made.append(meetings.plan_meeting(body=body, by=request.user, **said))):
        return redirect(made[0])
    text = _("Its agenda fills itself with what is due; you complete it afterwards.")
    return form_page(request, form, title=_("Plan a meeting"), back=body, text=text, verb=_("Plan"))


@needs("coordination.manage")
def meeting_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """The hours and the place."""
    meeting = kept(request, public_id)
    form = MeetingForm(typed(request), initial=now(meeting, MeetingForm))
    if done(form, lambda said: meetings.change_meeting(meeting=meeting, by=request.user, **said)):
        return redirect(meeting)
    return form_page(request, form, title=_("Hours and place"), back=meeting)


@needs("coordination.manage")
def meeting_act(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Lead a meeting to its next state."""
    meeting, act = kept(request, public_id), ACTS.get(name)
    if act is None:
        raise Http404
    more: Any = {"organisations": Organisation.objects.visible_to(request.user).in_use()}
    form = act.form(typed(request), **(more if act.form is HeldForm else {}))
    if done(form, lambda said: act.do(meeting=meeting, by=request.user, **said)):
        return redirect(act.after(meeting))
    text = f"{act.text} {beforehand(meeting, act.notice)}" if act.notice else act.text
    return form_page(request, form, title=act.label, back=meeting, text=text, verb=act.label)


@needs("coordination.manage")
def agenda_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Complete the agenda: add a point, move one, take one off."""
    meeting = kept(request, public_id)
    form = ItemForm(typed(request))
    if done(form, lambda said: agenda.add_item(meeting=meeting, by=request.user, **said)):
        return redirect("coordination:agenda", meeting.public_id)
    page = {"meeting": meeting, "form": form, "items": list(meeting.items.all())}
    return render(request, "coordination/agenda.html", page, status=422 if form.is_bound else 200)


@require_POST
@needs("coordination.manage")
def agenda_act(request: HttpRequest, public_id: str, item_id: str, act: str) -> HttpResponse:
    """Move a point up or down, or take it off."""
    meeting = kept(request, public_id)
    item = get_object_or_404(
        AgendaItem.objects.visible_to(request.user).filter(meeting=meeting), public_id=item_id
    )
    if act == "drop":
        tried(request, agenda.drop_item, item=item)
    else:
        step = -1 if act == "up" else 1
        tried(request, agenda.order_agenda, meeting=meeting, items=moved(meeting, item, step))
    return redirect("coordination:agenda", meeting.public_id)


@require_POST
@needs("coordination.manage")
def agenda_fill(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put on the agenda what has fallen due."""
    meeting = kept(request, public_id)
    tried(request, agenda.fill_agenda, meeting=meeting)
    return redirect("coordination:agenda", meeting.public_id)


@needs("coordination.read")
def proposal_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """A member proposes a point."""
    meeting = seen(request, public_id)
    form = ProposalForm(typed(request))
    if done(form, lambda said: agenda.propose(meeting=meeting, by=request.user, **said)):
        return redirect(meeting)
    return form_page(request, form, title=_("Propose a point"), back=meeting, verb=_("Propose"))


@require_POST
@needs("coordination.read")
def proposal_support(request: HttpRequest, public_id: str) -> HttpResponse:
    """A member stands behind a point."""
    proposal = _proposal(request, public_id)
    tried(request, agenda.support, proposal=proposal)
    return redirect(proposal.meeting)


@needs("coordination.manage")
def proposal_judge(request: HttpRequest, public_id: str) -> HttpResponse:
    """What becomes of a proposed point."""
    proposal = _proposal(request, public_id)
    kept(request, str(proposal.meeting.public_id))
    form = VerdictForm(typed(request))
    if done(form, lambda said: agenda.judge_proposal(proposal=proposal, by=request.user, **said)):
        return redirect(proposal.meeting)
    return form_page(
        request, form, title=_("Decide on a point"), eyebrow=proposal, back=proposal.meeting, verb=_("Decide")
    )


@needs("coordination.read", "coordination.manage")
def paper(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """A paper of the meeting as a page, to be read and printed."""
    meeting, found = _paper(request, public_id, name)
    return printing.shown(request, found, back=meeting)


@needs("coordination.read", "coordination.manage")
def paper_file(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """The same as a Word document."""
    meeting, found = _paper(request, public_id, name)
    return printing.as_word(request, found, of=meeting)


@needs("coordination.read", "coordination.manage")
def paper_pdf(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """The same as PDF."""
    meeting, found = _paper(request, public_id, name)
    return printing.as_pdf(request, found, of=meeting)


def seen(request: HttpRequest, public_id: str) -> Meeting:
    """A meeting which the person may read."""
    found = Meeting.objects.visible_to(request.user).select_related("body", "chaired_by", "minuted_by")
    return get_object_or_404(found, public_id=public_id)


def kept(request: HttpRequest, public_id: str) -> Meeting:
    """A meeting of a body which the person keeps; any other does not exist for these pages."""
    found = Meeting.objects.visible_to(request.user).select_related("body")
    return get_object_or_404(
        found, public_id=public_id, body__in=Body.objects.visible_to(request.user).kept_by(request.user)
    )


def moved(meeting: Meeting, item: AgendaItem, by: int) -> list[AgendaItem]:
    """The points with one of them moved a place."""
    items = list(meeting.items.all())
    at = items.index(item)
    items.insert(min(max(at + by, 0), len(items) - 1), items.pop(at))
    return items


def _paper(request: HttpRequest, public_id: str, name: str) -> tuple[Meeting, Paper]:
    """One of the papers of a meeting which the person may read."""
    meeting, made = seen(request, public_id), PAPERS.get(name)
    if made is None:
        raise Http404
    return meeting, made(meeting)


def _proposal(request: HttpRequest, public_id: str) -> Proposal:
    found = Proposal.objects.visible_to(request.user).select_related("meeting__body", "organisation")
    return get_object_or_404(found, public_id=public_id)
