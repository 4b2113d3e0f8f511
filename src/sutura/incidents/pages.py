"""The list of incidents as a page: rows drawn in one pass, since a list is read more than anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.incidents import listing
from sutura.incidents.filterbar import FilterBar
from sutura.incidents.forms import ListFilter
from sutura.incidents.listing import Row
from sutura.incidents.newer import newer_cursor
from sutura.incidents.saying import attributed, type_words
from sutura.ui.templatetags.ui import status_pill
from sutura.ui.wording import day, month, number


def listed(user: Any, query: QueryDict) -> dict[str, Any]:
    """What a person may read, as filtered; the same number of statements at any size."""
    form = ListFilter(query or None, user=user)
    filters, cursor = form.filters(), query.get("after", "")
    page = listing.page(user, filters=filters, cursor=cursor)
    newer = newer_cursor(user, filters, cursor) if cursor else None
    return {
        "form": FilterBar(form),
        "body": table_body(page.rows, form.regions),
        "newer_url": address(query, newer) if newer is not None else "",
        "older_url": address(query, page.next) if page.next else "",
        "may_open": may(user, "incidents.document"),
        "may_name": may(user, "incidents.evidence"),
    }


def address(query: QueryDict, cursor: str) -> str:
    """This list with the same filters, from another row on."""
    changed = query.copy()
    changed.pop("after", None)
    if cursor:
        changed["after"] = cursor
    return f"?{changed.urlencode()}"


def table_body(rows: Iterable[Row], regions: dict[str, str]) -> SafeString:
    """The rows of the table; put together by hand, every word of a person escaped."""
    types: dict[str, str] = {code: escape(words) for code, words in type_words().items()}
    told = cache(attributed)
    labels: dict[str, str] = {name: escape(text) for name, text in headings().items()}
    # Every part is either escaped, a pill of ours, a number, or our own words.
    return mark_safe("".join(_row(row, types, regions, labels, told) for row in rows))  # noqa: S308


def headings() -> dict[str, str]:
    """The columns, as the head of the table and the cards of a phone say them."""
    return {
        "what": _("Violations"),
        "when": _("When"),
        "where": _("Where"),
        "who": _("Attributed to"),
    }


def _row(
    row: Row,
    types: dict[str, str],
    regions: dict[str, str],
    labels: dict[str, str],
    told: Callable[[str], str],
) -> str:
    state = "" if row.state == "open" else f" {status_pill(row.state)}"
    region = regions.get(row.region, "")
    where = row.place if row.place == region or not region else f"{row.place}, {region}"
    locality = f"<small>{escape(row.locality)}</small>" if row.locality else ""
    title = f"<small>{escape(row.title)}</small>" if row.title else ""
    what = "".join(
        f"<li>{types[kind]} <b>{number(children) if children else ''}</b> {status_pill(status)}</li>"
        for kind, status, children, _label in row.violations
    )
    who = ", ".join({label: told(label) for *_rest, label in row.violations}.values())
    return (
        f'<tr><th scope="row"><a href="{row.public_id}/">{row.ref}</a>{state}{title}</th>'
        f'<td data-label="{labels["what"]}"><ul class="lines">{what}</ul></td>'
        f'<td data-label="{labels["when"]}" class="nowrap">{(month if row.apart else day)(row.occurred_on)}</td>'
        f'<td data-label="{labels["where"]}">{escape(where)}{locality}</td>'
        f'<td data-label="{labels["who"]}">{escape(who)}</td></tr>'
    )
