"""What proves a violation, and what was done about it: sources, attachments, responses."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.choices import (
    AttachmentKind,
    Grade,
    GroupSex,
    ResponseKind,
    ResponseStatus,
    SharingWith,
    SourceAge,
    SourceCategory,
    SourceKind,
)
from sutura.incidents.codes import CodeField, CodesField, asked, line, picked, sealed_line, sealed_text
from sutura.incidents.querysets import LinkQuerySet, PartQuerySet, ResponseQuerySet
from sutura.incidents.sealing import OF_DETAIL, OF_EVIDENCE, OF_PART
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL
from sutura.security.sealed import SealedTextField


class Source(models.Model):
    """Who or what told of the incident, by code, with its reliability, credibility and four consents."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(
        "incidents.Incident", models.PROTECT, related_name="sources", verbose_name=_("incident")
    )
    ref = models.CharField(_("reference"), max_length=28, unique=True)
    import_ref = models.CharField(
        _("reference in the imported file"), max_length=80, unique=True, null=True, blank=True
    )
    code = line(_("code of the source"), 60)
    category = CodeField(_("category"), choices=SourceCategory.choices)
    kind = picked(_("kind"), SourceKind)
    kind_other = line(_("other kind"))
    description = sealed_text(_("description of the source"))
    interviewer = line(_("code of the interviewer"), 60)
    trained = asked(_("United Nations staff or trained partner"))
    organisation = line(_("organisation which collected it"))
    collected_on = models.DateField(_("collected on"), null=True, blank=True)
    collected_at = sealed_line(_("place of collection"))
    sex = picked(_("sex"), GroupSex)
    age_group = picked(_("child or adult"), SourceAge)
    reliability = picked(_("reliability of the source"), Grade)
    reliability_reason = sealed_text(_("why this reliability"))
    credibility = picked(_("credibility of what it says"), Grade)
    credibility_reason = sealed_text(_("why this credibility"))
    consent_reporting = asked(_("agrees that facts without names are reported"))
    consent_sharing = asked(_("agrees that name and details are shared for a referral"))
    consent_sharing_with = CodesField(_("shared with"), choices=SharingWith.choices)
    consent_sharing_other = line(_("shared with someone else"))
    consent_contact = asked(_("agrees to be contacted again"))
    needs_services = asked(_("child source: needs services"))
    notes = sealed_text(_("notes"))
    voided_reason = line(_("reason for voiding"), 500)

    objects = PartQuerySet.as_manager()
    history = kept()
    sealing = OF_EVIDENCE

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["incident_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=SourceCategory.values), name="source_category_known"
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        incident = INTERNAL
        ref = INTERNAL
        import_ref = PERSONAL
        code = PERSONAL
        category = INTERNAL
        kind = INTERNAL
        kind_other = INTERNAL
        description = IDENTIFYING
        interviewer = PERSONAL
        trained = INTERNAL
        organisation = PERSONAL
        collected_on = INTERNAL
        collected_at = IDENTIFYING
        sex = PERSONAL
        age_group = PERSONAL
        reliability = INTERNAL
        reliability_reason = IDENTIFYING
        credibility = INTERNAL
        credibility_reason = IDENTIFYING
        consent_reporting = PERSONAL
        consent_sharing = PERSONAL
        consent_sharing_with = PERSONAL
        consent_sharing_other = PERSONAL
        consent_contact = PERSONAL
        needs_services = PERSONAL
        notes = IDENTIFYING
        voided_reason = INTERNAL

    def __str__(self) -> str:
        return self.ref

    @property
    def primary(self) -> bool:
        """Whether it is a primary source: victim, witness or alleged perpetrator (mrm.md 3.3)."""
        return self.category != SourceCategory.SECONDARY


class SourceLink(models.Model):
    """One source which corroborates one violation."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="links", verbose_name=_("source"))
    violation = models.ForeignKey(
        "incidents.Violation", models.PROTECT, related_name="source_links", verbose_name=_("violation")
    )

    objects = LinkQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("source of a violation")
        verbose_name_plural = _("sources of violations")
        constraints = [
            models.UniqueConstraint(fields=["violation", "source"], name="source_once_a_violation"),
        ]

    class Privacy:
        id = INTERNAL
        source = INTERNAL
        violation = INTERNAL

    def __str__(self) -> str:
        return f"{self.source_id} {self.violation_id}"


class Response(models.Model):
    """What the task force did about one violation, or plans to do."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    violation = models.ForeignKey(
        "incidents.Violation", models.PROTECT, related_name="responses", verbose_name=_("violation")
    )
    kinds = CodesField(_("response"), choices=ResponseKind.choices, blank=False)
    kinds_other = line(_("other response"))
    made_on = models.DateField(_("date"), null=True, blank=True)
    addressee = line(_("addressed to"))
    status = CodeField(
        _("status"), max_length=10, choices=ResponseStatus.choices, default=ResponseStatus.PENDING
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    notes = sealed_text(_("notes"))
    voided_reason = line(_("reason for voiding"), 500)

    objects = ResponseQuerySet.as_manager()
    history = kept()
    sealing = OF_DETAIL

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["violation_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ResponseStatus.values), name="response_status_known"
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        violation = INTERNAL
        kinds = INTERNAL
        kinds_other = INTERNAL
        made_on = INTERNAL
        addressee = PERSONAL
        status = INTERNAL
        due_on = INTERNAL
        notes = IDENTIFYING
        voided_reason = INTERNAL

    def __str__(self) -> str:
        return f"{self.violation_id} {self.made_on or self.due_on or ''}"


def private_path(attachment: Attachment, _filename: str) -> str:
    """Where the file lies: a random name, so that no word of the user's file name reaches the disk."""
    name = uuid.uuid4().hex
    return f"incidents/{name[:2]}/{name}"


class Attachment(models.Model):
    """A file kept with an incident, saying which violation it proves; served by a permitted view alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(
        "incidents.Incident", models.PROTECT, related_name="attachments", verbose_name=_("incident")
    )
    violation = models.ForeignKey(
        "incidents.Violation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("violation it proves"),
    )
    file = models.FileField(_("file"), upload_to=private_path)
    original_name = SealedTextField(_("name of the file as received"), max_length=200)
    content_type = line(_("type of the file"), 100)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    kind = CodeField(_("kind"), choices=AttachmentKind.choices)
    description = sealed_text(_("description"))
    collected_by = line(_("collected by (code)"), 60)
    collected_on = models.DateField(_("collected on"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    voided_reason = line(_("reason for voiding"), 500)

    objects = PartQuerySet.as_manager()
    history = kept()
    sealing = OF_PART

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["incident_id", "id"]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        incident = INTERNAL
        violation = INTERNAL
        file = IDENTIFYING
        original_name = IDENTIFYING
        content_type = INTERNAL
        sha256 = INTERNAL
        size = INTERNAL
        kind = INTERNAL
        description = IDENTIFYING
        collected_by = PERSONAL
        collected_on = INTERNAL
        added_by = PERSONAL
        added_at = INTERNAL
        voided_reason = INTERNAL

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_picture(self) -> bool:
        """Whether it is a photograph, which is handed out drawn anew."""
        return self.content_type.startswith("image/")
