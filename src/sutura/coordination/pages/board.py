"""The board: how many recommendations stand where, by body, organisation, axis, region or age, and the rows behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.coordination.choices.recommendations import State
from sutura.coordination.forms.recommendations import AGES, BoardFilter
from sutura.coordination.models import Axis, Body, Meeting, Recommendation
from sutura.coordination.querysets.recommendations import RecommendationQuerySet
from sutura.coordination.rules import recommendations as rules
from sutura.coordination.statuses import deferred, lateness, status, whole_country
from sutura.partners.models import Organisation
from sutura.ui import wording

SIZE = 50
COLUMN = {
    "organisation": "responsible_id", "body": "body_id", "axis": "axis_id", "region": "region", "age": "age",
}  # fmt: skip
COLUMNS = ("open", "late", "escalated", "blocked", "deferred", "declared", "verified")


class Board:
    """What one person sees of the board: as many statements at five rows as at five thousand."""

    def __init__(self, user: Any, query: QueryDict) -> None:
        self.query, self.may_write = query, may(user, "coordination.manage")
        self.today = timezone.localdate()
        self.mine: RecommendationQuerySet = Recommendation.objects.visible_to(user)
        self.bodies = list(Body.objects.visible_to(user))
        responsible = self.mine.order_by().values("responsible").distinct()
        self.form = BoardFilter(
            query or None,
            bodies=self.bodies,
            organisations=list(Organisation.objects.filter(pk__in=responsible)),
            axes=list(Axis.objects.filter(pk__in=self.mine.order_by().values("axis").distinct())),
        )
        self.chosen = self.form.in_force
        self.by = query.get("by", "") if query.get("by") in COLUMN else "organisation"
        self.show = self.chosen.get("show", "open")

    @cached_property
    def conditions(self) -> dict[str, Q]:
        """What each column counts, and what each state of the filter shows."""
        unclosed = ~Q(state__in=rules.CLOSED)
        late = Q(state__in=rules.OWED, due_on__lt=self.today)
        missed = Recommendation.objects.missed_twice(self._held())
        same = {
            state: Q(state=state) for state in ("proposed", "blocked", "deferred", "declared", "verified")
        }
        return {
            "open": unclosed, "late": late, "escalated": late & missed, **same, "closed": ~unclosed, "all": Q(),
        }  # fmt: skip

    def _held(self) -> list[tuple[int, date]]:
        """The days on which the bodies of the page have met."""
        met = Meeting.objects.filter(body__in=self.bodies, held_on__lte=self.today)
        return [(body, day) for body, day in met.order_by().values_list("body_id", "held_on") if day]

    @property
    def due(self) -> Q:
        """Adopted, and the day has come: what the rate of implementation is counted over."""
        gone = Q(state__in=(State.LAPSED, State.REPLACED))
        return Q(adopted_on__isnull=False, due_on__lte=self.today) & ~gone

    @cached_property
    def narrowed(self) -> RecommendationQuerySet:
        """Those that answer to every filter but the state."""
        found = self.mine.annotate(age=self._age())
        chosen = self.chosen
        columns = {COLUMN[name]: chosen[name] for name in ("region", "age") if name in chosen}
        for name, known in self.named.items():
            if name in chosen:
                columns[COLUMN[name]] = known[chosen[name]].pk
        return found.filter(**columns).searched(chosen.get("q", ""))

    @property
    def named(self) -> dict[str, dict[str, Any]]:
        """What addresses name by its public number."""
        return {"body": self.form.bodies, "organisation": self.form.organisations, "axis": self.form.axes}

    def _age(self) -> Case:
        """The band of days since adoption."""
        bands = [
            When(adopted_on__gte=self.today - timedelta(days=most), then=Value(str(band)))
            for band, most in enumerate(rules.AGES)
        ]
        last = When(adopted_on__isnull=False, then=Value(str(len(rules.AGES))))
        return Case(*bands, last, default=Value(""), output_field=CharField())

    @cached_property
    def counted(self) -> list[dict[str, Any]]:
        """One line for each value of what it is counted by."""
        found = self.narrowed.unclosed() if self.by == "age" else self.narrowed
        wanted = {name: Count("pk", filter=self.conditions[name]) for name in COLUMNS}
        wanted["due"] = Count("pk", filter=self.due)
        wanted["kept"] = Count("pk", filter=self.due & Q(state=State.VERIFIED))
        return list(found.order_by().values(value=F(COLUMN[self.by])).annotate(**wanted))

    def total(self, name: str) -> int:
        """One column, summed."""
        return sum(line[name] for line in self.counted)

    def page(self) -> dict[str, Any]:
        """Everything the template shows."""
        number = self._number()
        found = (
            self.narrowed.filter(self.conditions[self.show]).select_related("body", "responsible").by_day()
        )
        rows = list(found[(number - 1) * SIZE : number * SIZE + 1])
        return {
            "form": self.form,
            "may_write": self.may_write,
            "tabs": self.tabs(),
            "figures": self.figures(),
            "columns": [
                *(words for name, words in headings().items() if name in self.columns),
                _("Carried out"),
            ],
            "lines": self.lines(),
            "corner": _by()[self.by],
            "heading": dict(self.form.fields["show"].choices)[self.show],  # type: ignore[attr-defined]
            "rows": [shown(each, self.today) for each in rows[:SIZE]],
            "total": None if self.show not in COLUMNS else self.total(self.show),
            "older_url": self.address(page=number + 1) if len(rows) > SIZE else "",
            "newer_url": self.address(page=number - 1) if number > 1 else "",
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table; what is closed has no age."""
        return COLUMNS[:-1] if self.by == "age" else COLUMNS

    def _number(self) -> int:
        asked = self.query.get("page", "")
        return max(int(asked), 1) if asked.isdecimal() and len(asked) < 5 else 1

    def address(self, **changes: object) -> str:
        """This page with some filters changed; a page of rows is kept only when it is named."""
        query = self.query.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query[name] = str(value)
        return f"?{query.urlencode()}"

    def tabs(self) -> list[dict[str, Any]]:
        """What it is counted by."""
        return [
            {"label": label, "url": self.address(by=name), "current": name == self.by, "count": None}
            for name, label in _by().items()
        ]

    def figures(self) -> list[dict[str, Any]]:
        """The four numbers to look at first, each with what it means, and each opening its rows."""
        said = {
            "open": (_("Not closed"), "", ""),
            "late": (_("Late"), _("their day is over"), "attention"),
            "escalated": (
                _("Escalated to the lead of the body"),
                _("two meetings went by since their day"),
                "attention",
            ),
            "declared": (_("To verify"), _("declared done; another organisation looks"), ""),
        }
        found = [
            {
                "label": label,
                "value": self.total(name),
                "basis": basis,
                "url": self.address(show=name),
                "tone": tone if self.total(name) else "",
            }
            for name, (label, basis, tone) in said.items()
        ]
        basis = _("verified: %(kept)s of %(due)s adopted whose day has come") % {
            "kept": wording.number(self.total("kept")), "due": wording.number(self.total("due")),
        }  # fmt: skip
        rate = percent(self.total("kept"), self.total("due"))
        return (
            found
            if self.by == "age"
            else [*found, {"label": _("Carried out"), "value": rate, "basis": basis}]
        )

    def lines(self) -> list[dict[str, Any]]:
        """The table: late ones first, then by name."""
        label = self._label()
        found = [(label(line["value"]), line) for line in self.counted]
        key: Callable[[Any], Any] = lambda each: (-each[1]["late"], each[0])  # noqa: E731 - one word
        order = (
            sorted(found, key=key) if self.by != "age" else sorted(found, key=lambda each: each[1]["value"])
        )
        return [self._line(words, line) for words, line in order]

    def _line(self, words: str, line: dict[str, Any]) -> dict[str, Any]:
        # What has no axis, region or age is counted, and cannot be asked for apart.
        value = self.public.get(line["value"], line["value"])
        here = {self.by: value} if value not in ("", None) else {}
        cells = [
            {"value": line[name], "url": self.address(**here, show=name) if here else ""}
            for name in self.columns
        ]
        rate = {"value": percent(line["kept"], line["due"]), "url": ""}
        return {"label": words, "url": self.address(**here) if here else "", "cells": [*cells, rate]}

    @cached_property
    def public(self) -> dict[int, str]:
        """The public numbers of what the table counts by."""
        return {each.pk: number for number, each in self.named.get(self.by, {}).items()}

    def _label(self) -> Callable[[Any], str]:
        form = self.form
        names: dict[str, Callable[[Any], str]] = {
            "organisation": lambda value: form.organisations[self.public[value]].short,
            "body": lambda value: form.bodies[self.public[value]].acronym,
            "axis": lambda value: str(form.axes[self.public[value]]) if value else _("No axis named"),
            "region": lambda value: whole_country(value, form.regions),
            "age": lambda value: (
                _("%(days)s days") % {"days": dict(AGES)[value]} if value else _("Not adopted")
            ),
        }
        return names[self.by]


def shown(found: Recommendation, today: date) -> dict[str, Any]:
    """A recommendation as a list shows it."""
    return {
        "recommendation": found,
        "look": status(found),
        "late": lateness(found, today),
        "deferred": deferred(found),
    }


def percent(part: int, whole: int) -> str | None:
    """A share in words; nothing to share is a dash."""
    return f"{round(100 * part / whole)}\u00a0%" if whole else None


def headings() -> dict[str, str]:
    """The columns of the table."""
    return {
        "open": _("Not closed"),
        "late": _("Late"),
        "escalated": _("Escalated"),
        "blocked": _("Those blocked"),
        "deferred": _("Deferred"),
        "declared": _("To verify"),
        "verified": _("Verified"),
    }


def _by() -> dict[str, str]:
    return {
        "organisation": _("Organisation"),
        "body": _("Body"),
        "axis": _("Axis"),
        "region": _("Region"),
        "age": _("Days since adoption"),
    }
