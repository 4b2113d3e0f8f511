"""The calendar of the bodies, one's reminders, and the address under which a calendar program reads one's days."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sutura.access.asking import done, typed
from sutura.access.views import needs
from sutura.coordination.feeds import feed_of, written
from sutura.coordination.forms.reminders import ReminderForm
from sutura.coordination.pages import calendar as pages
from sutura.coordination.services import reminders as services
from sutura.security.links import let

READINGS = "30/h/key,240/h/ip"  # programs ask for a calendar a few times an hour


@needs("coordination.read")
def calendar(request: HttpRequest) -> HttpResponse:
    """A month, day by day."""
    return render(request, "coordination/calendar.html", pages.month_page(request.user, request.GET))


@needs("coordination.read")
def reminders(request: HttpRequest) -> HttpResponse:
    """How often one is reminded, and the address of one's calendar."""
    form = ReminderForm(typed(request), initial=pages.reminder_said(request.user))
    if done(form, lambda said: services.set_reminder(by=request.user, **said)):
        messages.success(request, _("Your reminders are set."))
        return redirect("coordination:reminders")
    page = pages.reminders_page(request.user) | {"form": form}
    return render(request, "coordination/reminders.html", page, status=422 if form.is_bound else 200)


@never_cache
@require_POST
@needs("coordination.read")
def feed_make(request: HttpRequest) -> HttpResponse:
    """A new address, shown this once."""
    secret = services.make_feed(by=request.user)
    address = request.build_absolute_uri(reverse("coordination:feed", args=[secret]))
    return render(request, "coordination/feed_made.html", {"address": address})


@require_POST
@needs("coordination.read")
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """The address opens nothing any more."""
    services.revoke_feed(by=request.user)
    messages.success(request, _("The address is revoked: your calendar program reads nothing more."))
    return redirect("coordination:reminders")


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address."""
    if not let(request, "coordination.feed", secret, rates=READINGS, readings=True):
        return HttpResponse(status=429)
    found = feed_of(secret)
    if found is None:
        raise Http404
    answer = HttpResponse(written(found, timezone.now()), content_type="text/calendar; charset=utf-8")
    # The address is the key: no search engine keeps it.
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
