"""A long list, a page at a time; the filters stay in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict

SIZE = 50


def paged(found: QuerySet | Sequence[Any], query: QueryDict) -> tuple[list[Any], dict[str, str]]:
    """The rows of the page that the address asks for, and what the pager needs."""
    pages = Paginator(found, SIZE)
    page = pages.get_page(query.get("page"))
    around = {
        "newer_url": _at(query, page.previous_page_number()) if page.has_previous() else "",
        "older_url": _at(query, page.next_page_number()) if page.has_next() else "",
        "shown": f"{page.start_index()}–{page.end_index()} / {pages.count}" if pages.num_pages > 1 else "",
    }
    return list(page.object_list), around


def _at(query: QueryDict, number: int) -> str:
    asked = query.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"
