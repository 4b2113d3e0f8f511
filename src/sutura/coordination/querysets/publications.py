"""How publications and cards are read: by the members of their body; a draft, only by those who keep it."""

from __future__ import annotations

from typing import Self

from django.db.models import F, Q

from sutura.access.rules import scope
from sutura.coordination.querysets.bodies import OfBodyQuerySet
from sutura.coordination.rules.ownership import Span


class PublicationQuerySet(OfBodyQuerySet):
    """What bodies publish."""

    def visible_to(self, user: object) -> Self:
        """What is validated, for the members of the body; drafts, for those who keep bodies there."""
        keeps = scope(user, "coordination.manage", "body__region")
        return super().visible_to(user).filter(Q(edition__isnull=False) | keeps)

    def drafts(self) -> Self:
        """Those not validated yet."""
        return self.filter(edition=None)


class FrozenQuerySet(OfBodyQuerySet):
    """What was frozen."""

    to_body = "publication__body"


class CardQuerySet(OfBodyQuerySet):
    """Cards from which bodies learn."""

    def ready(self) -> Self:
        """Validated, and their source consents: the only ones that a report tells."""
        return self.filter(state="validated", consent_on__isnull=False)

    def written_in(self, span: Span) -> Self:
        """Those written in a stretch of days."""
        return self.filter(written_on__range=(span.first, span.last))

    def in_order(self) -> Self:
        """By theme, region and kind, as the report tells them; those of no theme last."""
        return self.order_by(F("theme__name_fr").asc(nulls_last=True), "region", "kind", "title", "pk")
