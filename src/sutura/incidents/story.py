"""The story of a file as a timeline: acts of one person at one moment for one reason stand together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sutura.incidents.chronicle import Change
from sutura.incidents.saying import short

TOGETHER = timedelta(seconds=2)
WORDS = 160


@dataclass
class Act:
    """What one person did at one moment: lines in words, and the fields by name."""

    who: str
    when: datetime
    why: str
    lines: list[str] = field(default_factory=list)
    sign: str = "created"

    @property
    def others(self) -> int:
        """Lines beyond the first."""
        return len(self.lines) - 1

    @property
    def asked(self) -> str:
        """The moment just after, as the address of the file asks for it."""
        return (self.when + TOGETHER).isoformat(timespec="seconds")

    @property
    def icon(self) -> str:
        """How it looks."""
        return {"created": "plus", "changed": "pencil", "removed": "minus"}[self.sign]


def acts(changes: Iterable[Change]) -> list[Act]:
    """The changes, newest first, as acts."""
    found: list[Act] = []
    for change in changes:
        last = found[-1] if found else None
        if (
            last is None
            or (last.who, last.why) != (change.who, change.why)
            or last.when - change.when > TOGETHER
        ):
            last = Act(change.who, change.when, change.why, sign=change.kind)
            found.append(last)
        elif change.kind == "changed" and last.sign == "created":
            last.sign = "changed"
        line = told(change)
        if line not in last.lines:
            last.lines.insert(0, line)
    return found


def told(change: Change) -> str:
    """One change in one line: what, which record, which fields from what to what."""
    name = capfirst(change.entity_label)
    what = f"{name} {short(change.ref)}" if "-" in change.ref and change.entity != "incident" else name
    if change.kind == "created":
        return _("%(what)s: recorded") % {"what": what}
    if change.kind == "removed":
        return _("%(what)s: taken away") % {"what": what}
    fields = "; ".join(
        one.label if one.hidden else f"{one.label} {_cut(one.old)} → {_cut(one.new)}" for one in change.fields
    )
    return _("%(what)s: %(fields)s") % {"what": what, "fields": fields or _("no visible change")}


def _cut(words: str) -> str:
    """Long texts are kept whole in the file as at that moment; here their beginning is enough."""
    if not words:
        return _("(empty)")
    return words if len(words) <= WORDS else f"“{words[:WORDS].rstrip()}…”"
