"""Terms of reference in versions: sections, what organisations said of them, and who validated them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.coordination.choices.terms import Ruling, Stage
from sutura.coordination.models.bodies import Body
from sutura.coordination.querysets.terms import SectionQuerySet, TermsCommentQuerySet, TermsQuerySet
from sutura.coordination.rules.terms import WRITTEN
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL


class Terms(models.Model):
    """One version of the terms of reference of a body."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="terms", verbose_name=_("body"))
    version = models.PositiveSmallIntegerField(_("version"))
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    comments_until = models.DateField(_("comments until"), null=True, blank=True)
    technical_on = models.DateField(_("validated technically on"), null=True, blank=True)
    technical_by = models.CharField(_("technical authority"), max_length=150, blank=True)
    political_on = models.DateField(_("validated politically on"), null=True, blank=True)
    political_by = models.CharField(_("political authority"), max_length=150, blank=True)

    objects = TermsQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("terms of reference")
        verbose_name_plural = _("terms of reference")
        ordering = ["body_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["body", "version"], name="terms_version_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="terms_stage_known"),
            models.CheckConstraint(
                condition=Q(technical_on=None, technical_by="")
                | (Q(technical_on__isnull=False) & ~Q(technical_by="")),
                name="terms_technical_who_when",
            ),
            models.CheckConstraint(
                condition=Q(political_on=None, political_by="")
                | (Q(political_on__isnull=False, technical_on__isnull=False) & ~Q(political_by="")),
                name="terms_political_who_when",
            ),
        ]

    class Privacy:
        id = public_id = body = version = stage = comments_until = INTERNAL
        technical_on = technical_by = political_on = political_by = INTERNAL

    def __str__(self) -> str:
        return f"{self.body.acronym} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("coordination:terms_version", args=[self.public_id])

    @property
    def is_written(self) -> bool:
        """Whether its words can still be changed."""
        return self.stage in WRITTEN

    @property
    def takes_comments(self) -> bool:
        """Whether members may comment today."""
        until = self.comments_until
        return self.stage == Stage.COMMENT and (until is None or until >= timezone.localdate())


class Section(models.Model):
    """One section of a version."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    terms = models.ForeignKey(
        Terms, models.PROTECT, related_name="sections", verbose_name=_("terms of reference")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    heading = models.CharField(_("heading"), max_length=120)
    text = models.TextField(_("text"), blank=True)

    objects = SectionQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["terms_id", "position"]
        constraints = [models.UniqueConstraint(fields=["terms", "heading"], name="section_heading_once")]

    class Privacy:
        id = public_id = terms = position = heading = text = INTERNAL

    def __str__(self) -> str:
        return self.heading


class TermsComment(models.Model):
    """What an organisation asks of a section, and what was decided."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(Section, models.PROTECT, related_name="comments", verbose_name=_("section"))
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
    ruling = models.CharField(_("decision"), max_length=8, choices=Ruling.choices, blank=True)
    reply = models.CharField(_("reply"), max_length=300, blank=True)

    objects = TermsCommentQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("comment on terms of reference")
        verbose_name_plural = _("comments on terms of reference")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="terms_comment_says_something"),
            models.CheckConstraint(
                condition=Q(ruling__in=("", Ruling.KEPT)) | ~Q(reply=""),
                name="terms_comment_refused_says_why",
            ),
        ]

    class Privacy:
        id = public_id = section = organisation = text = written_by = written_at = ruling = reply = INTERNAL

    def __str__(self) -> str:
        return f"{self.section_id} {self.organisation_id}"
