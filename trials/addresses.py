"""Every address of the product with its gaps, found by itself; and the words with which a stranger would fill them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from random import Random
from urllib.parse import quote

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from sutura.alerts.triage import ACTS as TRIAGE
from sutura.incidents.acts import ACTS, UNLINKS, VOIDINGS
from sutura.incidents.steps import BY_NAME

GAP = re.compile(r"<(?:(\w+):)?(\w+)>")
LONG = "9" * 400
WORDS = (
    "", "x", "-1", "0", "1", LONG, "\x00", "²", "'\"><script>", "٣", "%", "%00", "_", "..", "../../etc/passwd",
    "0001-01-01", "9999-12-31", "2026-02-30", "2026-02-10", "10/02/2026", "9999-12-31T23:59:59-14:00", "now",
    "0001-01-01T00:00:00+14:00", "2026-01-01~1", f"2026-01-01~{LONG}", "1~2~3", "=1+1", "0001-Q1", "9999-Q4", "2026-Q1",
    "2026", "0001-01-01..9999-12-31", "ghn", "annual", "window", "verified/totals/violations", "NaN", "1e400", "-0",
    "\ud7ff", "\u202e", "😀", "é" * 300, "ML05", "ML0504", "JNIM", "on", "yes", "true", "killing", "verified", "2021",
    "fr", "en", "incidents", "lines", "attachments", "violations", "victims", "00000000-0000-4000-8000-000000000000",
    "age1x", "[]", "{}", "null", "a" * 5000, "\r\nSet-Cookie: a=b", "\\", ";", "None", "[object Object]",
)  # fmt: skip
ASKED = (
    "after", "before", "as_at", "q", "page", "tab", "region", "type", "state", "since", "age", "period", "product",
    "geography", "edition", "party", "status", "first", "last", "same_as", "cercle", "kind", "violations", "lang",
    "figure", "ref", "axis", "level", "years", "act", "actor", "record", "stage", "before_day", "after_day", "place",
    "occurred_on", "boys", "next", "name", "title", "types", "sitting", "original", "story", "why", "reason",
)  # fmt: skip


RIGHT = {
    "product": ("ghn", "annual", "window"),
    "period": ("2026-Q1", "2026", "2025-12-01..2026-03-31"),
    "code": ("ML05", "MLI"),
    "ending": ("csv", "xlsx", "html"),
    "language": ("fr", "en"),
    "number": ("1", "2"),
    "level": ("focal_point", "technical", "ctfmr"),
    "act": tuple(TRIAGE),
    "name": (*BY_NAME, *ACTS),
    "kind": (*VOIDINGS, *UNLINKS),
}
"""Gap of an address → words that belong there."""
Known = dict[str, list[str]]


@dataclass(frozen=True)
class Address:
    """One address: its name and its text with gaps such as `<uuid:public_id>`."""

    name: str
    text: str

    def filled(self, chance: Random, known: Known) -> str:
        """With a record of ours, an invented one or a hostile word in each gap."""
        app = self.name.partition(":")[0]
        every = [one for ids in known.values() for one in ids]

        def fill(gap: re.Match[str]) -> str:
            how = chance.random()
            if gap[1] == "uuid":
                if how < 0.9:
                    return chance.choice(known.get(app) or every)
                return chance.choice(every) if how < 0.95 else str(uuid.UUID(int=chance.getrandbits(128)))
            word = chance.choice(RIGHT[gap[2]] if how < 0.6 and gap[2] in RIGHT else WORDS)
            return quote(word, safe="") if how < 0.95 else chance.choice(every)

        return GAP.sub(fill, self.text)


def addresses(resolver: URLResolver | None = None, space: str = "", before: str = "/") -> Iterator[Address]:
    """Each address that the product answers to."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{space}{pattern.namespace or ''}:", here)
        elif isinstance(pattern, URLPattern):
            yield Address(f"{space}{pattern.name}", here)


def known_ids() -> Known:
    """App → public ids of the first and the last records there are, of each of its kinds."""
    found: Known = {}
    for model in apps.get_models():
        ours = model.__module__.startswith("sutura.") and not hasattr(model, "tracked_fields")
        if ours and any(field.name == "public_id" for field in model._meta.concrete_fields):
            for order in ("pk", "-pk"):
                ids = model._base_manager.order_by(order).values_list("public_id", flat=True)[:10]
                found.setdefault(model._meta.app_label, []).extend(str(one) for one in ids)
    return found


class Asked(HTMLParser):
    """The questions of a page: names of its controls, each with the answers it offers."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "select":
            self._select = name
        if tag == "option" and self._select:
            self.fields.setdefault(self._select, []).append(given.get("value") or "")
        elif tag in ("input", "textarea", "select", "button") and name and name != "csrfmiddlewaretoken":
            self.fields.setdefault(name, []).append(given.get("value") or "")
