"""Words of the map of services. What the field keeps revising (codes, layers, cadres …) is a table, not a word here."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListKind(TextChoices):
    """What a list of codes is about."""

    ACTIVITY = "activity", _("activities")
    LAYER = "layer", _("layers of the pyramid")
    PACKAGE = "package", _("minimum service package")
    NATIONAL = "national", _("national package of activities")
    DISTRESS = "distress", _("levels of distress")
    CADRE = "cadre", _("cadres")
    GROUP = "group", _("groups served")
    THEME = "theme", _("themes")
    MODALITY = "modality", _("where and how it is delivered")
    LANGUAGE = "language", pgettext_lazy("services", "languages")


class Relation(TextChoices):
    """How a code answers to one of another list."""

    SUGGESTS = "suggests", _("suggests")
    NEAR = "near", _("about the same work")


class State(TextChoices):
    """Item O of the 4Ws: how far the service is."""

    RUNNING = "running", _("under way")
    FUNDED = "funded", _("funded, not started")
    UNFUNDED = "unfunded", _("not funded, not started")


class Working(TextChoices):
    """Whether one can be sent there."""

    YES = "yes", _("works")
    PARTLY = "partly", _("works in part")
    SUSPENDED = "suspended", pgettext_lazy("service", "suspended")
    CLOSED = "closed", pgettext_lazy("service", "closed")


class Sex(TextChoices):
    """Whom it receives."""

    ALL = "all", _("everybody")
    WOMEN = "women", _("women and girls")
    MEN = "men", _("men and boys")


class Cost(TextChoices):
    """Item T of the 4Ws: whether users pay."""

    UNKNOWN = "", _("not known")
    FREE = "free", _("free of charge")
    PARTLY = "partly", _("partly paid by users")
    PAID = "paid", _("paid by users")


class Entry(TextChoices):
    """How one comes in."""

    UNKNOWN = "", _("not known")
    WALK_IN = "walk_in", _("without appointment")
    APPOINTMENT = "appointment", _("by appointment")
    REFERRAL = "referral", _("by referral only")


class Basis(TextChoices):
    """What the number of people of the last 30 days counts (item N)."""

    UNKNOWN = "", _("not known")
    PERSONS = "persons", _("persons, each once")
    CONTACTS = "contacts", _("contacts")
    UNSURE = "unsure", _("unsure")


class SiteKind(TextChoices):
    """What stands at the place of the service."""

    UNKNOWN = "", _("not stated")
    CSCOM = "cscom", _("community health centre (CSCom)")
    CSREF = "csref", _("reference health centre (CSRéf)")
    HOSPITAL = "hospital", _("hospital")
    SOCIAL = "social", _("social centre")
    SCHOOL = "school", pgettext_lazy("site", "school")
    EAE = "eae", _("child-friendly space")
    OFFICE = "office", _("office of an organisation")
    DISPLACED = "displaced", _("site of displaced people")
    LINE = "line", _("telephone line")


class Precision(TextChoices):
    """How exactly the public may know the place."""

    SITE = "site", _("the site by its name")
    COMMUNE = "commune", _("the commune only")
    CERCLE = "cercle", _("the cercle only")
    REGION = "region", _("the region only")


class Decision(TextChoices):
    """What became of a proposal."""

    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "accepted")
    REFUSED = "refused", pgettext_lazy("proposal", "refused")


class Method(TextChoices):
    """How a mapping round asks."""

    WORKSHOP = "workshop", _("at a workshop")
    PHONE = "phone", pgettext_lazy("method", "by telephone")
    VISIT = "visit", _("by visits")
    SHEET = "sheet", _("by sheets to correct")


class Answer(TextChoices):
    """How far an organisation is in a mapping round."""

    INVITED = "invited", pgettext_lazy("round", "invited")
    ANSWERED = "answered", pgettext_lazy("round", "answered")
    COMPLETE = "complete", pgettext_lazy("round", "complete")
