"""The page of one short form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(request: HttpRequest, form: forms.Form, **page: Any) -> HttpResponse:
    """`title`, `back` (what it is about), `verb` of the button, `text` before it."""
    return render(request, "mhpss/form.html", {"form": form, **page}, status=422 if form.is_bound else 200)
