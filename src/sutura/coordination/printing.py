"""A paper as its reader wants it: a page to read and print, a Word document to write in, a PDF to hand round."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sutura.audit.serving import made_out
from sutura.coordination import documents, press
from sutura.coordination.papers import Paper


def shown(request: HttpRequest, paper: Paper, *, back: Any) -> HttpResponse:
    """The page of a paper; its files lie below its own address."""
    return render(request, "coordination/paper.html", {"paper": paper, "back": back, "here": request.path})


def as_word(request: HttpRequest, paper: Paper, *, of: Any) -> HttpResponse:
    """The Word document, on record before it leaves."""
    content, name = documents.as_docx(paper), f"{paper.name}.docx"
    return made_out(content, documents.MIME, of=of, by=request.user, act="coordination.take_paper", name=name)


def as_pdf(request: HttpRequest, paper: Paper, *, of: Any) -> HttpResponse:
    """The PDF, on record before it leaves; back to the record with a sentence when the press cannot finish it."""
    try:
        content = press.as_pdf(paper)
    except press.NotPrinted as reason:
        messages.error(request, str(reason))
        return redirect(of)
    return made_out(
        content, press.MIME, of=of, by=request.user, act="coordination.take_paper", name=f"{paper.name}.pdf"
    )
