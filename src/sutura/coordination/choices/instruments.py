"""Words for what the Council, the parties and the State committed to (mrm.md, section 8)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InstrumentKind(TextChoices):
    """What kind of text is followed."""

    COUNCIL = "council", _("Conclusions of the Council’s Working Group")
    PARTY_PLAN = "party_plan", _("Action plan of a party")
    ENDORSED = "endorsed", _("Declaration endorsed by the State")
