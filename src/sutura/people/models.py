"""Accounts and grants. No grant, no row."""

from __future__ import annotations

import uuid
from functools import cached_property

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.roles import S0, TIERS
from sutura.access.rules import may
from sutura.audit.history import kept
from sutura.people.choices import Kind, State, role_choices, tier_choices
from sutura.people.querysets import AccountManager, GrantQuerySet
from sutura.people.rules import state
from sutura.security.privacy import IDENTIFYING, INTERNAL, PERSONAL


class Account(AbstractBaseUser):
    """A person who signs in, or a machine account which acts for a command."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(_("account name"), max_length=150, unique=True)
    name = models.CharField(_("full name"), max_length=150, blank=True)
    organisation = models.CharField(_("organisation"), max_length=150, blank=True)
    post = models.CharField(_("post"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="fr")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PERSON)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demonstration account"), default=False)
    password_until = models.DateTimeField(
        _("temporary password, until"), null=True, blank=True, help_text=_("Empty: the password is her own.")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    opened_by = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, editable=False, verbose_name=_("opened by")
    )
    last_login = None  # sign-ins are lines of the audit log, not changes of the account

    objects = AccountManager()
    history = kept(excluded_fields=["password"])

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["username"]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        password = IDENTIFYING
        username = PERSONAL
        name = PERSONAL
        organisation = INTERNAL
        post = INTERNAL
        language = INTERNAL
        kind = INTERNAL
        is_active = INTERNAL
        is_demo = INTERNAL
        password_until = INTERNAL
        created_at = INTERNAL
        opened_by = PERSONAL

    def __str__(self) -> str:
        return self.name or self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password; a hash made stronger at sign-in is no change of the account, so no version."""
        self.skip_history_when_saving = True
        try:
            return super().check_password(raw_password)
        finally:
            del self.skip_history_when_saving

    @cached_property
    def _grants(self) -> list[Grant]:
        return list(Grant.objects.held_by(self.pk, timezone.localdate()))

    def grants_in_force(self) -> list[Grant]:
        """The grants that hold today; read once per request, so a withdrawal takes effect on the next one."""
        return self._grants

    def may(self, permission: str, region: str | None = None) -> bool:
        """Whether this account holds a permission (see `access.rules.may`)."""
        return may(self, permission, region)


class Grant(models.Model):
    """One role for one account up to a tier, in some regions or everywhere, for a purpose, until a day.

    Above `ALONE` it is a proposal until a second person has approved it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="grants", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=40, choices=role_choices)
    tier = models.CharField(_("highest tier"), max_length=2, choices=tier_choices)
    everywhere = models.BooleanField(_("whole country"), default=False)
    regions = models.CharField(
        _("regions"), max_length=200, blank=True, help_text=_("P-codes, one space between.")
    )
    purpose = models.CharField(_("purpose"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    given_by = models.ForeignKey(
        Account, models.PROTECT, related_name="grants_given", null=True, verbose_name=_("given by")
    )
    given_at = models.DateTimeField(_("given at"), default=timezone.now, editable=False)
    approved_by = models.ForeignKey(
        Account, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("holds since"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="grant_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(everywhere=True, regions="")
                | (models.Q(everywhere=False) & ~models.Q(regions="")),
                name="grant_everywhere_or_regions",
            ),
            models.CheckConstraint(
                condition=models.Q(tier__in=sorted(TIERS.keys() - {S0})), name="grant_tier_known"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | models.Q(approved_at__isnull=False),
                name="grant_approved_by_and_at",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | (~models.Q(approved_by=models.F("given_by")) & ~models.Q(approved_by=models.F("account"))),
                name="grant_approved_by_another",
            ),
        ]

    class Privacy:
        id = INTERNAL
        public_id = INTERNAL
        account = PERSONAL
        role = INTERNAL
        tier = INTERNAL
        everywhere = INTERNAL
        regions = INTERNAL
        purpose = INTERNAL
        starts_on = INTERNAL
        ends_on = INTERNAL
        given_by = PERSONAL
        given_at = INTERNAL
        approved_by = PERSONAL
        approved_at = INTERNAL
        withdrawn_at = INTERNAL

    def __str__(self) -> str:
        return f"{self.account} · {self.get_role_display()}"

    @property
    def region_codes(self) -> list[str]:
        """Level-1 P-codes where the grant holds."""
        return self.regions.split()

    @property
    def state(self) -> State:
        """Whether it waits, holds, will hold, has ended or was withdrawn, today."""
        return state(
            self.starts_on,
            self.ends_on,
            approved=self.approved_at is not None,
            withdrawn=self.withdrawn_at is not None,
            today=timezone.localdate(),
        )
