"""The page of one form, as these pages show it: one page asks, one act answers, and the docket is where one goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sutura.access.asking import done


def asked(
    request: HttpRequest, form: forms.Form, act: Callable[..., Any], to: Any = None, **page: Any
) -> HttpResponse:
    """The page of a form; once the act went through, `to`, or the page of what it made."""
    made: list[Any] = []
    if done(form, lambda said: made.append(act(by=request.user, **said))):
        return redirect(to or made[0])
    return render(request, "response/form.html", {"form": form, **page}, status=422 if form.is_bound else 200)
