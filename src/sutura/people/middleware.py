"""At every request: is the visit still good, is somebody in, and has she what her account must have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sutura.audit.services import record
from sutura.people import sessions
from sutura.people.rules import needs_second_factor
from sutura.people.typed import typed

Answer = Callable[[HttpRequest], HttpResponse]
OVER = "over"


def limits() -> dict[str, int]:
    """How long a visit may be left alone, and how long it may last: for the pages that say that it is over."""
    return {"idle_minutes": settings.SUTURA_IDLE_MINUTES, "session_hours": settings.SUTURA_SESSION_HOURS}


def not_kept(request: HttpRequest, why: str) -> HttpResponse:
    """The page that says that a form was not taken, why, and hands back what was typed."""
    shown = {"why": why, "typed": typed(request), **limits()}
    return render(request, "people/not_kept.html", shown, status=403)


class VisitMiddleware:
    """Ends a visit that was left alone or has lasted too long."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note that she is here, or let her out and say why."""
        if request.user.is_authenticated:
            why = sessions.see(request)
            if why:
                record(request.user, "people.end_visit", of=request.user, fields=why)
                sessions.end(request)
                if typed(request):
                    return not_kept(request, why)
                request.session[OVER] = why
            elif request.session.modified:  # what was noted here, and of her vault before
                sessions.write_now(request)
        return self.get_response(request)


class SignedInMiddleware(LoginRequiredMiddleware):
    """Sends a stranger to the door; a form whose session was ended elsewhere is not lost without a word."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        """The page that hands back, or the door."""
        if typed(request) and request.COOKIES:
            return not_kept(request, sessions.UNKNOWN)
        return super().handle_no_permission(request, view_func)


class ReadyMiddleware:
    """Leads somebody first to what her account must have: a password of her own, a second factor."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Where she must go first, if anywhere."""
        open_to_all = not getattr(view, "login_required", True)
        if open_to_all or getattr(view, "before_ready", False) or not request.user.is_authenticated:
            return None
        lacking = lacks(request)
        if not lacking:
            return None
        return not_kept(request, lacking) if typed(request) else redirect(f"people:{lacking}")


def lacks(request: HttpRequest) -> str:
    """What she must do first: `password`, `factors`, or nothing."""
    account, visit = request.user, sessions.visit_of(request)
    if account.password_until is not None:  # type: ignore[union-attr]
        return "password"
    if (visit is None or not visit.factor) and needs_second_factor(account):
        return "factors"
    return ""
