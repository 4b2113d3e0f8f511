"""Addresses for the tests of the look: the gallery, and every page that the menu may lead to."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path


def page(request: HttpRequest) -> HttpResponse:
    """A page that is only there to be linked to."""
    return HttpResponse("here")


STEP = """{% extends "ui/page.html" %}{% block title %}Step{% endblock %}{% block header %}<h1>Step</h1>{% endblock %}
{% block scripts %}{% include "ui/htmx.html" %}{% endblock %}
{% block content %}<form method="post" action="/step/" data-autosave>{% csrf_token %}
<label for="words">Words</label><input id="words" name="words">
<p data-saved role="status"></p><button>Send</button></form>
<button hx-get="/step/now/" hx-target="#now" type="button">Load</button><p id="now"></p>{% endblock %}"""


def step(request: HttpRequest) -> HttpResponse:
    """A step that saves itself: 204 when kept, 422 when the word is `wrong`."""
    if request.method == "POST":
        return HttpResponse(status=422 if request.POST["words"] == "wrong" else 204)
    return HttpResponse(engines["django"].from_string(STEP).render({}, request))


def now(request: HttpRequest) -> HttpResponse:
    """A fragment for htmx."""
    return HttpResponse("<b>fragment</b>")


def app(label: str, *names: str) -> object:
    """The addresses of one app."""
    return path(f"{label}/", include(([path(f"{name}/", page, name=name) for name in names], label)))


urlpatterns = [
    path("", include("sutura.ui.urls")),
    path(
        "account/", include(([path("out/", page, name="sign_out"), path("me/", page, name="me")], "people"))
    ),
    # The alerts stand at the gallery's own address, so that its photograph shows a verb and a section as current.
    path("gallery/", include(([path("", page, name="inbox")], "alerts"))),
    path("step/", step),
    path("step/now/", now),
    app("incidents", "list"),
    app("verification", "bench"),
    app("reporting", "trends", "notes", "figures"),
    app("intake", "home"),
]
