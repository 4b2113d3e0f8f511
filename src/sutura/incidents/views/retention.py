"""Files whose time has come."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sutura.access.views import needs
from sutura.incidents import retention


@require_safe
@needs("incidents.void")
def review(request: HttpRequest) -> HttpResponse:
    """Files to keep on or to shred, in the regions where the person may decide it."""
    return render(request, "incidents/retention.html", retention.page(request.user))
