"""The incident: what happened, where and when, told twice (restricted and shareable)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.choices import PerpetratorCount, PlaceKind, State, Verdict
from sutura.incidents.codes import CodeField, flag, line, picked, sealed_text, tally, text
from sutura.incidents.querysets import IncidentQuerySet
from sutura.incidents.sealing import OF_FILE
from sutura.security.privacy import IDENTIFYING, INTERNAL, OPEN, PERSONAL
from sutura.security.sealed import SealedFloatField


class Incident(models.Model):
    """One event with at least one suspected violation against children (codebook B1)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ref = models.CharField(_("reference"), max_length=20, unique=True)
    import_ref = models.CharField(
        _("reference in the imported file"), max_length=80, unique=True, null=True, blank=True
    )
    alert = models.ForeignKey(
        "alerts.Alert",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name=_("alert it came from"),
    )
    title = line(_("title"))
    state = CodeField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    state_reason = line(_("reason of the state"), 500)
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("duplicate of"),
    )
    occurred_on = models.DateField(_("occurred on"))
    occurred_to = models.DateField(_("occurred until"), null=True, blank=True)
    open_ended = flag(_("still going on"))
    date_estimated = flag(_("date is estimated"))
    date_notes = line(_("what is known of the date"), 300)
    first_reported_on = models.DateField(_("first reported to the task force on"), null=True, blank=True)
    place = models.ForeignKey("places.Unit", models.PROTECT, related_name="+", verbose_name=_("place"))
    # Copied from the place, so that scope, lists and figures need no join.
    region = models.CharField(_("region"), max_length=8, blank=True, default="")
    region_2023 = models.CharField(_("region of the 2023 reform"), max_length=8, blank=True, default="")
    cercle = models.CharField(_("cercle"), max_length=10, blank=True, default="")
    locality = line(_("village, camp or quarter"))
    latitude = SealedFloatField(_("latitude"), null=True, blank=True)
    longitude = SealedFloatField(_("longitude"), null=True, blank=True)
    place_kind = picked(_("kind of place"), PlaceKind)
    place_kind_other = line(_("other kind of place"))
    place_notes = sealed_text(_("notes on the place"))
    account_restricted = sealed_text(_("restricted account"))
    account_shareable = text(_("shareable account"))
    reporting_organisation = line(_("reporting organisation"))
    monitor_code = line(_("code of the monitor"), 40)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    boys = tally(_("boys"))
    girls = tally(_("girls"))
    unknown = tally(_("children of unknown sex"))
    perpetrator_count = picked(_("number of individual perpetrators"), PerpetratorCount)
    notes = sealed_text(_("notes"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("opened by"),
    )
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)

    objects = IncidentQuerySet.as_manager()
    history = kept()
    sealing = OF_FILE

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-occurred_on", "-id"]
        indexes = [
            models.Index(fields=["-occurred_on", "-id"], name="incident_newest"),
            models.Index(fields=["region", "-occurred_on", "-id"], name="incident_region_newest"),
            models.Index(fields=["opened_by", "-occurred_on", "-id"], name="incident_own_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="incident_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.VOID, State.DUPLICATE]) | ~Q(state_reason=""),
                name="incident_left_count_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of=None) | Q(state=State.DUPLICATE), name="incident_duplicate_state"
            ),
            models.CheckConstraint(
                condition=Q(occurred_to=None) | Q(occurred_to__gte=F("occurred_on")),
                name="incident_range_order",
            ),
            models.CheckConstraint(
                condition=Q(occurred_to=None) | Q(open_ended=False), name="incident_range_or_open"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="incident_point_whole",
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        ref = INTERNAL
        import_ref = INTERNAL
        alert = INTERNAL
        title = INTERNAL
        state = INTERNAL
        state_reason = INTERNAL
        duplicate_of = INTERNAL
        occurred_on = INTERNAL
        occurred_to = INTERNAL
        open_ended = INTERNAL
        date_estimated = INTERNAL
        date_notes = INTERNAL
        first_reported_on = INTERNAL
        place = INTERNAL
        region = OPEN
        region_2023 = OPEN
        cercle = INTERNAL
        locality = PERSONAL
        latitude = IDENTIFYING
        longitude = IDENTIFYING
        place_kind = INTERNAL
        place_kind_other = INTERNAL
        place_notes = IDENTIFYING
        account_restricted = IDENTIFYING
        account_shareable = INTERNAL
        reporting_organisation = INTERNAL
        monitor_code = PERSONAL
        assigned_to = PERSONAL
        boys = INTERNAL
        girls = INTERNAL
        unknown = INTERNAL
        perpetrator_count = INTERNAL
        notes = IDENTIFYING
        opened_by = PERSONAL
        opened_at = INTERNAL

    def __str__(self) -> str:
        return self.ref

    @property
    def counts(self) -> bool:
        """Whether its violations may be counted: closing changes no figure, duplicate and void do."""
        return self.state not in (State.DUPLICATE, State.VOID)

    @property
    def on_hold(self) -> bool:
        """Whether a court, an inquiry or a claim needs the file: nothing in it is shredded meanwhile."""
        said: str | None = self.retention.last_words().first()
        return said == Verdict.HELD


class YearCount(models.Model):
    """The last number given to an incident in each year; locked by whoever takes the next ones."""

    year = models.PositiveIntegerField(_("year"), primary_key=True)
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("count of references")
        verbose_name_plural = _("counts of references")

    class Privacy:
        year = OPEN
        last = INTERNAL

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
