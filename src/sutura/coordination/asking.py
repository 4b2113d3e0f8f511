"""What every form of these pages does: read what was posted, try the act, say a refusal at its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from sutura.access.errors import DomainError


def typed(request: HttpRequest) -> QueryDict | None:
    """What was posted, be it nothing; None when the form is only asked for."""
    return request.POST if request.method == "POST" else None


def done(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether what was typed is valid and the act went through; a refusal stands at its field."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    return form.is_valid()


def tried(request: HttpRequest, act: Callable[..., object], **said: Any) -> None:
    """An act of one button: what it refuses is told over the next page."""
    try:
        act(by=request.user, **said)
    except DomainError as error:
        messages.error(request, str(error))


def form_page(request: HttpRequest, form: forms.Form, **page: Any) -> HttpResponse:
    """The page of one form: `title`, `back` (a record with an address), `verb` of the button, `text` before it."""
    return render(
        request, "coordination/form.html", {"form": form, **page}, status=422 if form.is_bound else 200
    )
