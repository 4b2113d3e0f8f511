"""Lists cut into pages, under addresses that keep their filters."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict

SIZE = 50


def addressed(query: QueryDict, **changed: object) -> str:
    """The same list with something changed; what is changed begins at its first page."""
    kept = query.copy()
    kept.pop("page", None)
    for name, value in changed.items():
        kept[name] = str(value)
    return f"?{kept.urlencode()}"


def paged(found: QuerySet, query: QueryDict, count: int | None = None) -> tuple[list[Any], dict[str, str]]:
    """The rows of the page that the address asks for, and where its neighbours are; `count` where it is known."""
    cut = Paginator(found, SIZE)
    if count is not None:
        cut.count = count
    page = cut.get_page(query.get("page"))
    return list(page), {
        "newer_url": addressed(query, page=page.previous_page_number()) if page.has_previous() else "",
        "older_url": addressed(query, page=page.next_page_number()) if page.has_next() else "",
    }
