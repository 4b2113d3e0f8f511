"""What becomes of a school: closed, reopened, vacated, repaired; by code, with how it is known and by which office."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Line(TextChoices):
    """What is noted of a school; attacks and military use are not: the incidents tell of them."""

    CLOSED = "closed", pgettext_lazy("school", "Closed")
    STILL_CLOSED = "still_closed", pgettext_lazy("school", "Still closed")
    REOPENED = "reopened", pgettext_lazy("school", "Reopened")
    STILL_USED = "still_used", pgettext_lazy("school", "Still used by a party")
    VACATED = "vacated", pgettext_lazy("school", "Vacated by the party")
    DAMAGE = "damage", pgettext_lazy("school", "State of the building")
    REPAIR = "repair", pgettext_lazy("school", "Repair")


class Closing(TextChoices):
    """Why a school is closed."""

    ATTACK = "attack", _("an attack")
    THREAT = "threat", _("threats")
    USE = "use", _("use by a party")
    INSECURITY = "insecurity", _("fighting or insecurity nearby")
    DISPLACED = "displaced", _("the people fled")
    NO_TEACHER = "no_teacher", _("the teachers left")
    DAMAGE = "damage", _("the building cannot be used")
    OTHER = "other", pgettext_lazy("closing", "another reason")
    UNKNOWN = "unknown", pgettext_lazy("closing", "not known")


class Reopening(TextChoices):
    """How far a school works again."""

    WHOLE = "whole", _("all classes")
    PARTLY = "partly", _("some classes")
    ELSEWHERE = "elsewhere", _("in another place")


class Building(TextChoices):
    """State of a building."""

    DESTROYED = "destroyed", _("destroyed")
    SERIOUS = "serious", _("seriously damaged")
    MINOR = "minor", _("slightly damaged")
    NONE = "none", _("not damaged")
    ORDNANCE = "ordnance", _("explosive remnants there or feared")


class Repair(TextChoices):
    """How far the repair has come."""

    NEEDED = "needed", _("needed, not planned")
    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", pgettext_lazy("repair", "under way")
    DONE = "done", pgettext_lazy("repair", "done")


LINE_ANSWERS: dict[str, type[TextChoices]] = {
    Line.CLOSED: Closing,
    Line.REOPENED: Reopening,
    Line.DAMAGE: Building,
    Line.REPAIR: Repair,
}
LINE_QUESTIONS: dict[str, Promise] = {
    Line.CLOSED: _("Why is it closed?"),
    Line.REOPENED: _("How far does it work again?"),
    Line.DAMAGE: _("In what state is the building?"),
    Line.REPAIR: _("How far is the repair?"),
}


class Basis(TextChoices):
    """How it is known."""

    SEEN = "seen", _("seen on a visit")
    LETTER = "letter", _("letter or table of an office")
    TOLD = "told", _("told by an office")
    COMMUNITY = "community", _("told by the community")
    IMAGE = "image", _("photograph or satellite image")


class Office(TextChoices):
    """Who says it, or is to act: an office, never a person."""

    ACADEMY = "academy", _("teaching academy (AE)")
    CAP = "cap", _("teaching centre (CAP)")
    SCHOOL = "school", _("school or its management committee")
    CLUSTER = "cluster", _("education cluster")
    TOWN_HALL = "town_hall", _("town hall")
    GOVERNOR = "governor", _("governor or prefect")
    DEFENCE = "defence", _("defence and security forces")
    UN = "un", _("United Nations")
    NGO = "ngo", _("non-governmental organisation")
    COMMUNITY = "community", _("community")


class Task(TextChoices):
    """What the education cluster follows up."""

    ASSESS = "assess", _("assess on the spot")
    VACATE = "vacate", _("ask that it be vacated")
    CLEAR = "clear", _("clear explosive remnants")
    SPACE = "space", _("open a temporary learning space")
    REPAIR = "repair", _("repair")
    EQUIP = "equip", _("bring benches and kits")
    TEACHERS = "teachers", _("bring teachers back")
    CATCH_UP = "catch_up", _("catch-up classes")
    SUPPORT = "support", _("psychosocial support in school")
    PROTECT = "protect", _("protection plan of the school")


class TaskState(TextChoices):
    """Where an action stands."""

    PLANNED = "planned", pgettext_lazy("action", "planned")
    UNDER_WAY = "under_way", pgettext_lazy("action", "under way")
    DONE = "done", pgettext_lazy("action", "done")
    DROPPED = "dropped", pgettext_lazy("action", "given up")


class TaskLate(TextChoices):
    """Why an action is late, or was done late."""

    INSECURITY = "insecurity", _("insecurity")
    ACCESS = "access", _("no access")
    USED = "used", _("the school is still used")
    FUNDING = "funding", _("no funding")
    AUTHORITY = "authority", _("an authority has not answered")
    OTHER = "other", pgettext_lazy("late action", "another reason")


class Told(TextChoices):
    """What an incident tells of a school."""

    ATTACK = "attack", _("Attack")
    USE = "use", _("Military use")


class Shown(TextChoices):
    """Which schools a list shows."""

    ATTACKED = "attacked", pgettext_lazy("schools", "attacked")
    USED = "used", pgettext_lazy("schools", "used by a party")
    VACATED = "vacated", pgettext_lazy("schools", "vacated")
    CLOSED = "closed", pgettext_lazy("schools", "closed")
    REOPENED = "reopened", pgettext_lazy("schools", "reopened")
    IN_USE = "in_use", pgettext_lazy("schools", "used, no vacating noted")
    SHUT = "shut", pgettext_lazy("schools", "closed, no reopening noted")
    LATE = "late", pgettext_lazy("schools", "with a late action")
