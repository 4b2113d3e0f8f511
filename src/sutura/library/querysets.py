"""How the library is read: by members of bodies in their regions; what is kept back, by those who keep bodies."""

from __future__ import annotations

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from sutura.access.rules import EVERY_ROW, EVERYWHERE, NO_ROW, regions
from sutura.library.rules import sought

READ, KEEP = "coordination.read", "coordination.manage"
FOR_MEMBERS = ("public", "members")


def within(user: object, permission: str, field: str) -> Q:
    """Rows of the regions where one holds a permission; what is of the whole country is everybody's who holds it."""
    held = regions(user, permission)
    if held is EVERYWHERE:
        return EVERY_ROW
    return Q(**{f"{field}__in": ["", *sorted(held)]}) if held else NO_ROW


def readable(user: object, path: str = "") -> Q:
    """What one may read of documents, as a condition on the way to them."""
    region = f"{path}region"
    shared = within(user, READ, region) & Q(**{f"{path}access__in": FOR_MEMBERS})
    return shared | within(user, KEEP, region)


class DocumentQuerySet(models.QuerySet):
    """Documents."""

    def visible_to(self, user: object) -> Self:
        """Those of one's regions and of the whole country, as far as their access goes."""
        return self.filter(readable(user))

    def searched(self, words: str) -> Self:
        """Those which hold every word in title, summary, issuer or theme; accents and case do not matter."""
        found = self
        for word in sought(words):
            found = found.filter(folded__contains=word)
        return found

    def in_layer(self, layer: str) -> Self:
        """Those which serve a layer of the pyramid."""
        return self.filter(layers__contains=layer)

    def by_year(self) -> Self:
        """The latest year first; those without one last."""
        return self.order_by(F("year").desc(nulls_last=True), "title", "pk")

    def with_last(self) -> Self:
        """The number of each one's last version, and how far that one is validated."""
        versions = apps.get_model("library", "Version")._default_manager
        last = versions.filter(document=OuterRef("pk")).order_by("-number")
        return self.annotate(
            last_number=Subquery(last.values("number")[:1]), last_stage=Subquery(last.values("stage")[:1])
        )

    def followed(self, disseminations: models.QuerySet, uses: models.QuerySet) -> Self:
        """Whether each was handed out, and is used, as far as these rows tell."""
        return self.annotate(
            is_disseminated=Exists(disseminations.filter(version__document=OuterRef("pk"))),
            is_used=Exists(uses.filter(document=OuterRef("pk"))),
        )


class OfDocumentQuerySet(models.QuerySet):
    """Rows below a document; `to_document` is the way there."""

    to_document = "document__"

    def visible_to(self, user: object) -> Self:
        """Those of documents that one may read."""
        return self.filter(readable(user, self.to_document))


class OfVersionQuerySet(OfDocumentQuerySet):
    """Rows below a version."""

    to_document = "version__document__"


class UseQuerySet(OfDocumentQuerySet):
    """Uses of documents."""

    def visible_to(self, user: object) -> Self:
        """Those of documents that one may read, in one's regions."""
        return super().visible_to(user).filter(within(user, READ, "region") | within(user, KEEP, "region"))
