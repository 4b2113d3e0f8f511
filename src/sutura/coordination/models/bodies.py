"""Bodies and their members; every version is kept."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.choices.bodies import BodyKind, BodyStatus, MeetingRule, Seat
from sutura.coordination.querysets.bodies import BodyQuerySet, MembershipQuerySet
from sutura.partners.choices import Level
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL, OPEN

ACRONYM = r"^[A-Z][A-Z0-9-]{1,14}$"


class Body(models.Model):
    """A body that meets: who leads it and who keeps its papers are seats of its members."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=15, choices=BodyKind.choices)
    name_fr = models.CharField(_("name in French"), max_length=150)
    name_en = models.CharField(_("name in English"), max_length=150)
    acronym = models.CharField(_("acronym"), max_length=15, unique=True, validators=[RegexValidator(ACRONYM)])
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.NATIONAL)
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    created_on = models.DateField(_("created on"), null=True, blank=True)
    founding_act = models.CharField(_("founding act"), max_length=200, blank=True)
    meeting_rule = models.CharField(
        _("how often it meets"), max_length=12, choices=MeetingRule.choices, default=MeetingRule.MONTHLY
    )
    venue = models.CharField(_("usual venue"), max_length=150, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=BodyStatus.choices, default=BodyStatus.ACTIVE
    )

    objects = BodyQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["acronym"]
        constraints = [
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="body_not_own_parent"),
            models.CheckConstraint(condition=Q(kind__in=BodyKind.values), name="body_kind_known"),
            models.CheckConstraint(condition=Q(status__in=BodyStatus.values), name="body_status_known"),
            models.CheckConstraint(
                condition=Q(level=Level.NATIONAL, region="") | (~Q(level=Level.NATIONAL) & ~Q(region="")),
                name="body_region_below_national",
            ),
        ]

    class Privacy:
        id = public_id = INTERNAL
        kind = name_fr = name_en = acronym = parent = level = region = created_on = founding_act = OPEN
        meeting_rule = status = OPEN
        venue = INTERNAL

    def __str__(self) -> str:
        return self.name_in(get_language() or settings.LANGUAGE_CODE)

    def get_absolute_url(self) -> str:
        return reverse("coordination:body", args=[self.public_id])

    def name_in(self, language: str) -> str:
        """The body's name in English or, for any other language, in French."""
        return self.name_en if language.startswith("en") else self.name_fr


class Membership(models.Model):
    """The seat of an organisation in a body from a day on, and the two persons who sit for it.

    Both persons are named in their professional office, as on any list of focal points; an account is the tie to
    this tool, and lets its holder read what the body does.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships", verbose_name=_("body"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    seat = models.CharField(_("seat"), max_length=12, choices=Seat.choices, default=Seat.MEMBER)
    titular = models.CharField(_("titular"), max_length=120, blank=True)
    alternate = models.CharField(_("alternate"), max_length=120, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="memberships",
        verbose_name=_("account of this tool"),
    )  # fmt: skip
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["body_id", "organisation_id", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "organisation"], condition=Q(ends_on=None), name="membership_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="membership_dates"
            ),
            models.CheckConstraint(condition=Q(seat__in=Seat.values), name="membership_seat_known"),
        ]

    class Privacy:
        id = public_id = body = organisation = seat = starts_on = ends_on = INTERNAL
        titular = alternate = account = INTERNAL

    def __str__(self) -> str:
        return f"{self.body_id} {self.organisation_id} {self.seat}"
