"""How terms of reference are read: as their body."""

from __future__ import annotations

from sutura.coordination.querysets.bodies import OfBodyQuerySet


class TermsQuerySet(OfBodyQuerySet):
    """Versions of terms of reference."""


class SectionQuerySet(OfBodyQuerySet):
    """Sections of a version."""

    to_body = "terms__body"


class TermsCommentQuerySet(OfBodyQuerySet):
    """What organisations said of a section."""

    to_body = "section__terms__body"
