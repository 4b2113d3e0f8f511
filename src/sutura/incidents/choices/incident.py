"""Words for the incident itself: its state, its place, and the common yes/no/unknown."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Answer(TextChoices):
    """An asked question: empty means it was not asked, unknown that nobody could tell."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", pgettext_lazy("answer", "Unknown")


class State(TextChoices):
    """Where the file of the incident stands; only duplicate and void leave the count."""

    OPEN = "open", pgettext_lazy("incident state", "Open")
    CLOSED = "closed", pgettext_lazy("incident state", "Closed")
    DUPLICATE = "duplicate", pgettext_lazy("incident state", "Duplicate")
    VOID = "void", pgettext_lazy("incident state", "Void")


class PerpetratorCount(TextChoices):
    """How many individual perpetrators were seen in the incident."""

    ONE = "one", _("One")
    TWO = "two", _("Two")
    THREE = "three", _("Three")
    MORE = "more", _("More than three")
    UNKNOWN = "unknown", pgettext_lazy("number", "Not known")


class PlaceKind(TextChoices):
    """What kind of place the incident happened in (codebook B1)."""

    HOME = "home", _("Private house or compound")
    SCHOOL = "school", _("School or other place of learning")
    HOSPITAL = "hospital", _("Hospital or other health facility")
    MARKET = "market", _("Market or fair")
    ROAD = "road", _("Road, street or track")
    FARMLAND = "farmland", _("Field, garden or pasture")
    BUSH = "bush", _("Bush or forest")
    CAMP = "camp", _("Site for displaced people or refugees")
    RELIGIOUS = "religious", _("Place of worship")
    CULTURAL = "cultural", _("Cultural site or property")
    GOVERNMENT = "government", _("Government building")
    MILITARY = "military", _("Military or police post")
    NEAR_MILITARY = "near_military", _("Close to a military or police post")
    GROUP_AREA = "group_area", _("Area under the control of an armed group")
    UN = "un", _("United Nations premises")
    NGO = "ngo", _("Premises of a non-governmental organisation")
    CSO = "cso", _("Premises of a civil society organisation")
    PLAYGROUND = "playground", _("Playground")
    SPORT = "sport", _("Sports ground")
    POPULATED = "populated", _("Inhabited area, not specified")
    ISOLATED = "isolated", _("Remote area, not specified")
    OTHER = "other", pgettext_lazy("place", "Other place")
