"""Professionals as they work, never as patients; and what was counted before there was a register."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.capacity.choices import Balance, Cadre, Sex
from sutura.capacity.querysets import NationalQuerySet, ProfessionalQuerySet
from sutura.partners.models import Organisation
from sutura.security.privacy import INTERNAL, OPEN, PERSONAL


class Professional(models.Model):
    """Somebody who is trained, trains, supervises or facilitates; she consented to be in the register."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    folded = models.CharField(_("name for searching"), max_length=120, editable=False, db_index=True)
    sex = models.CharField(_("sex"), max_length=8, choices=Sex.choices)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    cadre = models.CharField(_("group"), max_length=12, choices=Cadre.choices)
    profession = models.CharField(_("profession"), max_length=100, blank=True)
    employer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="professionals",
        verbose_name=_("employer"),
    )  # fmt: skip
    region = models.CharField(_("region"), max_length=8, db_index=True)
    consented_on = models.DateField(_("consented on"))
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="other_cards", verbose_name=_("same person as")
    )  # fmt: skip

    voided_reason = models.CharField(_("why she was taken out"), max_length=500, blank=True)

    objects = ProfessionalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("professional")
        verbose_name_plural = _("professionals")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="capacity_professional_sex_known"),
            models.CheckConstraint(condition=~Q(region=""), name="capacity_professional_somewhere"),
            models.CheckConstraint(
                condition=Q(same_as=None) | ~Q(same_as=F("id")), name="capacity_professional_not_own_twin"
            ),
        ]

    class Privacy:
        id = public_id = region = cadre = INTERNAL
        name = folded = sex = birth_year = phone = profession = employer = consented_on = same_as = PERSONAL
        voided_reason = INTERNAL

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("capacity:person", args=[self.public_id])

    @property
    def code(self) -> str:
        """How she is called where her name is not for the reader."""
        return f"P-{self.public_id.hex[:6].upper()}"


class Apart(models.Model):
    """A person said that two cards which look alike are two people: they are not proposed again."""

    one = models.ForeignKey(Professional, models.PROTECT, related_name="+", verbose_name=_("one"))
    other = models.ForeignKey(Professional, models.PROTECT, related_name="+", verbose_name=_("the other"))

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("two different people")
        verbose_name_plural = _("pairs of different people")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="capacity_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="capacity_apart_in_order"),
        ]

    class Privacy:
        id = INTERNAL
        one = other = PERSONAL

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"


class OpeningBalance(models.Model):
    """What was counted elsewhere before the register began: one number for the whole country, without detail."""

    what = models.CharField(_("what is counted"), max_length=12, choices=Balance.choices, unique=True)
    count = models.PositiveIntegerField(_("how many"))
    as_of = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=200)

    objects = NationalQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("opening balance")
        verbose_name_plural = _("opening balances")
        ordering = ["id"]

    class Privacy:
        id = INTERNAL
        what = count = as_of = source = OPEN

    def __str__(self) -> str:
        return f"{self.what} {self.count}"
