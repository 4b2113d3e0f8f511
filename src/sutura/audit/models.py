"""One line per act, and the chain that binds them. Ids and names of fields only: no personal data, no foreign key."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.audit.querysets import EntryQuerySet
from sutura.audit.rules import CONTENT, Content
from sutura.security.privacy import INTERNAL


class Entry(models.Model):
    """One act: who, what, on which record, when."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    actor_id = models.BigIntegerField(_("account number"), null=True, db_index=True)
    actor = models.CharField(_("account"), max_length=150)
    act = models.CharField(_("act"), max_length=80)
    kind = models.CharField(_("kind of record"), max_length=60, blank=True)
    subject = models.CharField(_("record"), max_length=80, blank=True, db_index=True)
    fields = models.CharField(_("fields or counts"), max_length=400, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-id"]

    class Privacy:
        id = INTERNAL
        at = INTERNAL
        actor_id = INTERNAL
        actor = INTERNAL
        act = INTERNAL
        kind = INTERNAL
        subject = INTERNAL
        fields = INTERNAL

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.act}"

    @property
    def content(self) -> Content:
        """What the chain binds."""
        return tuple(getattr(self, name) for name in CONTENT)


class Link(models.Model):
    """One row of the chain: it binds an entry, in the order of commits, to all that was written before."""

    # Given by the chain, never by the database; this kind of key is the place of a row in SQLite, so an index less.
    number = models.BigAutoField(_("number in the chain"), primary_key=True)
    entry_id = models.BigIntegerField(_("audit entry"), unique=True)
    hash = models.CharField(_("hash"), max_length=64)

    objects: models.Manager[Link] = models.Manager()

    class Meta:
        verbose_name = _("row of the chain")
        verbose_name_plural = _("rows of the chain")
        ordering = ["number"]

    class Privacy:
        number = INTERNAL
        entry_id = INTERNAL
        hash = INTERNAL

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"
