"""How indicators and reports are read: definitions by every reader, the values of a report by fewer."""

from __future__ import annotations

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from sutura.access.rules import EVERYWHERE, may, regions, scope
from sutura.coordination.querysets.bodies import voices_of

READ, WRITE, REPORT, ACCEPT = "indicators.read", "indicators.write", "indicators.report", "indicators.accept"


def placed(user: object, permission: str, path: str) -> Q:
    """Rows of the regions where one holds a permission; those of the whole country for whoever holds it anywhere."""
    held = regions(user, permission)
    if held is EVERYWHERE:
        return ~Q(pk__in=[])
    return Q(**{f"{path}__in": ["", *sorted(held)]}) if held else Q(pk__in=[])


def spoken_for(user: object) -> models.QuerySet:
    """The organisations for which somebody may report: those for which she sits in a body today."""
    found = apps.get_model("partners", "Organisation")._default_manager.all()
    if not may(user, REPORT):
        return found.none()
    return found.filter(pk__in=voices_of(user).values("organisation"))


class NationalQuerySet(models.QuerySet):
    """What is one for the whole country."""

    def visible_to(self, user: object) -> Self:
        """All of it for whoever reads indicators anywhere."""
        return self.all() if may(user, READ) else self.none()


class IndicatorQuerySet(NationalQuerySet):
    """Indicators."""

    def in_use(self) -> Self:
        """Those not retired."""
        return self.filter(retired_on=None)


class DefinitionQuerySet(NationalQuerySet):
    """Versions of definitions."""

    def current(self) -> Self:
        """The last version of each indicator."""
        later = self.model._default_manager.filter(
            indicator=OuterRef("indicator"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(later))

    def in_order(self) -> Self:
        """By aim, then as the list tells them."""
        return self.select_related("indicator__aim").order_by(
            "indicator__aim__position", "indicator__position", "indicator__code", "version"
        )


class RoundQuerySet(NationalQuerySet):
    """Rounds of reports."""

    def kept_by(self, user: object) -> Self:
        """Those of bodies in whose region one opens rounds."""
        return self.filter(scope(user, WRITE, "body__region"))


class ReportQuerySet(models.QuerySet):
    """Reports: who owes what is known to every reader of the region; what they say, to fewer."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions where one reads indicators, and those of one's own organisations."""
        return self.filter(placed(user, READ, "region") | self._own(user))

    def opened_by(self, user: object) -> Self:
        """Those whose values one may read: accepted ones, one's own, and those one may judge."""
        readable = placed(user, READ, "region") & Q(state="accepted")
        return self.filter(readable | self._own(user) | placed(user, ACCEPT, "region"))

    def accepted(self) -> Self:
        """Those which somebody judged good."""
        return self.filter(state="accepted")

    def owed(self) -> Self:
        """Those still to be sent, or to be sent again."""
        return self.filter(state__in=("due", "returned"))

    @staticmethod
    def _own(user: object) -> Q:
        return Q(organisation__in=spoken_for(user))


class OfReportQuerySet(models.QuerySet):
    """What hangs on a report: as its values."""

    def visible_to(self, user: object) -> Self:
        """Those of reports whose values one may read."""
        reports = apps.get_model("indicators", "Report")._default_manager.all()
        return self.filter(report__in=reports.opened_by(user))
