"""Where each app stands. An app brings its own addresses; none is written twice."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

# The address of an app is its plain name, but for those whose pages span others.
PREFIX = {"ui": "", "desk": "", "people": "", "access": "law/"}


def app_urls() -> list:
    """One include per landed app which has a urls module."""
    found = []
    for app in settings.SUTURA_APPS:
        label = f"sutura.{app}"
        if label in settings.INSTALLED_APPS and find_spec(f"{label}.urls") is not None:
            found.append(path(PREFIX.get(app, f"{app}/"), include(f"{label}.urls")))
    return found


urlpatterns = [
    # Phones speak a language of their own, under an address that each of them alone knows. Before the pages: they come
    # back from weeks without a network with hundreds of records each.
    path("or/key/<str:key>/", include("sutura.intake.openrosa.urls")),
    # A Kobo server tells of its records under an address that it alone knows.
    path("in/kobo/", include("sutura.intake.kobo.urls")),
    *app_urls(),
]
