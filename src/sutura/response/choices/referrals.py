"""Words of needs, of consent, and of what becomes of a referral."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Need(TextChoices):
    """What a child needs."""

    MEDICAL = "medical", pgettext_lazy("need", "medical care")
    PSYCHOSOCIAL = "psychosocial", _("psychosocial support")
    LEGAL = "legal", _("legal help")
    SAFETY = "safety", _("a safe place")
    EDUCATION = "education", _("education")
    REINTEGRATION = "reintegration", _("reintegration")
    TRACING = "tracing", _("family tracing")


class Urgency(TextChoices):
    """How soon an answer is needed; the word is the number of hours."""

    DAY = "24", _("within 24 hours")
    THREE_DAYS = "72", _("within 72 hours")
    TWO_WEEKS = "336", _("within two weeks")


class Given(TextChoices):
    """Who agreed to a referral."""

    CHILD = "child", _("the child")
    CARER = "carer", _("a parent or carer")
    BOTH = "both", _("both")


class State(TextChoices):
    """Where a referral stands."""

    SENT = "sent", pgettext_lazy("referral", "sent")
    RECEIVED = "received", pgettext_lazy("referral", "received")
    ACCEPTED = "accepted", pgettext_lazy("referral", "accepted")
    DECLINED = "declined", pgettext_lazy("referral", "declined")
    GIVEN = "given", _("service given")
    UNSERVED = "unserved", _("child not seen in the end")


class Declined(TextChoices):
    """Why a service declined."""

    FULL = "full", _("no place left")
    AGE = "age", _("not for this age or sex")
    PLACE = "place", _("too far, or no access")
    OTHER_SERVICE = "other", _("another service fits better")
    CLOSED = "closed", _("the service has stopped")


class Opinion(TextChoices):
    """What the child or a carer says of the service."""

    HELPED = "helped", _("it helped")
    PARTLY = "partly", _("it helped in part")
    NOT_HELPED = "not_helped", _("it did not help")
    NOT_RECEIVED = "not_received", _("the service was not received")
    HARMED = "harmed", _("it did harm, or the child is afraid")


class AskedBy(TextChoices):
    """How the feedback came."""

    SERVICE = "service", _("the service asked")
    OFFICER = "officer", _("whoever follows the child asked")
    OTHER = "other", _("somebody else of the child’s choice asked")
    CAME = "came", _("they came by themselves")


class Bar(TextChoices):
    """Why no referral can begin from a victim of an incident."""

    GROUP = "group", _("A group is no child: describe the child by itself in the incident first.")
    DIED = "died", _("This child died.")
    REFUSED = "refused", _("The child or the parents do not agree that anything is shared.")
    NOT_ASKED = (
        "not_asked",
        _("Ask first whether the child or the parents agree, and with whom; note it in the incident."),
    )
    NO_ONE = (
        "no_one",
        _("It is not noted with whom anything may be shared. Ask, and note it in the incident."),
    )


class Ended(TextChoices):
    """Why a need is no longer flagged."""

    MET = "met", _("it is met")
    WISH = "wish", _("the child or a carer does not want it")
    MISTAKE = "mistake", _("flagged by mistake")


class Reason(TextChoices):
    """Why a service stands where it does in the choice."""

    CHILDREN = "children", _("receives children")
    LAYER = "layer", _("layer that fits")
    COMMUNE = "commune", _("in the same place")
    CERCLE = "cercle", _("in the same cercle")
    REGION = "region", _("elsewhere in the region")
    IN_TIME = "in_time", _("receives in time")
    WAIT_UNKNOWN = "wait_unknown", _("waiting time not known")
    TOO_LATE = "too_late", _("waits longer than the urgency allows")
    PARTLY = "partly", _("works in part")
