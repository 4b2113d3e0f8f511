"""The referral form as its reader wants it: a page to print, or a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sutura.audit.serving import made_out
from sutura.coordination import press
from sutura.response import papers
from sutura.response.models import Referral
from sutura.response.pages.referrals import LABELS
from sutura.security.downloads import as_download


def page(request: HttpRequest, packet: Mapping[str, Any], *, back: Referral | None = None) -> HttpResponse:
    """The form on a page."""
    paper = papers.form(packet, LABELS)
    return render(request, "response/form_print.html", {"paper": paper, "back": back, "here": request.path})


def pdf(request: HttpRequest, packet: Mapping[str, Any], *, of: Referral | None = None) -> HttpResponse:
    """The form as a file; a filled one is on record before it leaves."""
    paper = papers.form(packet, LABELS)
    try:
        content = press.as_pdf(paper)
    except press.NotPrinted as reason:
        messages.error(request, str(reason))
        return redirect(of or "response:blank")
    name = f"{paper.name}.pdf"
    if of is None:
        return as_download(HttpResponse(content, content_type=press.MIME), name)
    return made_out(content, press.MIME, of=of, by=request.user, act="response.take_form", name=name)
