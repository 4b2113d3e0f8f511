"""How the register is read: dockets by whoever follows children in a region, limits and places by the same people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models.functions import Coalesce

from sutura.access.querysets import Walled
from sutura.access.rules import may, scope
from sutura.incidents.querysets import seen as victims_seen

READ, KEEP, COUNTS = "response.read", "response.keep", "response.counts"


class DocketQuerySet(Walled):
    """Dockets of children, by code."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions where one follows children."""
        return self.judged().filter(scope(user, READ))

    def overdue(self, now: datetime) -> Self:
        """Those where somebody is waited for longer than the limits allow."""
        return self.filter(next_due_at__lt=now)

    def open(self) -> Self:
        """Those whose way has not ended."""
        return self.exclude(stage="closed")

    def singly(self) -> Self:
        """Each child once: without the dockets in whose stead another is kept on."""
        return self.filter(double=None)

    def of_ages(self, band: str) -> Self:
        """Those whose age falls in a band, such as 12-14, or is not known."""
        first, _dash, last = band.partition("-")
        return self.filter(age__range=(int(first), int(last))) if last else self.filter(age=None)

    def in_turn(self) -> Self:
        """What is due first, first; what waits for nobody last."""
        return self.order_by(models.F("next_due_at").asc(nulls_last=True), "id")


class OfDocketQuerySet(Walled):
    """Lines of a docket, and what hangs on them."""

    def visible_to(self, user: object) -> Self:
        """Those of dockets that one reads."""
        return self.judged().filter(scope(user, READ, "docket__region"))

    def standing(self) -> Self:
        """Neither corrected by a later line nor taken back."""
        return self.filter(corrected=None).exclude(kind="")


class FlaggedNeedQuerySet(OfDocketQuerySet):
    """Needs."""

    def flagged(self) -> Self:
        """Those which have not ended."""
        return self.filter(ended="")

    def unreferred(self) -> Self:
        """Those for which no service was asked, or none that saw the child."""
        sent = apps.get_model("response", "Referral").objects.filter(
            docket=models.OuterRef("docket"), need=models.OuterRef("need")
        )
        return self.filter(~models.Exists(sent.exclude(state__in=("declined", "unserved"))))


class OriginQuerySet(OfDocketQuerySet):
    """Where dockets began."""

    def visible_to(self, user: object) -> Self:
        """Those of dockets that one reads, where one reads the incident or the alert too."""
        alerts = apps.get_model("alerts", "Alert").objects.visible_to(user).readable_by(user)
        seen = models.Q(victim__isnull=False) & victims_seen(user, "victim__incident__")
        found: Self = super().visible_to(user).filter(seen | models.Q(alert__in=alerts.values("pk")))
        return found


class SiteQuerySet(models.QuerySet):
    """Places of detention and centres."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions where one follows children."""
        return self.filter(scope(user, READ))

    def in_use(self) -> Self:
        """Those which still work."""
        return self.filter(is_active=True)

    def centres(self, user: object) -> Self:
        """Transit and orientation centres, for whoever counts as well: of prisons only whoever reads knows the list."""
        return self.filter(scope(user, READ) | scope(user, COUNTS), kind="centre")


class LimitsQuerySet(models.QuerySet):
    """Versions of the time limits."""

    def visible_to(self, user: object) -> Self:
        """All of them for whoever follows children or their counts."""
        return self if may(user, READ) or may(user, COUNTS) else self.none()


SERVED = models.Q(state="given") & ~models.Q(feedback__said="not_received")
CHILD = Coalesce("docket__double__into", "docket")


class ReferralQuerySet(OfDocketQuerySet):
    """Referrals."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions where one follows children; a referral's is its docket's."""
        return self.judged().filter(scope(user, READ))

    def awaited(self) -> Self:
        """Those without an answer."""
        return self.filter(state__in=("sent", "received"))

    def served(self) -> Self:
        """Those where the service was given, unless the child or a carer says that it was not received."""
        return self.filter(SERVED)

    def children(self) -> int:
        """How many different children: two dockets of the same child are one."""
        found: int = self.aggregate(n=models.Count(CHILD, distinct=True))["n"]
        return found

    def summary(self, now: datetime) -> dict[str, int]:
        """How many wait, how many for too long, and how many different children were served; one question for all:
        behind the second wall each costs a look at every docket."""
        waits = models.Q(state__in=("sent", "received"))
        counts: dict[str, int] = self.aggregate(
            waiting=models.Count("pk", filter=waits),
            late=models.Count("pk", filter=waits & models.Q(due_at__lt=now)),
            children=models.Count(CHILD, distinct=True, filter=SERVED),
        )
        return counts


class WaitingQuerySet(Walled):
    """What may wait for somebody: visits and approaches."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions where one follows children."""
        return self.judged().filter(scope(user, READ))

    def counted_for(self, user: object) -> Self:
        """Those that one counts without reading them."""
        return self.judged().filter(scope(user, COUNTS))

    def waiting(self) -> Self:
        """Those where something is still to be done."""
        return self.exclude(wait="")

    def late(self, today: date) -> Self:
        """Those which waited too long."""
        return self.filter(wait_from__lt=today)

    def in_turn(self) -> Self:
        """What is late first, first; what waits for nobody last, the newest of it before."""
        return self.order_by(models.F("wait_from").asc(nulls_last=True), "-id")


class SiteVisitQuerySet(WaitingQuerySet):
    """Visits to places."""

    def shut(self) -> Self:
        """Those to which a door stayed shut."""
        return self.filter(standing__in=("refused", "unanswered"))


class OfVisitQuerySet(Walled):
    """What belongs to a visit."""

    def visible_to(self, user: object) -> Self:
        """Those of visits that one reads."""
        return self.judged().filter(scope(user, READ, "visit__region"))

    def open(self) -> Self:
        """Follow-ups which are still to be done."""
        return self.filter(ending="")


class ApproachQuerySet(WaitingQuerySet):
    """Approaches to authorities and parties."""

    def standing(self) -> Self:
        """Those not taken back."""
        return self.filter(voided="")


class OfApproachQuerySet(Walled):
    """What belongs to an approach."""

    def visible_to(self, user: object) -> Self:
        """Those of approaches that one reads."""
        return self.judged().filter(scope(user, READ, "approach__region"))


class ProgrammeQuerySet(models.QuerySet):
    """Centres, packages, costs, prevention: of the region where one follows children or counts them."""

    way = "region"

    def visible_to(self, user: object) -> Self:
        """Those of one's regions; nothing here tells of a child."""
        return self.filter(scope(user, READ, self.way) | scope(user, COUNTS, self.way))

    def in_use(self) -> Self:
        """Those which still work."""
        return self.filter(is_active=True)

    def in_region(self, region: str) -> Self:
        """Those of one region."""
        return self.filter(**{self.way: region})


class OfSiteQuerySet(ProgrammeQuerySet):
    """What hangs on a centre."""

    way = "site__region"


class OfOfferQuerySet(ProgrammeQuerySet):
    """What hangs on a package."""

    way = "offer__region"


class SchoolQuerySet(Walled):
    """Schools followed."""

    def visible_to(self, user: object) -> Self:
        """Those of the regions where one follows children."""
        return self.judged().filter(scope(user, READ))


class OfSchoolQuerySet(Walled):
    """Lines of a school."""

    def visible_to(self, user: object) -> Self:
        """Those of schools that one reads."""
        return self.judged().filter(scope(user, READ, "school__region"))

    def standing(self) -> Self:
        """Neither corrected by a later line nor taken back."""
        return self.filter(corrected=None).exclude(kind="")


class SchoolActionQuerySet(Walled):
    """What is waited for, school by school."""

    def visible_to(self, user: object) -> Self:
        """Those of schools that one reads."""
        return self.judged().filter(scope(user, READ, "school__region"))

    def waiting(self) -> Self:
        """Neither done nor given up."""
        return self.filter(state__in=("planned", "under_way"))

    def late(self, today: date) -> Self:
        """Those whose day has passed."""
        return self.waiting().filter(due_on__lt=today)
