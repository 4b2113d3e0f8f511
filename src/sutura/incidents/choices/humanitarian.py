"""Words for denial of humanitarian access (mrm.md 2.6)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DenialMethod(TextChoices):
    """How aid was kept from children."""

    STAFF_ABDUCTION = "staff_abduction", _("Aid workers abducted")
    STAFF_VIOLENCE = "staff_violence", _("Aid workers threatened or attacked")
    BESIEGEMENT = "besiegement", _("Town or village besieged")
    ENTRY = "entry", _("Entry of aid workers restricted")
    TRAVEL = "travel", _("Movement inside the country restricted")
    IMPORT = "import", _("Import of goods restricted")
    FINANCIAL = "financial", _("Money transfers or taxes used against aid")
    PROPERTY = "property", _("Premises or goods damaged")
    THEFT = "theft", _("Theft or looting")
    VEHICLE = "vehicle", _("Vehicles taken by force")
    BENEFICIARY_LIMITS = "beneficiary_limits", _("People kept from reaching aid")
    BENEFICIARY_VIOLENCE = "beneficiary_violence", _("People receiving aid threatened or attacked")
    OTHER = "other", pgettext_lazy("denial", "Other method")


class AidOrganisation(TextChoices):
    """Whose aid was denied."""

    GOVERNMENT = "government", _("State service")
    INTERGOVERNMENTAL = "intergovernmental", _("United Nations or other intergovernmental body")
    INGO = "ingo", _("International NGO")
    NNGO = "nngo", _("National NGO")
    RED_CROSS = "red_cross", _("Red Cross or Red Crescent")
    FAITH = "faith", _("Faith-based organisation")
    COMMUNITY = "community", _("Community organisation")
    DE_FACTO = "de_facto", _("De facto authority")
    PRIVATE = "private", _("Private company")
    UNKNOWN = "unknown", pgettext_lazy("organisation", "Organisation not known")
    OTHER = "other", pgettext_lazy("organisation", "Other organisation")


class AidKind(TextChoices):
    """What aid did not arrive."""

    FOOD = "food", _("Food")
    MEDICAL_CARE = "medical_care", _("Medical care")
    MEDICAL_EQUIPMENT = "medical_equipment", _("Medicines and medical equipment")
    SCHOOL_SUPPLIES = "school_supplies", _("School supplies")
    WASH = "wash", _("Water, sanitation and hygiene")
    OTHER = "other", pgettext_lazy("aid", "Other aid")
