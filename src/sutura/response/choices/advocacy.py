"""Words of advocacy: to whom, how, what for, what was answered, what comes next."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.response.choices.children import Actor
from sutura.response.choices.detention import Request


class Office(TextChoices):
    """Who is approached or decides, by office and never by name."""

    GOVERNOR = "governor", _("governor, prefect or sub-prefect")
    PROSECUTOR = "prosecutor", _("prosecutor")
    JUDGE = "judge", _("judge")
    PRISON = "prison", _("prison administration")
    GENDARMERIE = "gendarmerie", _("gendarmerie or police")
    MILITARY = "military", _("military command")
    SECURITY = "security", _("intelligence service")
    MINISTRY = "ministry", _("ministry")
    SOCIAL = "social", _("directorate for women, children and family")
    CENTRE = "centre", _("care centre")
    MAYOR = "mayor", _("mayor or council")
    LEADER = "leader", _("traditional or religious leader")
    PARTY = "party", _("command of a party to the conflict")
    UN = "un", pgettext_lazy("office", "United Nations")


ACTOR_OF = {
    Office.PROSECUTOR: Actor.COURT, Office.JUDGE: Actor.COURT, Office.PRISON: Actor.PRISON,
    Office.GENDARMERIE: Actor.GENDARMERIE, Office.MILITARY: Actor.ARMED_FORCES, Office.SECURITY: Actor.STATE_SECURITY,
    Office.SOCIAL: Actor.SOCIAL, Office.CENTRE: Actor.CENTRE, Office.LEADER: Actor.COMMUNITY,
    Office.PARTY: Actor.GROUP, Office.UN: Actor.UN,
}  # fmt: skip
"""The word of a docket’s line for an office that is approached; the others have none there."""


class Reach(TextChoices):
    """How far the office reaches."""

    LOCAL = "local", pgettext_lazy("reach", "local")
    REGIONAL = "regional", pgettext_lazy("reach", "regional")
    NATIONAL = "national", pgettext_lazy("reach", "national")
    ABROAD = "abroad", pgettext_lazy("reach", "international")


class Channel(TextChoices):
    """By what way."""

    MEETING = "meeting", pgettext_lazy("channel", "meeting")
    LETTER = "letter", pgettext_lazy("channel", "letter")
    PHONE = "phone", pgettext_lazy("channel", "telephone")
    BODY = "body", _("sitting of a body")
    BETWEEN = "between", _("somebody in between")


class Approaching(TextChoices):
    """What an approach is about."""

    CHILDREN = "children", _("children by code")
    PLACE = "place", _("a place or a practice")
    VIOLATION = "violation", _("violations of a party")
    COMMITMENT = "commitment", _("a commitment or action plan")


SUBJECTS = [
    *Request.choices,
    ("visit_all", _("visits to all places of detention")),
    ("stop", _("an end to violations, and orders to the ranks")),
    ("screen", _("screening of ranks, children let go")),
    ("schools", _("schools and hospitals left alone")),
    ("plan", _("an action plan signed or carried out")),
    ("inquiry", _("an inquiry and justice")),
    ("protocol", _("the protocol of 1 July 2013 known and applied")),
]
"""What is asked: the first ones also of one child, where they are the docket's own word for it."""


class Reaction(TextChoices):
    """What was answered."""

    NONE = "none", pgettext_lazy("reaction", "no answer yet")
    PROMISE = "promise", _("promised")
    PARTLY = "partly", _("done in part")
    DONE = "done", pgettext_lazy("reaction", "done")
    REFUSED = "refused", pgettext_lazy("reaction", "refused")
    ELSEWHERE = "elsewhere", _("sent on to another office")


class Next(TextChoices):
    """What comes next."""

    REMIND = "remind", _("remind")
    MEET = "meet", _("ask for a meeting")
    WRITE = "write", _("write")
    HIGHER = "higher", _("go one level higher")
    CHECK = "check", _("check on the spot")
    BODY = "body", _("put it to a body")
    END = "end", _("nothing more: it is over")
