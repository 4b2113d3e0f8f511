"""Words for trainings, practice groups and what follows them."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Cadre(TextChoices):
    """Which group of professionals a pathway trains."""

    COMMUNITY = "community", _("community actors")
    FOCUSED = "focused", _("focused-care actors")
    TRAINER = "trainer", _("trainers")
    SUPERVISOR = "supervisor", _("supervisors")


class Sex(TextChoices):
    """A professional's sex, as she states it."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    UNSTATED = "unstated", pgettext_lazy("sex", "not stated")


class Mode(TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", _("in person")
    REMOTE = "remote", _("at a distance")


class DropOut(TextChoices):
    """Why somebody left a training."""

    SECURITY = "security", _("insecurity")
    MOVED = "moved", _("moved to another post")
    HEALTH = "health", _("health")
    OTHER = "other", pgettext_lazy("drop-out", "other reason")


class Cancelled(TextChoices):
    """Why something planned was not held."""

    SECURITY = "security", _("insecurity")
    ROOM = "room", _("no room or no means")
    ABSENT = "absent", _("too few people came")
    OTHER = "other", pgettext_lazy("drop-out", "other reason")


class TestKind(TextChoices):
    """When a test of knowledge is taken."""

    PRE = "pre", _("before the training")
    POST = "post", _("after the training")
    RETENTION = "retention", _("three to six months later")


class Mastery(IntegerChoices):
    """How far a competency is shown, role-play after role-play."""

    HARMFUL = 1, _("1 – may do harm")
    SOME = 2, _("2 – some of it")
    BASIC = 3, _("3 – all the essentials")
    ADVANCED = 4, _("4 – all, with ease")


class Balance(TextChoices):
    """What an opening balance counts."""

    COMMUNITY = "community", _("community actors")
    FOCUSED = "focused", _("focused-care actors")
    GROUPS = "groups", _("functional practice groups")


class GroupState(TextChoices):
    """Where a practice group stands, by the rule in force."""

    STARTING = "starting", _("being set up")
    FUNCTIONAL = "functional", _("functional")
    IRREGULAR = "irregular", _("irregular")
    SUSPENDED = "suspended", pgettext_lazy("group", "suspended")
    CLOSED = "closed", pgettext_lazy("group", "closed")


class GroupTheme(TextChoices):
    """What a sitting was about, in a word of the list; never whose story."""

    VIOLENCE = "violence", _("ill-treatment")
    ARMED = "armed", _("children associated with armed groups")
    GBV = "gbv", _("gender-based violence")
    GRIEF = "grief", _("grief")
    ADDICTION = "addiction", _("addiction")
    SUICIDE = "suicide", _("suicide")
    EXHAUSTION = "exhaustion", _("exhaustion of professionals")
    POSTURE = "posture", _("professional stance")
    FAMILY = "family", _("work with families")
    NETWORK = "network", _("work with other services")
    CHILDHOOD = "childhood", _("early childhood")
    DISABILITY = "disability", _("disability")


class GroupNeed(TextChoices):
    """What a group asks for."""

    TRAINING = "training", _("a training")
    REFERRAL = "referral", _("a way to refer")
    SUPERVISION = "supervision", _("supervision")
    SECURITY = "security", _("security at work")


class SupervisionKind(TextChoices):
    """How somebody is supervised."""

    INDIVIDUAL = "individual", _("individual")
    GROUP = "group", pgettext_lazy("supervision", "in a group")
    PEERS = "peers", _("between peers")
    REMOTE = "remote", _("at a distance")


class PeerKind(TextChoices):
    """Two things that both go by the name of peer support."""

    PROFESSIONALS = "professionals", _("between professionals")
    EXPERIENCE = "experience", _("by people with lived experience")


class PeerPurpose(TextChoices):
    """What a contact was for; never what was said."""

    LISTENING = "listening", _("listening")
    ACCOMPANYING = "accompanying", _("accompanying to a service")
    GROUP = "group", _("facilitating a group")
    STIGMA = "stigma", _("working against stigma")


class QualityItem(TextChoices):
    """What a quality visit looks at."""

    SPACE = "space", _("a safe and fitting place")
    PLAN = "plan", _("a plan that is followed")
    TRAINED = "trained", _("people trained for what they do")
    RULES = "rules", _("confidentiality explained and kept")
    ACCESS = "access", _("open to women and men, to people with disabilities")
    REFERRAL = "referral", _("ways to refer are known")
    RECORDS = "records", _("sheets kept, without names of children")
    FEEDBACK = "feedback", _("participants can say what they think")


class QualityMark(IntegerChoices):
    """How far an item is met."""

    NO = 0, _("no")
    PARTLY = 1, _("partly")
    YES = 2, _("yes")


class CourseLevel(TextChoices):
    """How far a course of an institute leads."""

    TECHNICIAN = "technician", _("higher technician")
    DIPLOMA = "diploma", _("higher diploma")
    BACHELOR = "bachelor", _("bachelor’s degree")
    MASTER = "master", _("master’s degree")
    CONTINUING = "continuing", _("continuing training")


class UnitState(TextChoices):
    """How far a module has come in a course."""

    PROPOSED = "proposed", pgettext_lazy("curriculum", "proposed")
    STUDIED = "studied", pgettext_lazy("curriculum", "under study")
    VALIDATED = "validated", pgettext_lazy("curriculum", "validated")
    TAUGHT = "taught", pgettext_lazy("curriculum", "taught")
    SET_ASIDE = "set_aside", pgettext_lazy("curriculum", "set aside")


class Carried(TextChoices):
    """Whether an initiative is carried by UNICEF or found elsewhere."""

    INSIDE = "inside", _("with UNICEF")
    OUTSIDE = "outside", _("outside UNICEF")
