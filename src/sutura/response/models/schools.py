"""A school, what became of it line by line, and what the education cluster follows up; never who is in it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.codes import CodeField
from sutura.places.models import Facility, Unit
from sutura.response.choices.children import Precision, Zone
from sutura.response.choices.schools import LINE_ANSWERS, Basis, Line, Office, Task, TaskLate, TaskState
from sutura.response.choices.steps import Correction
from sutura.response.querysets import OfSchoolQuerySet, SchoolActionQuerySet, SchoolQuerySet
from sutura.response.rules.clocks import Span, span_of
from sutura.response.rules.schools import Key, keys
from sutura.security.privacy import INTERNAL, PERSONAL


class School(models.Model):
    """A school that is followed: of the register of facilities, or named by an incident or an office."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    facility = models.OneToOneField(
        Facility, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("of the register")
    )
    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(_("name for searching"), max_length=200, editable=False)
    region = models.CharField(_("region"), max_length=8, db_index=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("place"))
    followed_at = models.DateTimeField(_("followed since"), default=timezone.now, editable=False)
    followed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who began to follow it")
    )

    objects = SchoolQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("school followed")
        verbose_name_plural = _("schools followed")
        ordering = ["region", "folded", "id"]
        constraints = [
            models.UniqueConstraint(fields=["place", "folded"], name="response_school_once"),
            models.CheckConstraint(condition=~Q(region="") & ~Q(folded=""), name="response_school_somewhere"),
        ]

    class Privacy:
        id = public_id = region = followed_at = followed_by = INTERNAL
        facility = name = folded = place = PERSONAL

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("response:school", args=[self.public_id])

    @property
    def keys(self) -> set[Key]:
        """By which records that name it are found."""
        return keys(self.facility_id, self.place_id, self.folded)


class SchoolLine(models.Model):
    """What became of a school; the table only grows, and a correction is a further line which says what it corrects."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="lines", verbose_name=_("school"))
    kind = CodeField(_("what happened"), max_length=12, choices=Line.choices, blank=True)
    answer = models.CharField(_("how"), max_length=12, blank=True)
    basis = CodeField(_("how it is known"), max_length=10, choices=Basis.choices, blank=True)
    office = CodeField(_("which office says so"), max_length=10, choices=Office.choices, blank=True)
    precision = CodeField(_("how exactly it is known"), max_length=8, choices=Precision.choices)
    day = models.DateField(_("day"), null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected", verbose_name=_("corrects")
    )
    why = CodeField(_("why it is corrected"), max_length=6, choices=Correction.choices, blank=True)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by")
    )

    objects = OfSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a school")
        verbose_name_plural = _("lines of schools")
        ordering = ["school_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="", corrects__isnull=False, basis="", office="")
                | Q(kind__in=Line.values) & ~Q(basis="") & ~Q(office=""),
                name="response_school_line_known",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, why="") | Q(corrects__isnull=False) & ~Q(why=""),
                name="response_school_correction_why",
            ),
            models.CheckConstraint(
                condition=Q(precision__in=[Precision.DAY, Precision.MONTH], day__isnull=False)
                | Q(precision=Precision.UNKNOWN, day=None),
                name="response_school_date_as_known",
            ),
            models.CheckConstraint(
                condition=~Q(corrects=F("id")), name="response_school_not_its_own_correction"
            ),
        ]

    class Privacy:
        id = public_id = school = corrects = why = noted_at = noted_by = INTERNAL
        kind = answer = basis = office = precision = day = INTERNAL

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def span(self) -> Span:
        """When, as far as it is known."""
        return span_of(self.precision, day=self.day, moment=None, zone=Zone.BAMAKO)

    @property
    def answer_words(self) -> str:
        """What its code says."""
        codes = LINE_ANSWERS.get(self.kind)
        return str(codes(self.answer).label) if codes and self.answer else ""


class SchoolAction(models.Model):
    """What the education cluster waits for from an office; each state it went through is kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="actions", verbose_name=_("school"))
    task = CodeField(_("what is to be done"), max_length=10, choices=Task.choices)
    office = CodeField(_("by which office"), max_length=10, choices=Office.choices)
    due_on = models.DateField(_("due on"))
    state = CodeField(_("state"), max_length=10, choices=TaskState.choices, default=TaskState.PLANNED)
    late_reason = CodeField(_("why it is late"), max_length=10, choices=TaskLate.choices, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by")
    )

    objects = SchoolActionQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("action for a school")
        verbose_name_plural = _("actions for schools")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TaskState.DONE, done_on__isnull=False)
                | ~Q(state=TaskState.DONE) & Q(done_on=None),
                name="response_action_done_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__lte=F("due_on")) | ~Q(late_reason=""),
                name="response_action_done_late_says_why",
            ),
        ]

    class Privacy:
        id = public_id = school = task = office = due_on = state = late_reason = done_on = INTERNAL
        noted_at = noted_by = INTERNAL

    def __str__(self) -> str:
        return str(self.public_id)

    def late(self, today: date) -> bool:
        """Whether its day has passed and it is neither done nor given up."""
        return self.state in (TaskState.PLANNED, TaskState.UNDER_WAY) and self.due_on < today


def standing_lines(lines: Sequence[SchoolLine]) -> list[SchoolLine]:
    """The lines that hold: those which no later line corrects, and not the taking back itself."""
    corrected = {line.corrects_id for line in lines}
    return [line for line in lines if line.kind and line.pk not in corrected]
