"""What ties a body to another, the documents that are its own, and the scans of signed sheets."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.models.bodies import Body
from sutura.coordination.models.meetings import Meeting
from sutura.coordination.querysets.bodies import OfBodyQuerySet
from sutura.coordination.querysets.meetings import OfMeetingQuerySet
from sutura.library.models import Document
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL


def scan_path(record: models.Model, _name: str) -> str:
    """Where a scan lies: a name by chance, nothing of what the browser called it."""
    return f"coordination/{uuid.uuid4().hex}"


class Tie(models.Model):
    """A link from a body to another, held by a liaison person: a cluster, an institute, the body above."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="ties", verbose_name=_("body"))
    known = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tied_from",
        verbose_name=_("body kept here"),
    )
    other = models.CharField(_("other body"), max_length=150)  # of one kept here: its name that day
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation of the liaison person")
    )
    liaison = models.CharField(_("liaison person"), max_length=120)
    rhythm = models.CharField(_("how often"), max_length=80, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = OfBodyQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("link with another body")
        verbose_name_plural = _("links with other bodies")
        ordering = ["body_id", "other"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="tie_dates"
            ),
            models.CheckConstraint(condition=~Q(liaison=""), name="tie_has_a_person"),
            models.CheckConstraint(condition=Q(known=None) | ~Q(known=F("body")), name="tie_to_another_body"),
        ]

    class Privacy:
        id = public_id = body = known = other = organisation = liaison = rhythm = starts_on = ends_on = (
            INTERNAL
        )

    def __str__(self) -> str:
        return str(self.known) if self.known else self.other


class BodyDocument(models.Model):
    """A document of the library which is the body's own: whoever takes the body over receives it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="documents", verbose_name=_("body"))
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="bodies", verbose_name=_("document of the library")
    )

    objects = OfBodyQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("document of a body")
        verbose_name_plural = _("documents of bodies")
        ordering = ["body_id", "document__title", "id"]
        constraints = [models.UniqueConstraint(fields=["body", "document"], name="body_document_once")]

    class Privacy:
        id = public_id = body = document = INTERNAL

    def __str__(self) -> str:
        return str(self.document)


class Scan(models.Model):
    """The signed sheet of a meeting, as it was photographed or scanned, without what the camera wrote beside it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="scans", verbose_name=_("meeting"))
    file = models.FileField(_("file"), upload_to=scan_path)
    content_type = models.CharField(_("type of the file"), max_length=100)
    ending = models.CharField(_("ending of the file"), max_length=5, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("kept by"), editable=False
    )
    kept_at = models.DateTimeField(_("kept"), default=timezone.now, editable=False)

    objects = OfMeetingQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("signed sheet")
        verbose_name_plural = _("signed sheets")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "sha256"], name="scan_once")]

    class Privacy:
        id = public_id = meeting = file = content_type = ending = size = sha256 = kept_by = kept_at = INTERNAL

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def file_name(self) -> str:
        """Under which name it is handed out: codes alone."""
        return f"{self.meeting.ref}-presence-{self.public_id.hex[:8]}.{self.ending}"
