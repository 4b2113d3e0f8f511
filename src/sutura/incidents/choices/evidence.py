"""Words for sources, attachments and responses (codebook B5)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SourceCategory(TextChoices):
    """How close the source stood to the event; the first three are primary."""

    PRIMARY_VICTIM = "primary_victim", _("Primary: the victim")
    PRIMARY_WITNESS = "primary_witness", _("Primary: a witness")
    PRIMARY_PERPETRATOR = "primary_alleged_perpetrator", _("Primary: the alleged perpetrator")
    SECONDARY = "secondary", _("Secondary")


class SourceKind(TextChoices):
    """What the source is."""

    ORAL = "oral", _("Oral account")
    WRITTEN = "written", _("Written statement")
    DOCUMENT = "document", _("Document or register")
    PHOTO = "photo", pgettext_lazy("source", "Photograph")
    VIDEO = "video", pgettext_lazy("source", "Video")
    OBSERVATION = "observation", _("Seen by the monitor")
    SATELLITE = "satellite", _("Satellite image")
    PHYSICAL = "physical", _("Physical evidence")
    INJURIES = "injuries", _("Injuries on the body")
    OTHER = "other", pgettext_lazy("source", "Other source")


class SourceAge(TextChoices):
    """Whether the source is a child."""

    CHILD = "child", pgettext_lazy("source", "Child")
    ADULT = "adult", pgettext_lazy("source", "Adult")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("source", "Does not apply")


class Grade(TextChoices):
    """Reliability of the source, credibility of what it says."""

    HIGH = "high", pgettext_lazy("grade", "High")
    MEDIUM = "medium", pgettext_lazy("grade", "Medium")
    LOW = "low", pgettext_lazy("grade", "Low")


class AttachmentKind(TextChoices):
    """What the attached file holds."""

    DOCUMENT = "document", pgettext_lazy("attachment", "Document")
    PHOTO = "photo", pgettext_lazy("attachment", "Photograph")
    VIDEO = "video", pgettext_lazy("attachment", "Video")
    AUDIO = "audio", pgettext_lazy("attachment", "Sound recording")
    MAP = "map", _("Map or satellite image")
    OTHER = "other", pgettext_lazy("attachment", "Other file")


class ResponseKind(TextChoices):
    """What the task force did, or decided to do, about a violation."""

    ADVOCACY = "advocacy", _("Advocacy with the party")
    JUSTICE = "justice", _("Case passed to police or justice")
    MEDICAL = "medical", _("Medical referral")
    LEGAL = "legal", _("Legal aid referral")
    PSYCHOSOCIAL = "psychosocial", _("Psychosocial referral")
    STATEMENT = "statement", _("Public statement")
    NONE = "none", _("No response needed")
    PENDING = "pending", _("Response to be decided")
    OTHER = "other", pgettext_lazy("response", "Other response")


class ResponseStatus(TextChoices):
    """Whether the response has reached the child or the party."""

    PENDING = "pending", pgettext_lazy("response", "Pending")
    PROVIDED = "provided", pgettext_lazy("response", "Provided")
