"""The dashboard of a body on one page, and the rows behind each of its figures."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutura.access.rules import may
from sutura.coordination.bulletins import counts
from sutura.coordination.choices.meetings import State
from sutura.coordination.choices.ownership import FIGURES, FOLLOW_UP, MEETINGS, OWNERSHIP
from sutura.coordination.forms.figures import SpanForm
from sutura.coordination.forms.recommendations import AGES
from sutura.coordination.models import Body, Meeting, Recommendation
from sutura.coordination.ownership import Ownership
from sutura.coordination.rules import recommendations as rules
from sutura.partners.choices import OrganisationKind
from sutura.ui import wording

LAST, LATE, SIZE = 12, 5, 100
HERE = Q(attendance__presence__in=("present", "represented"))


class Dashboard:
    """What one person sees of the figures of a body: as many statements for ten years as for one."""

    def __init__(self, user: Any, body: Body, query: QueryDict) -> None:
        self.user, self.body = user, body
        self.today = timezone.localdate()
        asked = SpanForm(query if "first" in query or "last" in query else None)
        self.span = asked.span(self.today)
        # Where no day is asked for, the form says which days are shown.
        self.form = asked if asked.is_bound else SpanForm(initial=vars(self.span))
        self.told = Ownership(body, self.span, self.today)

    def page(self) -> dict[str, Any]:
        """Everything that the page shows."""
        board = f"{reverse('coordination:board')}?body={self.body.public_id}"
        return {
            **self.head(),
            "keeper": may(self.user, "coordination.manage", self.body.region),
            "ownership": [self.figure(name) for name in OWNERSHIP],
            "follow_up": [*(self.figure(name) for name in FOLLOW_UP), *self.waiting(board)],
            "gaps": [{"gap": each, "days": wording.days(each.first, each.last)} for each in self.told.gaps],
            "columns": [_("%(days)s days") % {"days": label} for _band, label in AGES],
            "ages": self.ages(board),
            "met": self.met(),
            "late": self.late(board),
            "next": Meeting.objects.visible_to(self.user).of_body(self.body).to_come().first(),
        }

    def head(self) -> dict[str, Any]:
        """What every page about these figures begins with."""
        return {
            "body": self.body,
            "form": self.form,
            "period": wording.days(self.span.first, self.span.last),
            "query": urlencode({"first": self.span.first.isoformat(), "last": self.span.last.isoformat()}),
            "today": self.today,
        }

    def figure(self, name: str) -> dict[str, Any]:
        """One figure with its definition; it opens its rows."""
        share = self.told.share(name)
        rows = reverse("coordination:figure", args=[self.body.public_id, name])
        return {
            "label": FIGURES[name].label,
            "value": self.told.value(name),
            "url": f"{rows}?{self.head()['query']}" if share.whole or share.unknown else "",
            "basis": " · ".join(filter(None, (counts(name, share), str(FIGURES[name].definition)))),
        }

    def waiting(self, board: str) -> list[dict[str, Any]]:
        """What is late today, and what waits for somebody to verify it."""
        late = [
            row
            for row in self.told.asked
            if rules.is_late(state=row.state, due_on=row.due_on, today=self.today)
        ]
        declared = sum(row.state == rules.DECLARED for row in self.told.asked)
        return [
            {"label": _("Late today"), "value": len(late), "url": f"{board}&show=late",
             "basis": _("their day is over"), "tone": "attention" if late else ""},
            {"label": _("To verify"), "value": declared, "url": f"{board}&show=declared",
             "basis": _("declared done; another organisation looks")},
        ]  # fmt: skip

    def ages(self, board: str) -> list[dict[str, Any]]:
        """How old what is open has become."""
        told = rules.implementation([row.followed for row in self.told.asked], today=self.today)
        cells = [
            {"value": value, "url": f"{board}&by=age&age={band}", "level": min(band + 1, 4) if value else 0}
            for band, value in enumerate(told.ages)
        ]
        return [{"label": _("Not closed"), "cells": cells}]

    def met(self) -> list[dict[str, Any]]:
        """The last meetings of the span: when, who chaired and wrote, who came."""
        rows = Meeting.objects.visible_to(self.user).filter(
            pk__in=[row.pk for row in self.told.meetings[-LAST:]]
        )
        rows = rows.select_related("chaired_by", "minuted_by").order_by("-planned_on", "-pk")
        return [
            {"meeting": each, "off": each.state in (State.CANCELLED, State.POSTPONED)}
            for each in rows.annotate(
                came=Count("attendance", filter=HERE),
                people=Sum(F("attendance__women") + F("attendance__men"), filter=HERE),
            )
        ]

    def late(self, board: str) -> list[dict[str, Any]]:
        """The organisations with most late recommendations."""
        rows = Recommendation.objects.visible_to(self.user).of_body(self.body).late(self.today).order_by()
        found = rows.values("responsible__public_id", "responsible__acronym", "responsible__name")
        return [
            {
                "label": row["responsible__acronym"] or row["responsible__name"],
                "count": row["late"],
                "url": f"{board}&organisation={row['responsible__public_id']}&show=late",
            }
            for row in found.annotate(late=Count("pk")).order_by("-late", "responsible__name")[:LATE]
        ]


def rows_page(user: Any, body: Body, name: str, query: QueryDict) -> dict[str, Any]:
    """One figure: its definition, and every row with whether it counts."""
    dashboard = Dashboard(user, body, query)
    figure, share = FIGURES[name], dashboard.told.share(name)
    part, known = set(share.part), set(share.whole)
    number = page_of(query)
    wanted = dashboard.told.in_order(name)[(number - 1) * SIZE : number * SIZE + 1]
    pick = _meetings if figure.rows == MEETINGS else _recommendations
    found = {row.pk: row for row in pick(user, wanted[:SIZE])}
    rows = [found[row] for row in wanted[:SIZE] if row in found]
    address = f"?{dashboard.head()['query']}&page="
    return {
        **dashboard.head(),
        "figure": dashboard.figure(name),
        "definition": figure.definition,
        "counted": counts(name, share),
        "of_meetings": figure.rows == MEETINGS,
        "name": name,
        "rows": [
            {"row": row, "counts": row.pk in part, "noted": row.pk in known, "told": _told(name, row)}
            for row in rows
        ],
        "older_url": f"{address}{number + 1}" if len(wanted) > SIZE else "",
        "newer_url": f"{address}{number - 1}" if number > 1 else "",
    }


def page_of(query: QueryDict) -> int:
    """The page of rows that is asked for; the first one as long as no other is understood."""
    asked = query.get("page", "")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 5 else 1


def _meetings(user: Any, numbers: list[int]) -> Any:
    found = Meeting.objects.visible_to(user).filter(pk__in=numbers)
    return found.select_related("chaired_by", "minuted_by")


def _recommendations(user: Any, numbers: list[int]) -> Any:
    return Recommendation.objects.visible_to(user).filter(pk__in=numbers).select_related("responsible")


def _told(name: str, row: Any) -> str:
    """What decides whether a row counts."""
    if name in ("chaired", "minuted"):
        found = row.chaired_by if name == "chaired" else row.minuted_by
        return f"{found} ({kind_of(found)})" if found else _("not noted")
    if name == "actions":
        return kind_of(row.responsible)
    if name == "median_days":
        took: int = (row.verified_on - row.adopted_on).days
        return ngettext("%(n)s day", "%(n)s days", took) % {"n": took}
    return _day(row.verified_on) if name == "on_time" else str(row.get_state_display())


def kind_of(organisation: Any) -> str:
    """The kind of an organisation in words."""
    return str(OrganisationKind(organisation.kind).label)


def _day(on: date | None) -> str:
    return _("verified on %(day)s") % {"day": wording.day(on)}
