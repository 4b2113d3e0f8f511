"""The keys. Accounts stand above this app, so they are named by their number; no key keeps a version of itself."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL
from sutura.vault.querysets import (
    EscrowKeyQuerySet,
    EscrowShareQuerySet,
    OpeningQuerySet,
    RecordKeyQuerySet,
    RecoveryQuerySet,
    RegionKeyQuerySet,
    UserKeyQuerySet,
)
from sutura.vault.rules import gone_on


class UserKey(models.Model):
    """The key pair of a person; the private half opens with her password alone."""

    account = models.BigIntegerField(_("account number"), unique=True)
    public = models.BinaryField(_("public half"))
    private = models.BinaryField(_("private half, locked by the password"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    trusted_at = models.DateTimeField(_("may receive shares since"), null=True, default=timezone.now)
    lost_at = models.DateTimeField(_("lost at"), null=True, blank=True)

    objects = UserKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a person")
        verbose_name_plural = _("keys of people")

    class Privacy:
        id = INTERNAL
        account = PERSONAL
        public = INTERNAL
        private = IDENTIFYING
        made_at = INTERNAL
        trusted_at = INTERNAL
        lost_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.account}"


class RegionKey(models.Model):
    """The key pair of a region and a right for a year; who holds the right there has the private half, and escrow."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.CharField(_("region"), max_length=8, blank=True)
    right = models.CharField(_("right that opens it"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    public = models.BinaryField(_("public half"))
    escrow = models.BinaryField(_("private half, sealed to escrow"), default=bytes)
    escrow_key = models.ForeignKey(
        "vault.EscrowKey", models.PROTECT, null=True, related_name="regions", verbose_name=_("key of escrow")
    )
    waiting = models.BinaryField(
        _("private half, locked by the server's secret until somebody entitled takes it"), null=True
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    retired_at = models.DateTimeField(_("seals nothing more since"), null=True, blank=True)

    objects = RegionKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a region")
        verbose_name_plural = _("keys of regions")
        indexes = [models.Index(fields=["region", "right", "year"], name="vault_region_year")]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        region = INTERNAL
        right = INTERNAL
        year = INTERNAL
        public = INTERNAL
        escrow = IDENTIFYING
        escrow_key = INTERNAL
        waiting = IDENTIFYING
        made_at = INTERNAL
        retired_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.region or 'Mali'} {self.year}"


class RegionShare(models.Model):
    """The private half of a region's key, sealed to one person."""

    region_key = models.ForeignKey(
        RegionKey, models.CASCADE, related_name="shares", verbose_name=_("key of the region")
    )
    account = models.BigIntegerField(_("account number"), db_index=True)
    box = models.BinaryField(_("private half, sealed to the person"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("share of a region's key")
        verbose_name_plural = _("shares of regions' keys")
        constraints = [models.UniqueConstraint(fields=["region_key", "account"], name="vault_one_share_each")]

    class Privacy:
        id = INTERNAL
        region_key = INTERNAL
        account = PERSONAL
        box = IDENTIFYING
        made_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.region_key_id} {self.account}"


class RecordKey(models.Model):
    """The key of what was sealed in one record at one moment; once destroyed, those values are gone for good."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(_("kind of record"), max_length=60)
    record = models.CharField(_("record"), max_length=40)
    region = models.CharField(_("region where the record stands now"), max_length=8, blank=True)
    right = models.CharField(_("right that opens it now"), max_length=40)
    region_key = models.ForeignKey(
        RegionKey, models.PROTECT, related_name="records", verbose_name=_("key of the region")
    )
    box = models.BinaryField(_("key, sealed to the region"))
    # What was sealed to a public half costs an exchange to open; who holds the private half seals it again without.
    settled = models.BooleanField(_("sealed again by who holds the key"), default=False)

    objects = RecordKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a record")
        verbose_name_plural = _("keys of records")
        indexes = [models.Index(fields=["kind", "record"], name="vault_record")]

    class Privacy:
        id = INTERNAL
        kind = INTERNAL
        record = INTERNAL
        region = INTERNAL
        right = INTERNAL
        region_key = INTERNAL
        box = IDENTIFYING
        settled = INTERNAL

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"


class EscrowKey(models.Model):
    """The key pair of escrow; its private half exists only as shares, of which some together give it back."""

    public = models.BinaryField(_("public half"))
    needed = models.PositiveSmallIntegerField(_("shares needed"), default=3)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    asked_by = models.BigIntegerField(_("account number of who asked"))
    agreed_by = models.BigIntegerField(_("account number of who agreed"), null=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    retired_at = models.DateTimeField(_("replaced at"), null=True, blank=True)

    objects = EscrowKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of escrow")
        verbose_name_plural = _("keys of escrow")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_by=None, agreed_at=None)
                | models.Q(agreed_by__isnull=False, agreed_at__isnull=False)
                & ~models.Q(agreed_by=models.F("asked_by")),
                name="vault_escrow_by_two",
            )
        ]

    class Privacy:
        id = INTERNAL
        public = INTERNAL
        needed = INTERNAL
        made_at = INTERNAL
        asked_by = PERSONAL
        agreed_by = PERSONAL
        agreed_at = INTERNAL
        retired_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"


class EscrowShare(models.Model):
    """One custodian's share of the escrow key, sealed to her own key."""

    escrow = models.ForeignKey(EscrowKey, models.CASCADE, related_name="shares", verbose_name=_("escrow"))
    number = models.PositiveSmallIntegerField(_("number of the share"))
    account = models.BigIntegerField(_("account number of the custodian"), db_index=True)
    box = models.BinaryField(_("share, sealed to the custodian"))

    objects = EscrowShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share of escrow")
        verbose_name_plural = _("shares of escrow")
        constraints = [
            models.UniqueConstraint(fields=["escrow", "number"], name="vault_share_number"),
            models.UniqueConstraint(fields=["escrow", "account"], name="vault_one_custodian_each"),
        ]

    class Privacy:
        id = INTERNAL
        escrow = INTERNAL
        number = INTERNAL
        account = PERSONAL
        box = IDENTIFYING

    def __str__(self) -> str:
        return f"{self.escrow_id} {self.number}"


class Opening(models.Model):
    """Somebody opened sealed parts of a file, and why; shown to whoever owns the file, never changed."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    account = models.BigIntegerField(_("account number"), db_index=True)
    who = models.CharField(_("account"), max_length=150)
    kind = models.CharField(_("kind of file"), max_length=60)
    file = models.CharField(_("file"), max_length=40, db_index=True)
    region = models.CharField(_("region"), max_length=8, blank=True)
    owner = models.BigIntegerField(_("number of the owner's account"), null=True, db_index=True)
    fields = models.CharField(_("fields"), max_length=1000)
    reason = models.CharField(_("reason"), max_length=300)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        ordering = ["-id"]

    class Privacy:
        id = INTERNAL
        at = INTERNAL
        account = PERSONAL
        who = PERSONAL
        kind = INTERNAL
        file = INTERNAL
        region = INTERNAL
        owner = PERSONAL
        fields = INTERNAL
        reason = INTERNAL

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who} {self.file}"


class Recovery(models.Model):
    """A person whose key is lost receives the keys of her regions again: one person asks, another agrees."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.BigIntegerField(_("account number"), db_index=True)
    who = models.CharField(_("account"), max_length=150)
    asked_by = models.BigIntegerField(_("account number of who asked"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    why = models.CharField(_("reason"), max_length=300)
    agreed_by = models.BigIntegerField(_("account number of who agreed"), null=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("recovery")
        verbose_name_plural = _("recoveries")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_by=None, agreed_at=None)
                | models.Q(agreed_by__isnull=False, agreed_at__isnull=False)
                & ~models.Q(agreed_by=models.F("asked_by")),
                name="vault_recovery_by_two",
            )
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        account = PERSONAL
        who = PERSONAL
        asked_by = PERSONAL
        asked_at = INTERNAL
        why = INTERNAL
        agreed_by = PERSONAL
        agreed_at = INTERNAL
        done_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.who} {self.asked_at:%Y-%m-%d}"


class Contribution(models.Model):
    """A custodian's share of escrow, given to a recovery: sealed to one other custodian, gone once it is done."""

    recovery = models.ForeignKey(
        Recovery, models.CASCADE, related_name="contributions", verbose_name=_("recovery")
    )
    number = models.PositiveSmallIntegerField(_("number of the share"))
    account = models.BigIntegerField(_("account number of the other custodian"))
    box = models.BinaryField(_("share, sealed to the other custodian"))

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.UniqueConstraint(fields=["recovery", "number", "account"], name="vault_contributed_once")
        ]

    class Privacy:
        id = INTERNAL
        recovery = INTERNAL
        number = INTERNAL
        account = PERSONAL
        box = IDENTIFYING

    def __str__(self) -> str:
        return f"{self.recovery_id} {self.number}"


class Shredding(models.Model):
    """The keys of a file are destroyed: one person asks, another agrees, and its sealed words are gone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind of file"), max_length=60)
    file = models.CharField(_("file"), max_length=40, db_index=True)
    asked_by = models.BigIntegerField(_("account number of who asked"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    why = models.CharField(_("reason"), max_length=300)
    agreed_by = models.BigIntegerField(_("account number of who agreed"), null=True)
    shredded_at = models.DateTimeField(_("keys destroyed at"), null=True)
    keys = models.PositiveIntegerField(_("keys destroyed"), default=0)

    class Meta:
        verbose_name = _("shredding")
        verbose_name_plural = _("shreddings")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_by=None, shredded_at=None)
                | models.Q(agreed_by__isnull=False, shredded_at__isnull=False)
                & ~models.Q(agreed_by=models.F("asked_by")),
                name="vault_shredding_by_two",
            )
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        kind = INTERNAL
        file = INTERNAL
        asked_by = PERSONAL
        asked_at = INTERNAL
        why = INTERNAL
        agreed_by = PERSONAL
        shredded_at = INTERNAL
        keys = INTERNAL

    def __str__(self) -> str:
        return f"{self.kind} {self.file}"

    @property
    def gone_on(self) -> date | None:
        """The day when the last backup of the keys has expired."""
        return gone_on(self.shredded_at) if self.shredded_at else None
