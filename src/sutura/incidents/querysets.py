"""How the file is read: rows of the regions a person may see, by period, status, type and party."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from sutura.access.querysets import Walled
from sutura.access.rules import EVERYWHERE, regions, scope
from sutura.alerts.rules import DUPLICATE_DAYS
from sutura.incidents.choices import Type


def seen(user: Any, path: str = "") -> Q:
    """Rows a person may read whole: those of the granted regions, also of what one wrote oneself: no grant, no row.

    Those of an incident of sexual violence are for its group alone; `apart.py` tells others its month and cercle.
    `path` leads from the model to the incident, as in `incident__`.
    """
    return scope(user, "incidents.read", f"{path}region") & ~apart(user, path)


def apart(user: Any, path: str = "") -> Q:
    """Rows of incidents of sexual violence in regions where the person is not of the group."""
    return apart_beyond(group(user), path)


def group(user: Any) -> tuple[str, ...] | None:
    """The regions where a person is of the group of sexual violence; None where nothing is told apart to her."""
    held, read = regions(user, "incidents.sexual_violence"), regions(user, "incidents.read")
    if held is EVERYWHERE or (read is not EVERYWHERE and read <= held):
        return None
    return tuple(sorted(held))


def apart_beyond(held: tuple[str, ...] | None, path: str = "") -> Q:
    """Rows of incidents of sexual violence outside these regions.

    A violation voided since still counts: what was once told as sexual violence stays apart.
    """
    if held is None:
        return Q(pk__in=[])
    told = apps.get_model("incidents", "Violation").objects.filter(type=Type.SEXUAL_VIOLENCE)
    return Q(Exists(told.filter(incident=OuterRef(f"{path}pk")))) & ~Q(**{f"{path}region__in": held})


class RowBefore(models.Func):
    """`(a, b) < (x, y)` as one comparison of rows, which both databases answer from the index of a, b."""

    output_field = models.BooleanField()
    sign = "<"

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:  # type: ignore[override]
        """The first half of the expressions against the second half."""
        parts: list[str] = []
        values: list[Any] = []
        for expression in self.get_source_expressions():
            sql, params = compiler.compile(expression)
            parts.append(sql)
            values.extend(params)
        half = len(parts) // 2
        return f"({', '.join(parts[:half])}) {self.sign} ({', '.join(parts[half:])})", values


class RowFrom(RowBefore):
    """`(a, b) >= (x, y)`; Django's own tuple lookups become an OR on SQLite, which reads the whole region."""

    sign = ">="


class IncidentQuerySet(Walled):
    """Incidents."""

    def visible_to(self, user: Any) -> Self:
        """Those a person may read whole (see `seen`)."""
        return self.judged().filter(seen(user))

    def told_apart_to(self, user: Any) -> Self:
        """Those of her regions of which a person may know the month and the cercle only."""
        return self.judged().filter(scope(user, "incidents.read") & apart(user))

    def during(self, first: date, last: date) -> Self:
        """Those which began on a day of the period, both days included."""
        return self.filter(occurred_on__gte=first, occurred_on__lte=last)

    def around(self, first: date, last: date) -> Self:
        """Those whose days may be the same event's: within three days (mrm.md 10.3)."""
        near = timedelta(days=DUPLICATE_DAYS)
        ends = Q(occurred_to__gte=first - near) | Q(open_ended=True)
        return self.filter(
            ends | Q(occurred_to=None, occurred_on__gte=first - near), occurred_on__lte=last + near
        )

    def counting(self) -> Self:
        """Those whose violations may count: neither void nor duplicate."""
        return self.exclude(state__in=["void", "duplicate"])

    def with_violation(self, *, type: str = "", status: str = "", party: str = "") -> Self:
        """Those with one standing violation which is of the type, and the status, and the party, if given.

        `party`: a party's code, or `unidentified`.
        """
        wanted = apps.get_model("incidents", "Violation").objects.standing().filter(incident=OuterRef("pk"))
        if type:
            wanted = wanted.filter(type=type)
        if status:
            wanted = wanted.filter(status=status)
        if party:
            wanted = wanted.attributed_to(party)
        return self.filter(Exists(wanted))

    def verified(self) -> Self:
        """Those with at least one verified violation."""
        return self.with_violation(status="verified")

    def matching(self, words: str) -> Self:
        """Those whose reference, title or locality holds the words."""
        return self.filter(
            Q(ref__icontains=words)
            | Q(import_ref__icontains=words)
            | Q(title__icontains=words)
            | Q(locality__icontains=words)
        )

    def to_review(self, last: date, today: date) -> Self:
        """Those which ended on a day or before, are not on hold, and are not kept on beyond today."""
        decided = apps.get_model("incidents", "RetentionDecision").objects.filter(incident=OuterRef("pk"))
        ended = Coalesce("occurred_to", "occurred_on")
        return self.alias(ended=ended, holding=Subquery(decided.last_words()[:1])).filter(
            ~Exists(decided.filter(until__gte=today)), Q(holding=None) | ~Q(holding="held"), ended__lte=last
        )

    def newest_first(self) -> Self:
        """In the order of the list."""
        return self.order_by("-occurred_on", "-id")

    def after(self, occurred_on: date, pk: int) -> Self:
        """Those which come after that row in the order of the list (keyset, row values)."""
        row = RowBefore(F("occurred_on"), F("id"), models.Value(occurred_on), models.Value(pk))
        return self.newest_first().filter(row)


class ViolationQuerySet(Walled):
    """Violations."""

    def visible_to(self, user: Any) -> Self:
        """Those of the incidents a person may read; the region is copied in, so it needs no join."""
        return self.judged().filter(scope(user, "incidents.read", "region"))

    def standing(self) -> Self:
        """Not voided themselves."""
        return self.filter(voided_reason="")

    def counting(self) -> Self:
        """Standing, in an incident which is neither void nor duplicate."""
        return self.standing().exclude(incident__state__in=["void", "duplicate"])

    def during(self, first: date, last: date) -> Self:
        """Those whose incident began on a day of the period, both days included."""
        return self.filter(incident__occurred_on__gte=first, incident__occurred_on__lte=last)

    def verified(self) -> Self:
        """Verified by the task force."""
        return self.filter(status="verified")

    def pending(self) -> Self:
        """Waiting for verification."""
        return self.filter(status="pending")

    def attributed_to(self, party: str) -> Self:
        """Those with that party among the parties held responsible; `unidentified` for none."""
        if party == "unidentified":
            return self.filter(attribution="unidentified")
        return self.filter(
            Exists(
                apps.get_model("incidents", "PerpetratorLink").objects.filter(
                    violation=OuterRef("pk"),
                    perpetrator__party__code=party,
                    perpetrator__voided_reason="",
                )
            )
        )


class PartQuerySet(Walled):
    """Victims, perpetrators, sources and attachments of incidents."""

    def visible_to(self, user: Any) -> Self:
        """Those of the incidents a person may read."""
        return self.judged().filter(seen(user, "incident__"))

    def standing(self) -> Self:
        """Not voided."""
        return self.filter(voided_reason="")


class ResponseQuerySet(Walled):
    """Responses."""

    def visible_to(self, user: Any) -> Self:
        """Those to violations of the incidents a person may read."""
        return self.judged().filter(seen(user, "violation__incident__"))

    def standing(self) -> Self:
        """Not voided."""
        return self.filter(voided_reason="")


class DetailQuerySet(Walled):
    """Details of violations, one table a kind."""

    def visible_to(self, user: Any) -> Self:
        """Those of violations of the incidents a person may read."""
        return self.judged().filter(seen(user, "violation__incident__"))


class RetentionQuerySet(Walled):
    """Retention decisions."""

    def visible_to(self, user: Any) -> Self:
        """Those on incidents a person may read."""
        return self.judged().filter(seen(user, "incident__"))

    def last_words(self) -> models.QuerySet:
        """What was said of a hold, the last first."""
        return self.exclude(verdict="kept").order_by("-id").values_list("verdict", flat=True)


class LinkQuerySet(Walled):
    """Which victim, perpetrator or source belongs to which violation."""

    def visible_to(self, user: Any) -> Self:
        """Those of violations of the incidents a person may read."""
        return self.judged().filter(seen(user, "violation__incident__"))


class ChildQuerySet(models.QuerySet):
    """Children by key."""

    def visible_to(self, user: Any) -> Self:
        """Those who are victims in an incident a person may read."""
        victims = apps.get_model("incidents", "Victim").objects.visible_to(user)
        return self.filter(pk__in=victims.filter(child__isnull=False).values("child"))
