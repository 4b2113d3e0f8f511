"""An act of one button, and the page of one form, as these pages show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from sutura.access.asking import done as done
from sutura.access.asking import typed as typed
from sutura.access.errors import DomainError


class Up(NamedTuple):
    """A list to go back to from the page of one form, where there is no record yet."""

    label: str | Promise
    name: str

    def __str__(self) -> str:
        return str(self.label)

    def get_absolute_url(self) -> str:
        """Where it is."""
        return reverse(self.name)


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
