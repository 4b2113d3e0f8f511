"""Messages to members that did not leave, tried again by hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sutura.access.views import needs
from sutura.coordination import post
from sutura.coordination.asking import tried
from sutura.coordination.views.meetings import kept


@require_POST
@needs("coordination.manage")
def mail_again(request: HttpRequest, public_id: str, notice: str) -> HttpResponse:
    """Mail it to those who did not get it, at the addresses of now."""
    meeting = kept(request, public_id)
    tried(request, post.announce, meeting=meeting, notice=notice)
    return redirect(f"{meeting.get_absolute_url()}#mailed")
