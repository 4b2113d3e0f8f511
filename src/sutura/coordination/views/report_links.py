"""The page behind a link for one report: open to whoever holds it, and it shows one recommendation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sutura.access.asking import done
from sutura.coordination.forms.recommendations import LinkReportForm
from sutura.coordination.services.reports import LINK_REFUSALS, refusal_of, report_by_link
from sutura.coordination.tokens import link_of
from sutura.security.links import let


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_link(request: HttpRequest, token: str) -> HttpResponse:
    """The text, the day, and one report; a link that no longer opens says why, and shows nothing."""
    if not let(request, "coordination.report", token):
        return _page(request, {"too_many": True}, 429)
    link = link_of(token)
    if link is None:
        raise Http404
    refusal = refusal_of(link, link.recommendation)
    if refusal:
        return _page(request, {"refusal": LINK_REFUSALS[refusal]}, 410)
    found = link.recommendation
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = LinkReportForm(data, files)
    if done(form, lambda said: report_by_link(link=link, **said)):
        return _page(request, {"received": True}, 200)
    shown = {"form": form, "text": found.text, "due_on": found.due_on}
    return _page(request, shown, 422 if form.is_bound else 200)


def _page(request: HttpRequest, shown: dict, status: int) -> HttpResponse:
    answer = render(request, "coordination/report_link.html", shown, status=status)
    # The address is the key: no search engine keeps it. (No other site is told of it either, as for all pages of ours.)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
