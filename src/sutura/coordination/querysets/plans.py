"""How action plans are read: through the body whose plan it is; axes, through their reference document."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F

from sutura.coordination.querysets.bodies import OfBodyQuerySet
from sutura.coordination.rules.plans import SOUGHT
from sutura.library.querysets import readable


class AxisQuerySet(models.QuerySet):
    """Strategic axes."""

    def visible_to(self, user: object) -> Self:
        """Those of the documents that one may read."""
        return self.filter(readable(user, "document__"))


class PlanQuerySet(OfBodyQuerySet):
    """Plans."""


class OfPlanQuerySet(OfBodyQuerySet):
    """Rows which belong to a plan: versions and activities."""

    to_body = "plan__body"


class PlanLineQuerySet(OfBodyQuerySet):
    """What versions say of activities."""

    to_body = "version__plan__body"

    def told(self) -> Self:
        """With everything that a page or a workbook says of them; three statements."""
        return self.select_related("activity", "axis", "lead").prefetch_related("helpers__organisation")


class HelperQuerySet(OfBodyQuerySet):
    """Partner organisations of activities."""

    to_body = "line__version__plan__body"


class FundingLeadQuerySet(OfPlanQuerySet):
    """Funding leads."""

    def sought(self) -> Self:
        """Those on which somebody still works."""
        return self.filter(stage__in=SOUGHT)

    def late(self, today: date) -> Self:
        """Those whose closing day is over and which were not handed in."""
        return self.filter(stage__in=("spotted", "preparing"), closes_on__lt=today)

    def by_day(self) -> Self:
        """The nearest closing day first; those without one last."""
        return self.order_by(F("closes_on").asc(nulls_last=True), "donor", "pk")
