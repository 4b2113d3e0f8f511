"""Meetings: their agenda, who came, and the minutes point by point; every version is kept."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.choices.meetings import MeetingKind, Mode, Presence, Source, State, Topic, Verdict
from sutura.coordination.models.bodies import Body
from sutura.coordination.querysets.meetings import MeetingQuerySet, OfMeetingQuerySet, SupportQuerySet
from sutura.coordination.rules.meetings import TO_COME, WRITING
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL


class Meeting(models.Model):
    """A meeting of a body, from its plan to its minutes sent."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("body"))
    ref = models.CharField(_("reference"), max_length=24, unique=True, editable=False)
    kind = models.CharField(
        _("kind"), max_length=14, choices=MeetingKind.choices, default=MeetingKind.ORDINARY
    )
    planned_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    mode = models.CharField(_("how people meet"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    venue = models.CharField(_("venue"), max_length=150, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    proposals_until = models.DateField(_("points can be proposed until"), null=True, blank=True)
    postponed = models.PositiveSmallIntegerField(_("times postponed"), default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    chaired_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chaired by")
    )
    minuted_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("minutes written by"),
    )  # fmt: skip
    review_until = models.DateField(_("comments until"), null=True, blank=True)
    validated_on = models.DateField(_("minutes validated on"), null=True, blank=True)
    sent_on = models.DateField(_("minutes sent on"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-planned_on", "-id"]
        indexes = [models.Index(fields=["body", "-planned_on"], name="meeting_of_body")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="meeting_state_known"),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="meeting_hours",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("postponed", "cancelled")) | ~Q(reason=""),
                name="meeting_moved_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("held", "review", "validated", "sent"), held_on__isnull=False)
                | Q(state__in=("planned", "called", "published", "postponed", "cancelled"), held_on=None),
                name="meeting_held_has_a_day",
            ),
        ]

    class Privacy:
        id = public_id = body = ref = kind = planned_on = starts_at = ends_at = mode = venue = INTERNAL
        state = proposals_until = postponed = reason = held_on = chaired_by = minuted_by = INTERNAL
        review_until = validated_on = sent_on = INTERNAL

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("coordination:meeting", args=[self.public_id])

    @property
    def day(self) -> object:
        """The day it was held, or is planned for."""
        return self.held_on or self.planned_on

    @property
    def is_to_come(self) -> bool:
        """Neither held nor cancelled."""
        return self.state in TO_COME

    @property
    def is_written(self) -> bool:
        """Whether its minutes can still be changed."""
        return self.state in WRITING

    @property
    def takes_proposals(self) -> bool:
        """Whether members may propose points today."""
        until = self.proposals_until
        return self.state == State.CALLED and (until is None or until >= timezone.localdate())


class AgendaItem(models.Model):
    """One point of the agenda, and what the minutes say of it; `version` counts what was written."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("point"), max_length=200)
    source = models.CharField(
        _("where it comes from"), max_length=12, choices=Source.choices, default=Source.SECRETARIAT
    )
    presenter = models.CharField(_("presented by"), max_length=120, blank=True)
    duration = models.PositiveSmallIntegerField(_("minutes of time"), null=True, blank=True)
    detail = models.TextField(_("what it is about"), blank=True)
    discussion = models.TextField(_("discussions"), blank=True)
    decisions = models.TextField(_("recommendations and decisions"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    objects = OfMeetingQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("point of the agenda")
        verbose_name_plural = _("points of the agenda")
        ordering = ["meeting_id", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="item_source_known")
        ]

    class Privacy:
        id = public_id = meeting = position = title = source = presenter = duration = detail = INTERNAL
        discussion = decisions = version = INTERNAL

    def __str__(self) -> str:
        return self.title


class Proposal(models.Model):
    """A point which a member proposes for a meeting, and what the secretariat made of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="proposals", verbose_name=_("meeting"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    topic = models.CharField(_("kind"), max_length=10, choices=Topic.choices)
    title = models.CharField(_("point"), max_length=200)
    detail = models.TextField(_("what it is about"), blank=True)
    verdict = models.CharField(
        _("what became of it"), max_length=10, choices=Verdict.choices, default=Verdict.PROPOSED
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = OfMeetingQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("proposed point")
        verbose_name_plural = _("proposed points")
        ordering = ["meeting_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="proposal_verdict_known"),
            models.CheckConstraint(
                condition=~Q(verdict__in=("deferred", "set_aside")) | ~Q(reason=""),
                name="proposal_refused_says_why",
            ),
        ]

    class Privacy:
        id = public_id = meeting = organisation = topic = title = detail = verdict = reason = INTERNAL

    def __str__(self) -> str:
        return self.title


class Support(models.Model):
    """A member organisation that stands behind a point which another proposed."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="supports", verbose_name=_("proposed point")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )

    objects = SupportQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("support of a point")
        verbose_name_plural = _("supports of points")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "organisation"], name="support_once")]

    class Privacy:
        id = proposal = organisation = INTERNAL

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.organisation_id}"


class Attendance(models.Model):
    """Whether an organisation came to a meeting, and with how many women and men."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance", verbose_name=_("meeting"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    presence = models.CharField(_("attendance"), max_length=12, choices=Presence.choices)
    women = models.PositiveSmallIntegerField(_("women"), default=0)
    men = models.PositiveSmallIntegerField(_("men"), default=0)
    persons = models.CharField(_("who sat"), max_length=300, blank=True)

    objects = OfMeetingQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["meeting_id", "organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="attendance_once"),
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="attendance_known"),
            models.CheckConstraint(
                condition=Q(presence__in=("present", "represented")) | Q(women=0, men=0),
                name="attendance_counts_who_came",
            ),
        ]

    class Privacy:
        id = meeting = organisation = presence = women = men = persons = INTERNAL

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.organisation_id} {self.presence}"


class Comment(models.Model):
    """What a member asks to be changed in minutes under review, and the answer."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="comments", verbose_name=_("meeting"))
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("point")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    text = models.TextField(_("comment"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
        editable=False,
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    objects = OfMeetingQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("comment on minutes")
        verbose_name_plural = _("comments on minutes")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]

    class Privacy:
        id = public_id = meeting = item = organisation = text = written_by = written_at = answer = INTERNAL

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.organisation_id}"
