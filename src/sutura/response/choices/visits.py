"""Words of visits to places where children are held or cared for: where a visit stands, why not, what was found."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(TextChoices):
    """Where a visit stands."""

    PLANNED = "planned", pgettext_lazy("visit", "planned, not asked for")
    ASKED = "asked", pgettext_lazy("visit", "asked for")
    AUTHORISED = "authorised", pgettext_lazy("visit", "authorised")
    REFUSED = "refused", pgettext_lazy("visit", "refused")
    UNANSWERED = "unanswered", pgettext_lazy("visit", "never answered")
    DONE = "done", pgettext_lazy("visit", "made")
    DROPPED = "dropped", pgettext_lazy("visit", "given up")


class NoEntry(TextChoices):
    """Why a visit was refused."""

    SECURITY = "security", _("security, said the authority")
    INQUIRY = "inquiry", _("an inquiry is under way")
    PERMIT = "permit", _("a permit of a judge or a ministry is asked")
    DENIED = "denied", _("no child is there, said the authority")
    HIERARCHY = "hierarchy", _("waits for word from above")
    GATE = "gate", _("authorised, then refused at the gate")
    UNSAID = "unsaid", _("no reason given")


class Later(TextChoices):
    """Why a visit was put off or given up."""

    ROAD = "road", _("insecurity on the way")
    TRANSPORT = "transport", _("no transport or fuel")
    TEAM = "team", _("nobody free to go")
    AUTHORITY = "authority", _("the authority asked for another day")
    MOVED = "moved", _("the children were moved or released")


class Crowding(TextChoices):
    """How full the place is for the children in it."""

    ROOM = "room", _("enough room")
    FULL = "full", pgettext_lazy("crowding", "full")
    OVER = "over", _("overcrowded")


class Enough(TextChoices):
    """Whether there is enough of something."""

    YES = "yes", _("enough")
    SHORT = "short", _("not enough")
    NONE = "none", pgettext_lazy("enough", "none")


class Mixed(TextChoices):
    """Whether children are among adults."""

    NO = "no", _("children apart from adults")
    DAY = "day", _("together by day, apart by night")
    YES = "yes", _("children among adults")


class Health(TextChoices):
    """How a child seems; a visitor judges no illness."""

    WELL = "well", pgettext_lazy("health", "well")
    SICK = "sick", _("sick or hurt")
    URGENT = "urgent", _("needs a doctor at once")


class Task(TextChoices):
    """What a visit leaves to do."""

    SEPARATE = "separate", _("have children kept apart from adults")
    RELEASE = "release", _("ask for the release or handover")
    LAWYER = "lawyer", _("find lawyers")
    CARE = "care", _("bring medical care")
    FOOD = "food", _("food, water, hygiene")
    COMPLAINT = "complaint", _("raise the ill-treatment alleged")
    AGE = "age", _("have ages assessed")
    FAMILY = "family", _("tell or find families")
    RETURN = "return", _("go back")


class Ending(TextChoices):
    """What became of something to do."""

    DONE = "done", pgettext_lazy("action", "done")
    REFUSED = "refused", _("the authority refused")
    NEEDLESS = "needless", _("no longer needed")
