"""The gallery of components, the choice of language, and the pages that say what went wrong."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from sutura.ui.examples import context
from sutura.ui.forms import ExampleFilter, ExampleForm


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented content of no sensitivity."""
    form = ExampleForm(request.POST) if request.method == "POST" else ExampleForm()
    wrong = ExampleForm({"wrong-day": "31/02/2026", "wrong-boys": "-1"}, prefix="wrong")
    for name in ("girls", "unknown", "total", "region"):
        del wrong.fields[name]
    shown = context() | {"form": form, "wrong": wrong, "filters": ExampleFilter(request.GET)}
    return render(request, "ui/gallery.html", shown, status=422 if form.errors else 200)


def gallery_confirm(request: HttpRequest) -> HttpResponse:
    """The confirmation page that a dialog is made of."""
    return render(request, "ui/gallery_confirm.html")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that a person chose, and go back to where they were."""
    return django_set_language(request)
