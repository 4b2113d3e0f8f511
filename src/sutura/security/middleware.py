"""What every answer says to those who carry it, and how much a request may bring."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
# A page of ours needs none of these; what a hostile word would start, the browser refuses.
REFUSED_FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
METHODS = ("GET", "HEAD", "POST")
ROOM = 1024 * 1024
"""Beside the file itself: the other fields of the form and the marks between them."""


class PrivateMiddleware:
    """No page is kept by the browser's disk or by anything on the way: a seized laptop shows no page of the past."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers, unless the view said it more strictly."""
        answer = self.get_response(request)
        if "no-store" not in answer.get("Cache-Control", ""):
            answer["Cache-Control"] = "private, no-store"
        answer.setdefault("Permissions-Policy", REFUSED_FEATURES)
        answer.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return answer


class KnownMethodMiddleware:
    """A browser reads and posts; whatever else is asked is refused before any page is looked for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say which methods there are."""
        return self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)


class ReadablePathMiddleware:
    """No address of ours holds the character that ends a text in C: PostgreSQL refuses to search for it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as for any page that is not there."""
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)


class BodyLimitMiddleware:
    """A request larger than any file we take is refused before one byte of it is read.

    Django takes in files while it looks for the token of the form, so also those of a stranger:
    who is not signed in may send what a sign-in needs, and no file.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Compare the length announced with the limit of who asks."""
        limit = settings.SUTURA_IMPORT_BYTES + ROOM if request.user.is_authenticated else ROOM
        if length(request) > limit and not self.view_judges(request):
            return render(request, "400.html", status=413)
        return self.get_response(request)

    @staticmethod
    def view_judges(request: HttpRequest) -> bool:
        """Whether the view asked for has a limit of its own, and words of its own for what is beyond it."""
        try:
            return hasattr(resolve(request.path_info).func, "judges_length")
        except Resolver404:
            return False


def judges_length(view: View) -> View:
    """A view that weighs what a stranger sends before it reads a byte of it."""
    view.judges_length = True  # type: ignore[attr-defined]  # read by the middleware
    return view


def length(request: HttpRequest) -> int:
    """The length announced, in bytes; without one the server reads nothing."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdecimal() else 0
