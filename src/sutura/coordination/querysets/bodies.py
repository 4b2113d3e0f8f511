"""How bodies and memberships are read: by whoever keeps bodies in the region, and by the members of today."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sutura.access.rules import EVERY_ROW, EVERYWHERE, may, regions, scope


def running(day: date, path: str = "") -> Q:
    """What has begun and has not ended on a day."""
    begun = Q(**{f"{path}starts_on__lte": day})
    return begun & (Q(**{f"{path}ends_on": None}) | Q(**{f"{path}ends_on__gte": day}))


def seats_of(user: object) -> models.QuerySet:
    """The seats that an account has today; none for whoever may not take part in coordination."""
    rows = apps.get_model("coordination", "Membership")._default_manager.all()
    if not may(user, "coordination.read"):
        return rows.none()
    return rows.filter(running(timezone.localdate()), account=getattr(user, "pk", None) or 0)


def voices_of(user: object) -> models.QuerySet:
    """The same, but for seats that only watch: observers and guests verify nothing and answer for nothing."""
    return seats_of(user).exclude(seat__in=("observer", "guest"))


def within(user: object, path: str = "body") -> Q:
    """Rows below a body which an account may read, as a condition on the way to the body."""
    held = regions(user, "coordination.manage")
    if held is EVERYWHERE:
        return EVERY_ROW
    sits = Q(**{f"{path or 'pk'}__in": seats_of(user).values("body_id")})
    return sits | Q(**{f"{path}__region__in" if path else "region__in": sorted(held)})


class OfBodyQuerySet(models.QuerySet):
    """Rows which belong to a body; `to_body` is the way there."""

    to_body = "body"

    def visible_to(self, user: object) -> Self:
        """Those of bodies that the account may see."""
        return self.filter(within(user, self.to_body))

    def of_body(self, body: Any) -> Self:
        """Those of one body."""
        return self.filter(**{self.to_body: body})


class BodyQuerySet(models.QuerySet):
    """Bodies."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions where one keeps bodies, and those where one sits today."""
        return self.filter(within(user, ""))

    def kept_by(self, user: object) -> Self:
        """Those whose meetings and members one keeps."""
        return self.filter(scope(user, "coordination.manage"))

    def working(self) -> Self:
        """Those which are not closed."""
        return self.exclude(status="closed")


class MembershipQuerySet(OfBodyQuerySet):
    """Seats of organisations in bodies."""

    def running(self, day: date) -> Self:
        """Those held on a day."""
        return self.filter(running(day))

    def in_order(self) -> Self:
        """The lead first, guests last, then by name."""
        ranks = ("lead", "co_lead", "secretariat", "member", "observer", "guest")
        rank = models.Case(*[models.When(seat=seat, then=at) for at, seat in enumerate(ranks)], default=9)
        return self.order_by(rank, "organisation__name", "pk")
