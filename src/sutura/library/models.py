"""Documents in versions, how far each is validated, to whom it went, and what is done with it. No word of a child."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.audit.history import kept
from sutura.library.choices import Access, Channel, Kind, Language, Layer, Stage
from sutura.library.querysets import DocumentQuerySet, OfDocumentQuerySet, OfVersionQuerySet, UseQuerySet
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL


def path_of_file(_record: models.Model, _name: str) -> str:
    """A random name: the one given by the sender may say who she is."""
    return str(PurePath("library", uuid.uuid4().hex))


class Document(models.Model):
    """A document of the library, whatever its versions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=250)
    issuer = models.CharField(_("issuer"), max_length=150)
    language = models.CharField(_("language"), max_length=6, choices=Language.choices)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    summary = models.TextField(_("summary in French"), blank=True)
    axis = models.CharField(_("axis"), max_length=120, blank=True)
    layers = models.CharField(_("layers of the pyramid"), max_length=20, blank=True)  # one space between
    theme = models.CharField(_("theme"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    access = models.CharField(_("who may read it"), max_length=10, choices=Access.choices)
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    folded = models.TextField(_("words for searching"), editable=False)

    objects = DocumentQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="library_kind_known"),
            models.CheckConstraint(condition=Q(access__in=Access.values), name="library_access_known"),
        ]

    class Privacy:
        id = public_id = kind = title = issuer = language = year = summary = axis = layers = INTERNAL
        theme = licence = access = region = folded = INTERNAL

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:document", args=[self.public_id])

    @property
    def layer_words(self) -> list[str]:
        """Its layers in words, from the base."""
        codes = self.layers.split()
        return [str(layer.label) for layer in Layer if layer in codes]


class Version(models.Model):
    """One version of a document: a file, or the address where its issuer keeps it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="versions", verbose_name=_("document")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    dated_on = models.DateField(_("dated"))
    stage = models.CharField(_("validation"), max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    address = models.URLField(_("address"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to=path_of_file, blank=True)
    content_type = models.CharField(_("type of the file"), max_length=100, blank=True)
    ending = models.CharField(_("ending of the file"), max_length=5, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)

    objects = OfDocumentQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = pgettext_lazy("document", "version")
        verbose_name_plural = pgettext_lazy("document", "versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="library_version_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="library_stage_known"),
            models.CheckConstraint(
                condition=Q(file="", sha256="") & ~Q(address="") | ~Q(file="") & ~Q(sha256=""),
                name="library_version_somewhere",
            ),
        ]

    class Privacy:
        id = public_id = document = number = dated_on = stage = address = file = content_type = INTERNAL
        ending = size = sha256 = INTERNAL

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"

    def get_absolute_url(self) -> str:
        return self.document.get_absolute_url()


class Validation(models.Model):
    """A stage that a version reached: by which authority, on which day."""

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="validations", verbose_name=_("version")
    )
    stage = models.CharField(_("validation"), max_length=10, choices=Stage.choices)
    authority = models.CharField(_("authority"), max_length=150)
    reached_on = models.DateField(_("on"))

    objects = OfVersionQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("validation")
        verbose_name_plural = _("validations")
        ordering = ["reached_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "stage"], name="library_stage_once"),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.TECHNICAL, Stage.POLITICAL, Stage.ADOPTED]),
                name="library_validation_beyond_draft",
            ),
        ]

    class Privacy:
        id = version = stage = authority = reached_on = INTERNAL

    def __str__(self) -> str:
        return f"{self.version_id} {self.stage}"


class Dissemination(models.Model):
    """A version went to an organisation, or to a body named in words; and who said that it arrived."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="disseminations", verbose_name=_("version")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="received",
        verbose_name=_("organisation"),
    )  # fmt: skip
    body = models.CharField(_("body or audience"), max_length=150, blank=True)
    sent_on = models.DateField(_("sent on"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    acknowledged_by = models.CharField(_("acknowledged by"), max_length=150, blank=True)

    objects = OfVersionQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("dissemination")
        verbose_name_plural = _("disseminations")
        ordering = ["-sent_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None) & ~Q(body="") | Q(organisation__isnull=False, body=""),
                name="library_sent_to_one",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_on=None, acknowledged_by="")
                | Q(acknowledged_on__isnull=False) & ~Q(acknowledged_by=""),
                name="library_acknowledged_by_somebody",
            ),
        ]

    class Privacy:
        id = public_id = version = organisation = body = sent_on = channel = acknowledged_on = INTERNAL
        acknowledged_by = INTERNAL

    def __str__(self) -> str:
        return f"{self.version_id} {self.receiver}"

    @property
    def receiver(self) -> str:
        """To whom it went."""
        return str(self.organisation) if self.organisation else self.body


class Use(models.Model):
    """An organisation works with a document somewhere: how, and what shows it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="uses", verbose_name=_("document"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="uses", verbose_name=_("organisation")
    )
    region = models.CharField(_("region"), max_length=8, blank=True, db_index=True)
    used_on = models.DateField(_("used on"))
    how = models.CharField(_("how it is used"), max_length=500)
    evidence = models.CharField(_("what shows it"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to=path_of_file, blank=True)
    content_type = models.CharField(_("type of the file"), max_length=100, blank=True)
    ending = models.CharField(_("ending of the file"), max_length=5, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)

    objects = UseQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = pgettext_lazy("document", "use")
        verbose_name_plural = pgettext_lazy("document", "uses")
        ordering = ["-used_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256="", file="") & ~Q(evidence="") | ~Q(file="") & ~Q(sha256=""),
                name="library_use_shown",
            ),
        ]

    class Privacy:
        id = public_id = document = organisation = region = used_on = how = evidence = file = INTERNAL
        content_type = ending = size = sha256 = INTERNAL

    def __str__(self) -> str:
        return f"{self.document_id} {self.organisation_id}"
