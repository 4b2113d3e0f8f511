"""What is kept of imports: each run, the marks of each row taken in, and a file while it waits for a yes."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.intake.choices import How, Kind, Outcome
from sutura.intake.querysets import (
    ImportedRowQuerySet,
    OfRunQuerySet,
    RunQuerySet,
    StagedFileQuerySet,
    ToldHeadingQuerySet,
)
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL

KEPT_FOR = timedelta(hours=2)


def _end() -> object:
    return timezone.now() + KEPT_FOR


class ImportRun(models.Model):
    """One run of an importer: who gave which file (by its sha256), and how many rows did what."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind of file"), max_length=20, choices=Kind.choices, default=Kind.INCIDENTS)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("imported by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    dry_run = models.BooleanField(_("dry run"), default=False)
    created = models.PositiveIntegerField(_("rows created"), default=0)
    updated = models.PositiveIntegerField(_("rows updated"), default=0)
    unchanged = models.PositiveIntegerField(_("rows unchanged"), default=0)
    rejected = models.PositiveIntegerField(_("rows rejected"), default=0)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        kind = INTERNAL
        by = PERSONAL
        at = INTERNAL
        sha256 = INTERNAL
        outcome = INTERNAL
        dry_run = INTERNAL
        created = INTERNAL
        updated = INTERNAL
        unchanged = INTERNAL
        rejected = INTERNAL

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("intake:run", args=[self.public_id])


class BatchRow(models.Model):
    """What one row of a taken file made or changed, so that the whole batch can be taken back.

    `before`: the version of the record's history which stood before, for a change.
    """

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="rows", verbose_name=_("import"))
    number = models.PositiveIntegerField(_("row"))
    model = models.CharField(_("kind of record"), max_length=60)
    record = models.BigIntegerField(_("record"))
    how = models.CharField(_("what it did"), max_length=10, choices=How.choices)
    before = models.BigIntegerField(_("version before"), null=True, blank=True)

    objects = OfRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a batch")
        verbose_name_plural = _("rows of batches")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(how__in=How.values), name="intake_batch_how_known"),
            models.CheckConstraint(
                condition=Q(how=How.UPDATED, before__isnull=False) | Q(how=How.CREATED, before=None),
                name="intake_batch_change_has_before",
            ),
        ]

    class Privacy:
        id = run = number = model = record = how = before = INTERNAL

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"


class Undoing(models.Model):
    """A batch taken back: by whom, why, how many records, and how many stay since somebody changed them later."""

    run = models.OneToOneField(ImportRun, models.PROTECT, related_name="undoing", verbose_name=_("import"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken back by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    why = models.CharField(_("why"), max_length=300)
    undone = models.PositiveIntegerField(_("records taken back"), default=0)
    stayed = models.PositiveIntegerField(_("records changed since, left as they are"), default=0)

    objects = OfRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import taken back")
        verbose_name_plural = _("imports taken back")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="intake_undoing_says_why")]

    class Privacy:
        id = run = at = why = undone = stayed = INTERNAL
        by = PERSONAL

    def __str__(self) -> str:
        return f"{self.run_id} {self.at:%Y-%m-%d}"


class ToldHeading(models.Model):
    """What somebody said that a heading of her files stands for; an empty column leaves it aside."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("account")
    )
    kind = models.CharField(_("kind of file"), max_length=20, choices=Kind.choices)
    heading = models.CharField(_("heading"), max_length=120)
    column = models.CharField(_("column"), max_length=30, blank=True)

    objects = ToldHeadingQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("heading that was explained")
        verbose_name_plural = _("headings that were explained")
        ordering = ["kind", "heading"]
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "heading"], name="intake_heading_told_once")
        ]

    class Privacy:
        id = kind = heading = column = INTERNAL
        account = PERSONAL

    def __str__(self) -> str:
        return self.heading


class ImportedRow(models.Model):
    """What a row said when it was last taken in, as one short hash per filled column.

    A later import changes only the columns which the file changed: what people decided here since then stays.
    """

    sheet = models.CharField(_("sheet"), max_length=12)
    ref = models.CharField(_("reference"), max_length=80)
    marks = models.TextField(_("marks of the columns"))

    objects = ImportedRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [models.UniqueConstraint(fields=["sheet", "ref"], name="imported_row_once")]

    class Privacy:
        id = INTERNAL
        sheet = INTERNAL
        ref = PERSONAL
        marks = PERSONAL

    def __str__(self) -> str:
        return f"{self.sheet} {self.ref}"


class StagedFile(models.Model):
    """A file given on the page, with its dry run, until it is confirmed, refused or forgotten (two hours)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    expires_at = models.DateTimeField(_("kept until"), default=_end)
    kind = models.CharField(_("kind of file"), max_length=20, choices=Kind.choices, default=Kind.INCIDENTS)
    content = models.BinaryField(_("content, sealed to who gave it"))
    result = models.BinaryField(_("result of the dry run, sealed alike"))

    objects = StagedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file waiting for a decision")
        verbose_name_plural = _("files waiting for a decision")
        ordering = ["-id"]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        by = PERSONAL
        at = INTERNAL
        expires_at = INTERNAL
        kind = INTERNAL
        content = IDENTIFYING
        result = IDENTIFYING

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("intake:staged", args=[self.public_id])
