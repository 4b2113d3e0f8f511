"""Words of the library."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a document is."""

    INSTRUMENT = "instrument", _("international instrument")
    FRAMEWORK = "framework", _("national framework")
    TERMS = "terms", _("terms of reference")
    MINUTES = "minutes", _("minutes")
    REPORT = "report", pgettext_lazy("document", "report")
    MODULE = "module", _("training module")
    TOOL = "tool", pgettext_lazy("document", "tool")
    RESEARCH = "research", _("research")
    ADVOCACY = "advocacy", _("advocacy")
    OTHER = "other", pgettext_lazy("document", "other")


class Language(TextChoices):
    """In which language it is written; those of Mali's regions beside French."""

    FRENCH = "fr", pgettext_lazy("language", "French")
    ENGLISH = "en", pgettext_lazy("language", "English")
    BAMBARA = "bm", pgettext_lazy("language", "Bambara")
    FULFULDE = "ff", pgettext_lazy("language", "Fulfulde")
    SONGHAY = "ses", pgettext_lazy("language", "Songhay")
    TAMASHEQ = "taq", pgettext_lazy("language", "Tamasheq")
    ARABIC = "ar", pgettext_lazy("language", "Arabic")
    OTHER = "other", pgettext_lazy("language", "other")


class Layer(TextChoices):
    """Layers of the pyramid of support that it serves, from the base."""

    BASIC = "L1", _("1 – Basic services and safety")
    COMMUNITY = "L2", _("2 – Community and family support")
    FOCUSED = "L3", _("3 – Focused, non-specialised support")
    SPECIALISED = "L4", _("4 – Specialised services")


class Access(TextChoices):
    """Who may read it."""

    PUBLIC = "public", _("everybody: it may be handed on")
    MEMBERS = "members", _("the members of the bodies")
    DIRECTION = "direction", _("those who keep the bodies")


class Stage(TextChoices):
    """How far a version is validated, in order."""

    DRAFT = "draft", pgettext_lazy("document", "draft")
    TECHNICAL = "technical", _("technically validated")
    POLITICAL = "political", _("politically validated")
    ADOPTED = "adopted", pgettext_lazy("document", "adopted")


class Channel(TextChoices):
    """How it reached them."""

    HAND = "hand", _("by hand, on paper")
    MEETING = "meeting", _("at a meeting or a workshop")
    EMAIL = "email", _("by e-mail")
    MESSAGE = "message", _("by telephone message")
    OTHER = "other", pgettext_lazy("channel", "otherwise")
