"""Lists of codes in versions, bilingual, and their crosswalks: the field revises them, so none is a word of ours."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sutura.audit.history import kept
from sutura.mhpss.choices import ListKind, Relation
from sutura.mhpss.querysets import ListQuerySet
from sutura.mhpss.rules import coding
from sutura.security.privacy import OPEN


def spoken(french: str, english: str) -> str:
    """The words of the reader's language."""
    return english if (get_language() or "fr").startswith("en") else french


class CodeList(models.Model):
    """One version of one list: its issuer's year, whether its wording is official, from when until when it holds."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ListKind.choices)
    name_fr = models.CharField(_("French name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    version = models.CharField(_("version"), max_length=20, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    official = models.BooleanField(_("official wording"), default=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)

    objects = ListQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("list of codes")
        verbose_name_plural = _("lists of codes")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(is_active=True), name="mhpss_one_list_in_use"
            ),
            models.CheckConstraint(condition=Q(kind__in=ListKind.values), name="mhpss_list_kind_known"),
        ]

    class Privacy:
        id = code = kind = name_fr = name_en = version = is_active = official = valid_from = valid_to = OPEN
        source = OPEN

    def __str__(self) -> str:
        return spoken(self.name_fr, self.name_en)


class Term(models.Model):
    """One code of a list. `flags`: what the rules need to know of it, one space between."""

    scheme = models.ForeignKey(CodeList, models.PROTECT, related_name="terms", verbose_name=_("list"))
    code = models.CharField(_("code"), max_length=20)
    parent = models.CharField(_("stands under"), max_length=20, blank=True)
    name_fr = models.CharField(_("French name"), max_length=150)
    name_en = models.CharField(_("English name"), max_length=150)
    flags = models.CharField(_("flags"), max_length=60, blank=True)
    note_fr = models.CharField(_("French note"), max_length=300, blank=True)
    note_en = models.CharField(_("English note"), max_length=300, blank=True)

    objects = ListQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("code of a list")
        verbose_name_plural = _("codes of lists")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="mhpss_code_once")]

    class Privacy:
        id = scheme = code = parent = name_fr = name_en = flags = note_fr = note_en = OPEN

    def __str__(self) -> str:
        return spoken(self.name_fr, self.name_en)

    @property
    def note(self) -> str:
        """What to know before choosing it."""
        return spoken(self.note_fr, self.note_en)

    @property
    def full(self) -> str:
        """Code and words, and whether it is recorded to be discouraged."""
        words = f"{self.code} – {self}"
        if coding.DISCOURAGED in self.flags.split():
            return str(_("%(words)s (discouraged)") % {"words": words})
        return words


class Crosswalk(models.Model):
    """A code answers to one of another list."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="leads_to", verbose_name=_("code"))
    other = models.ForeignKey(Term, models.PROTECT, related_name="comes_from", verbose_name=_("other code"))
    relation = models.CharField(_("relation"), max_length=10, choices=Relation.choices)

    objects = ListQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("crosswalk of codes")
        verbose_name_plural = _("crosswalks of codes")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["term", "other"], name="mhpss_crosswalk_once"),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="mhpss_relation_known"),
        ]

    class Privacy:
        id = term = other = relation = OPEN

    def __str__(self) -> str:
        return f"{self.term_id} {self.relation} {self.other_id}"


class SheetHeading(models.Model):
    """What people call a column of their sheets: told once, known ever after. An empty letter: leave it aside."""

    folded = models.CharField(_("heading"), max_length=120, unique=True)
    letter = models.CharField(_("column"), max_length=2, blank=True)

    objects = ListQuerySet.as_manager()
    history = kept()

    class Meta:
        verbose_name = _("heading of a sheet")
        verbose_name_plural = _("headings of sheets")
        ordering = ["folded"]

    class Privacy:
        id = folded = letter = OPEN

    def __str__(self) -> str:
        return self.folded
