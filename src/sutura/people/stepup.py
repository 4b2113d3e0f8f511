"""Before an act that cannot be taken back, whoever sits at the screen proves again that she is who signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sutura.access.errors import DomainError
from sutura.people import door, factors, sessions
from sutura.people.forms import ProofForm
from sutura.people.typed import carried

View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest) -> bool:
    """Whether she proved who she is within the last minutes (`SUTURA_FRESH_MINUTES`)."""
    visit = sessions.visit_of(request)
    return visit is not None and visit.fresh(sessions.clock())


def fresh(view: View) -> View:
    """Ask for the password or the second factor first when that was long ago; then the same act goes on.

    What was typed goes through the page that asks and is kept nowhere. Write it below `@needs`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        form = ProofForm(request.POST if "proof-of" in request.POST else None, prefix="proof")
        if form.is_bound and form.is_valid():
            try:
                door.prove_again(request, form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field or None, str(error))
            else:
                posted = request.POST["proof-of"] == "POST"
                return view(request, *args, **kwargs) if posted else redirect(request.get_full_path())
        return _ask(request, form)

    return guarded


def fresh_when(told: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """The same for a page that asks so much of some requests only."""

    def wrapped(view: View) -> View:
        asked = fresh(view)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return (asked if told(request) else view)(request, *args, **kwargs)

        return guarded

    return wrapped


fresh_to_post = fresh_when(lambda request: request.method == "POST")
"""The same for a page that one only reads until a form is sent."""


def fresh_for_secrets(view: View) -> View:
    """The same for a form with a key in it: what was typed does not pass the page that asks, but is given anew."""
    asked = fresh(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and "proof-of" not in request.POST and not is_fresh(request):
            return redirect(request.get_full_path())
        return asked(request, *args, **kwargs)

    return guarded


def _ask(request: HttpRequest, form: ProofForm) -> HttpResponse:
    """The page that asks, at the address of the act itself."""
    account = sessions.visitor(request)
    found = factors.of(account)
    shown = {
        "form": form,
        "carried": carried(request),
        "of": request.POST.get("proof-of", request.method),
        "has_code": any(factor.type == factors.APP for factor in found),
        "options": factors.ask_passkey(account, found) if factors.passkeys_work(request) else "",
    }
    return render(request, "people/prove.html", shown, status=403 if request.method == "POST" else 200)
