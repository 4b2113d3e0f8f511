"""The minutes: written live on one page, who came, what members comment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination.asking import form_page
from sutura.coordination.attending import Roll
from sutura.coordination.forms.meetings import AnswerForm, CommentForm, ItemForm
from sutura.coordination.models import Comment
from sutura.coordination.services import agenda, minutes
from sutura.coordination.views.meetings import kept, seen
from sutura.coordination.writing import Sheet


@needs("coordination.manage")
def minutes_write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write what is said, point by point; saved as one types, and by one button."""
    meeting = kept(request, public_id)
    sheet = Sheet(meeting, typed(request))
    saved = request.method == "POST" and sheet.kept(by=request.user)
    if "autosave" in request.POST:
        return JsonResponse(sheet.told(), safe=False, status=200 if saved else 409)
    if saved:
        return redirect(meeting)
    page = {
        "meeting": meeting,
        "points": sheet.points,
        "item_form": ItemForm(),
        "clashing": request.method == "POST",
    }
    return render(request, "coordination/minutes.html", page, status=409 if request.method == "POST" else 200)


@needs("coordination.manage")
def minutes_item(request: HttpRequest, public_id: str) -> HttpResponse:
    """A point that nobody had foreseen."""
    meeting = kept(request, public_id)
    form = ItemForm(typed(request))
    if done(form, lambda said: agenda.add_item(meeting=meeting, by=request.user, **said)):
        return redirect("coordination:minutes", meeting.public_id)
    return form_page(request, form, title=_("Add a point"), back=meeting, verb=_("Add"))


@needs("coordination.manage")
def attendance(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who came, organisation by organisation."""
    meeting = kept(request, public_id)
    roll = Roll(meeting, typed(request))
    if request.method == "POST" and roll.kept(by=request.user):
        return redirect(meeting)
    page = {"meeting": meeting, "lines": roll.lines}
    return render(
        request, "coordination/attendance.html", page, status=422 if request.method == "POST" else 200
    )


@needs("coordination.read")
def comment_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """A member asks for a change of the draft."""
    meeting = seen(request, public_id)
    form = CommentForm(typed(request))
    if done(form, lambda said: minutes.comment(meeting=meeting, by=request.user, **said)):
        return redirect(meeting)
    return form_page(request, form, title=_("Comment on the minutes"), back=meeting, verb=_("Send"))


@needs("coordination.manage")
def comment_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """What became of a comment."""
    found = Comment.objects.visible_to(request.user).select_related("meeting__body", "organisation")
    comment = get_object_or_404(found, public_id=public_id)
    meeting = kept(request, str(comment.meeting.public_id))
    form = AnswerForm(typed(request), initial={"answer": comment.answer})
    if done(form, lambda said: minutes.answer_comment(comment=comment, by=request.user, **said)):
        return redirect(meeting)
    return form_page(request, form, title=_("Answer a comment"), back=meeting, text=comment.text)
