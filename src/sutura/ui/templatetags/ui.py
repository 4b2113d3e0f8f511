"""The words of a template: icons, pills, clocks, numbers, days, fields. `{% load ui %}`."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sutura.ui import wording
from sutura.ui.statuses import STATUSES, Status

register = template.Library()

register.filter("number", wording.number)
register.filter("day", wording.day)
register.filter("days_to", wording.days)
register.filter("moment", wording.moment)
register.filter("says", wording.says)


@lru_cache(maxsize=1024)
def _draw_icon(name: str, label: str, css: str, static_url: str, storage: str) -> SafeString:
    """One icon, drawn once for each storage of static files: a list shows hundreds."""
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    shape = '<svg class="icon{}" {}><use href="{}#{}"/></svg>'
    return format_html(shape, f" {css}" if css else "", voice, static("ui/icons.svg"), name)


def svg_icon(name: str, label: str = "", css: str = "") -> SafeString:
    """One icon of the sprite as inline SVG; hidden from readers unless it has a `label`."""
    storage = settings.STORAGES["staticfiles"]["BACKEND"]
    return _draw_icon(name, str(label), css, settings.STATIC_URL, storage)


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """`{% icon "clock" %}`, or `{% icon "lock" label=_("Restricted") %}` where the icon stands alone."""
    return svg_icon(name, label, css)


@register.simple_tag
def pill(label: object, icon: str = "", tone: str = "") -> SafeString:
    """`{% pill "Draft" icon="pencil" tone="quiet" %}`: a state in an icon and a word.

    Tones: `accent` (it counts), `attention` (someone must act), `quiet` (closed), none (plain).
    """
    drawn = svg_icon(icon) if icon else ""
    return format_html('<span class="pill{}">{}{}</span>', f" pill-{tone}" if tone else "", drawn, label)


@register.simple_tag
def status_pill(code: object, label: object = "") -> SafeString:
    """`{% status_pill violation.status %}`: the known states of alerts, incidents, violations and editions."""
    if not label and code in STATUSES:
        return _known_pill(str(code), wording.language())
    known = STATUSES.get(str(code)) or Status(str(code), "circle", "")
    return pill(label or known.label, known.icon, known.tone)


@lru_cache(maxsize=256)
def _known_pill(code: str, language: str) -> SafeString:
    """A known state in a language, drawn once: a list shows it on every row."""
    known = STATUSES[code]
    return pill(known.label, known.icon, known.tone)


@register.simple_tag
def clock(due: date | datetime | None, done: bool | date | datetime | None = None) -> SafeString:
    """`{% clock alert.due_at %}`: time left or overdue in words; `done=` (true or a moment) stops it.

    Without a due moment it says so quietly.
    """
    if done:
        when = "" if done is True else f" {wording.day(done)}"
        return format_html('<span class="clock clock-done">{}{}{}</span>', svg_icon("check"), _("done"), when)
    if due is None or due == "":
        return format_html('<span class="clock clock-none">{}</span>', _("no deadline"))
    state, words = wording.time_left(due, timezone.now())
    drawn = svg_icon({"late": "triangle-alert", "soon": "hourglass", "left": "clock"}[state])
    iso = due.isoformat(timespec="minutes") if isinstance(due, datetime) else due.isoformat()
    # Put together by hand, since a list shows fifty: only `words` come from a translation, and they are escaped.
    time = f'<time datetime="{iso}" title="{wording.day(due)}">{escape(words)}</time>'
    return mark_safe(f'<span class="clock clock-{state}">{drawn}{time}</span>')  # noqa: S308 - see above


@register.simple_tag(takes_context=True)
def query_string(context: dict[str, Any], **changes: object) -> str:
    """`<a href="{% query_string region="ML05" page=None %}">`: this page's filters, changed; None drops one."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        elif isinstance(value, (list, tuple)):
            query.setlist(name, [str(each) for each in value])
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """`{% field form.title %}`: label, one sentence of help, error and control of one field."""
    return bound.as_field_group()


@register.simple_tag(takes_context=True)
def chips(context: dict[str, Any], form: Any) -> list[dict[str, str]]:
    """The filters in force, each with the address that drops it: `{% chips form as active %}`."""
    request = context.get("request")
    found: list[dict[str, str]] = []
    if request is None:
        return found
    for bound in form:
        values = [value for value in request.GET.getlist(bound.html_name) if value]
        if not values or bound.is_hidden:
            continue
        words = {str(key): str(text) for key, text in _flat(getattr(bound.field, "choices", []))}
        shown = ", ".join(words.get(value, value) for value in values)
        query = request.GET.copy()
        del query[bound.html_name]
        for cursor in ("after", "before", "page"):
            query.pop(cursor, None)
        found.append({"label": str(bound.label), "value": shown, "url": f"?{query.urlencode()}"})
    return found


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups."""
    found: list[tuple[Any, Any]] = []
    for key, text in choices:
        found.extend(text if isinstance(text, (list, tuple)) else [(key, text)])
    return found
