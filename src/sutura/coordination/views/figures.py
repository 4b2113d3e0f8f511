"""The figures of a body: its dashboard, the rows behind each figure, and who came to which meeting."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from sutura.access.views import needs
from sutura.coordination.choices.ownership import FIGURES
from sutura.coordination.handover import contents
from sutura.coordination.models import Body
from sutura.coordination.pages import attendance
from sutura.coordination.pages import figures as pages
from sutura.coordination.serving import pack_of
from sutura.people.stepup import fresh_to_post


@needs("coordination.read", "coordination.manage")
def dashboard(request: HttpRequest, public_id: str) -> HttpResponse:
    """The body on one page: who holds it, how regularly it meets, what came of what it asked."""
    shown = pages.Dashboard(request.user, seen(request, public_id), request.GET).page()
    return render(request, "coordination/dashboard.html", shown, status=422 if shown["form"].errors else 200)


@needs("coordination.read", "coordination.manage")
def figure(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """What one figure means, and the meetings or recommendations it counts."""
    if name not in FIGURES:
        raise Http404
    shown = pages.rows_page(request.user, seen(request, public_id), name, request.GET)
    return render(
        request, "coordination/figure_rows.html", shown, status=422 if shown["form"].errors else 200
    )


@needs("coordination.read", "coordination.manage")
def attendance_matrix(request: HttpRequest, public_id: str) -> HttpResponse:
    """Organisation by meeting: present, represented, excused, absent."""
    shown = attendance.matrix(request.user, seen(request, public_id), request.GET)
    return render(
        request, "coordination/attendance_matrix.html", shown, status=422 if shown["form"].errors else 200
    )


@needs("coordination.manage")
@fresh_to_post
def hand_over(request: HttpRequest, public_id: str) -> HttpResponse:
    """What whoever takes the body over will find, and the archive of it all."""
    body = get_object_or_404(Body.objects.visible_to(request.user).kept_by(request.user), public_id=public_id)
    if request.method == "POST":
        return pack_of(body, by=request.user)  # type: ignore[return-value]  # Django’s other kind of answer
    shown = {"body": body, "sections": contents(body, request.user)}
    return render(request, "coordination/handover.html", shown)


def seen(request: HttpRequest, public_id: str) -> Body:
    """A body which the person may read."""
    return get_object_or_404(Body.objects.visible_to(request.user), public_id=public_id)
