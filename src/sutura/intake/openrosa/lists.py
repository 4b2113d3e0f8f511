"""Which forms a phone may fill in, and where it fetches each: those which the account that answers for it could use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max
from django.http import Http404, HttpRequest
from django.urls import reverse

from sutura.access.rules import may
from sutura.intake import shipped
from sutura.intake.models import Phone, Version


@dataclass(frozen=True)
class Listed:
    """A form on the list of a phone."""

    form_id: str
    title: str
    version: str
    md5: str
    url: str
    manifest_url: str


@dataclass(frozen=True)
class File:
    """A file of a form, and where it is."""

    name: str
    md5: str
    url: str


def forms_of(phone: Phone, request: HttpRequest, *, only: str = "") -> list[Listed]:
    """The forms of a phone, the latest version of each."""
    found = []
    for version in _versions(phone, only):
        form_id = version.questionnaire.form_id
        manifest = _url(request, "manifest", form_id) if version.media.all() else ""
        found.append(
            Listed(
                form_id, version.title, version.version, version.md5, _url(request, "form", form_id), manifest
            )
        )
    return found


def version_of(phone: Phone, form_id: str) -> Version:
    """The latest version of one of its forms; another does not exist for it."""
    for version in _versions(phone, form_id):
        return version
    raise Http404


def files_of(phone: Phone, request: HttpRequest, form_id: str) -> list[File]:
    """The files of one of its forms."""
    files = version_of(phone, form_id).media.all()
    return [File(one.name, one.md5, _url(request, "media", form_id, name=one.name)) for one in files]


def usable(phone: Phone, form_id: str) -> bool:
    """Whether the account that answers for a phone may do what the form tells."""
    mapping = shipped.MAPPINGS.get(form_id)
    return mapping is None or may(phone.account, mapping.permission, phone.region or None)


def _versions(phone: Phone, form_id: str) -> Iterator[Version]:
    rows = Version.objects.filter(questionnaire__closed_at=None)
    if form_id:
        rows = rows.filter(questionnaire__form_id=form_id)
    last = rows.order_by().values("questionnaire").annotate(last=Max("pk")).values("last")
    latest = Version.objects.filter(pk__in=last).select_related("questionnaire").prefetch_related("media")
    for version in latest.order_by("questionnaire__form_id"):
        if usable(phone, version.questionnaire.form_id):
            yield version


def _url(request: HttpRequest, page: str, form_id: str, **named: str) -> str:
    """A whole address under the address that this phone just used: its own word is in no table of ours."""
    assert request.resolver_match is not None
    given = {"key": request.resolver_match.kwargs["key"], "form_id": form_id, **named}
    return request.build_absolute_uri(reverse(f"openrosa:{page}", kwargs=given))
