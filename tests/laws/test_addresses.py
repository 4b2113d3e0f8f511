"""Law: every address needs a sign-in, and beyond it a permission, except a listed few."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.laws.exceptions import ANY_ROLE, OPEN_ADDRESSES
from tests.laws.source import unexcused

SAMPLES: dict[str, Any] = {
    "UUIDConverter": "00000000-0000-4000-8000-000000000000",
    "IntConverter": 1,
    "SlugConverter": "x",
    "StringConverter": "x",
    "PathConverter": "x",
}


def addresses(
    resolver: URLResolver | None = None, space: str = "", before: str = ""
) -> Iterator[tuple[str, str, Any]]:
    """(name, address with sample values, view) of every address there is."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + filled(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, inner, here)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or here}", f"/{here}", pattern.callback


def filled(pattern: URLPattern | URLResolver) -> str:
    """A pattern's own part of the address with a sample in each gap."""
    text = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        sample = SAMPLES.get(type(converter).__name__, "2025")
        for gap in (f"<{name}>", f"<{kind_of(text, name)}:{name}>"):
            text = text.replace(gap, str(sample))
    return text


def kind_of(text: str, name: str) -> str:
    """The converter written before a name: `uuid` in `<uuid:incident>`."""
    before = text.partition(f":{name}>")[0]
    return before.rpartition("<")[2]


@pytest.mark.django_db
def test_every_address_needs_a_sign_in():
    """The stranger is sent to the door: by the view's own mark, and in fact."""
    found, looked = {}, 0
    for name, address, view in addresses():
        looked += 1
        answer = Client().get(address)
        sent_to_door = answer.status_code == 302 and "/sign-in" in answer["Location"]
        if not sent_to_door or not getattr(view, "login_required", True):
            found[name] = f"{address} answers {answer.status_code} to a stranger"
    assert looked
    assert unexcused(found, OPEN_ADDRESSES) == []


def test_every_address_needs_a_permission():
    found = {}
    for name, address, view in addresses():
        if not getattr(view, "needs", ()) and name not in OPEN_ADDRESSES:
            found[name] = f"{address} lets in whoever is signed in"
    assert unexcused(found, ANY_ROLE) == []
