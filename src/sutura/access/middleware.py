"""At every request: as whom the database is asked."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sutura.access.acting import acting


class ActingMiddleware:
    """Every request is answered as whoever signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """GET and HEAD read: there the guard of unscoped questions is up."""
        with acting(request.user, reading=request.method in ("GET", "HEAD")):
            return self.get_response(request)
