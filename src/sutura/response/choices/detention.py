"""Words of detention: where, on what ground, who saw the child, what was asked of whom."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DetentionPlace(TextChoices):
    """In what kind of place the child is held."""

    PRISON = "prison", _("prison")
    JUVENILE = "juvenile", _("centre for minors")
    GENDARMERIE = "gendarmerie", _("gendarmerie or police cell")
    MILITARY = "military", _("military camp or post")
    INTELLIGENCE = "intelligence", _("premises of an intelligence service")
    INFORMAL = "informal", _("unofficial place")
    UNKNOWN = "unknown", pgettext_lazy("place of detention", "place not known")


class LegalBasis(TextChoices):
    """On what ground the child is held."""

    NONE = "none", pgettext_lazy("legal basis", "none shown")
    CUSTODY = "custody", _("police custody")
    REMAND = "remand", _("warrant of a judge, before trial")
    SENTENCE = "sentence", _("sentence")
    ADMINISTRATIVE = "administrative", _("administrative decision")


class Charge(TextChoices):
    """What the child is accused of."""

    NONE = "none", pgettext_lazy("charge", "no charge")
    ASSOCIATION = "association", _("association with an armed group")
    TERRORISM = "terrorism", _("terrorism")
    WEAPONS = "weapons", _("unlawful possession of weapons")
    ATTACK = "attack", _("part in an attack")
    COMMON = "common", _("ordinary offence")


class Answer(TextChoices):
    """Yes, no, or nobody knows."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", pgettext_lazy("answer", "not known")


class Seen(TextChoices):
    """What came of a visit."""

    SEEN = "seen", _("child seen")
    ABSENT = "absent", _("child not found there")
    REFUSED = "refused", _("entry refused")


class IllTreatment(TextChoices):
    """What ill-treatment is alleged."""

    NONE = "none", pgettext_lazy("ill-treatment", "none alleged")
    BEATING = "beating", _("beaten")
    THREAT = "threat", _("threatened or humiliated")
    POSITION = "position", _("tied up, or forced positions")
    DEPRIVED = "deprived", _("kept without food, water or care")
    SOLITARY = "solitary", _("solitary confinement")
    UNSAID = "unsaid", _("alleged, kind not told")


class Hearing(TextChoices):
    """Where a hearing stands."""

    PLANNED = "planned", pgettext_lazy("hearing", "planned")
    HELD = "held", pgettext_lazy("hearing", "held")
    ADJOURNED = "adjourned", pgettext_lazy("hearing", "adjourned, no day set")


class Request(TextChoices):
    """What was asked of an authority."""

    HANDOVER = "handover", _("handover under the protocol of 1 July 2013")
    RELEASE = "release", pgettext_lazy("request", "release")
    LAWYER = "lawyer", _("a lawyer")
    SEPARATION = "separation", _("to be kept apart from adults")
    CARE = "care", _("medical care")
    ACCESS = "access", _("access for a visit")
    AGE = "age", _("an assessment of age")


class Release(TextChoices):
    """How the detention ended."""

    PROTOCOL = "protocol", _("handed over under the protocol")
    COURT = "court", _("by decision of a judge")
    AUTHORITY = "authority", _("by the authority that held the child")
    ESCAPE = "escape", _("ran away")
