"""How what the Council and the parties committed to is read: through the body that follows it."""

from __future__ import annotations

from sutura.coordination.querysets.bodies import OfBodyQuerySet


class InstrumentQuerySet(OfBodyQuerySet):
    """Conclusions and action plans of parties."""


class ParagraphQuerySet(OfBodyQuerySet):
    """Their paragraphs or articles."""

    to_body = "instrument__body"
