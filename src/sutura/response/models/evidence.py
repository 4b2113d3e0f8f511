"""What shows that something happened, sealed: a record of handover bears a name, so its region alone can open it."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.incidents.codes import CodeField
from sutura.response.choices import Paper
from sutura.response.models.dockets import Docket, Step
from sutura.response.querysets import OfDocketQuerySet
from sutura.security.privacy import IDENTIFYING, INTERNAL
from sutura.security.sealed import SealedTextField, Sealing
from sutura.vault.rules import FOLLOWED


def random_path(_evidence: models.Model, _name: str) -> str:
    """A random name: the one given by the sender may be that of the child."""
    return str(PurePath("response", uuid.uuid4().hex))


class Evidence(models.Model):
    """A file kept with a line of a docket."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="evidence", verbose_name=_("docket"))
    step = models.ForeignKey(
        Step, models.PROTECT, related_name="evidence", verbose_name=_("line of a docket")
    )
    paper = CodeField(_("what it is"), max_length=12, choices=Paper.choices)
    file = models.FileField(_("file"), upload_to=random_path)
    original_name = SealedTextField(_("name of the file as received"), max_length=200)
    content_type = models.CharField(_("type of the file"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by")
    )

    objects = OfDocketQuerySet.as_manager()
    history = kept()
    sealing = Sealing(FOLLOWED, whole="docket", owner="opened_by_id")

    class Meta:
        verbose_name = _("evidence in a docket")
        verbose_name_plural = _("evidence in dockets")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["step", "sha256"], name="response_evidence_once")]

    class Privacy:
        id = public_id = docket = step = paper = content_type = size = sha256 = added_at = added_by = INTERNAL
        file = original_name = IDENTIFYING

    def __str__(self) -> str:
        return str(self.public_id)
