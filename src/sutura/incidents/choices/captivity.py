"""Words for recruitment and use, abduction and deprivation of liberty (mrm.md 2.2, 2.4, 2.7)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RecruitmentFactor(TextChoices):
    """What led the child into the force or group."""

    ABDUCTION = "abduction", _("Was abducted")
    CONSCRIPTION = "conscription", _("Was conscripted")
    PRESSURE = "pressure", _("Pressure from family or community")
    FAMILY_PROBLEMS = "family_problems", _("Trouble or violence at home")
    FINANCIAL = "financial", _("Need of money")
    IDEALISM = "idealism", _("Conviction")
    INTIMIDATION = "intimidation", _("Fear or threats")
    SERVICES = "services", _("Lack of school, care or other basic services")
    SECURITY = "security", _("To be protected")
    FRIENDS = "friends", _("Went with friends")
    REVENGE = "revenge", _("Wish for revenge")
    UNKNOWN = "unknown", pgettext_lazy("factor", "Factor not known")
    OTHER = "other", pgettext_lazy("factor", "Other factor")


class Role(TextChoices):
    """Whether the child was used in the fighting; any role is a violation."""

    COMBATANT = "combatant", _("Combat role")
    SUPPORT = "support", _("Support role")
    UNKNOWN = "unknown", pgettext_lazy("role", "Role not known")


class CombatRole(TextChoices):
    """Roles in or close to the fighting."""

    FIGHTER = "fighter", _("Fighter")
    SPY = "spy", _("Lookout, informer or spy")
    GUARD = "guard", _("Guard")
    MINES = "mines", _("Laying mines or explosives")
    CHECKPOINT = "checkpoint", _("Manning a checkpoint")
    SUICIDE_BOMBER = "suicide_bomber", _("Suicide bomber")
    OTHER = "other", pgettext_lazy("role", "Other combat role")


class SupportRole(TextChoices):
    """Roles away from the fighting."""

    COOK = "cook", _("Cook")
    DOMESTIC = "domestic", _("Domestic worker")
    HUMAN_SHIELD = "human_shield", _("Human shield")
    PORTER = "porter", _("Porter")
    MESSENGER = "messenger", _("Messenger")
    SEXUAL = "sexual", _("Sexual exploitation")
    OTHER = "other", pgettext_lazy("role", "Other support role")


class WayOut(TextChoices):
    """How children left the force or group."""

    ARRESTED = "arrested", _("Arrested")
    CAPTURED = "captured", _("Captured in fighting")
    SURRENDERED = "surrendered", _("Surrendered")
    ESCAPED = "escaped", _("Ran away")
    BROKERED = "brokered", _("Family or community obtained the release")
    DISSOLUTION = "dissolution", _("The group was dissolved")
    INFORMAL = "informal", _("Released without formality")
    FORMAL = "formal", _("Formal release or demobilisation")


class AbductionPurpose(TextChoices):
    """What the child was taken for."""

    EXTORTION = "extortion", _("Ransom or extortion")
    MARRIAGE = "marriage", _("Forced marriage")
    INDOCTRINATION = "indoctrination", _("Indoctrination")
    INTIMIDATION = "intimidation", _("To frighten the family or community")
    KILLING_MAIMING = "killing_maiming", _("To kill or maim")
    PUNISHMENT = "punishment", _("Punishment")
    RECRUITMENT = "recruitment", _("Recruitment or use")
    SEXUAL_VIOLENCE = "sexual_violence", _("Sexual violence")
    LABOUR = "labour", _("Forced labour")
    SALE = "sale", _("Sale")
    TRAFFICKING = "trafficking", _("Trafficking")
    ENSLAVEMENT = "enslavement", _("Enslavement")
    UNKNOWN = "unknown", pgettext_lazy("purpose", "Purpose not known")
    OTHER = "other", pgettext_lazy("purpose", "Other purpose")


class FreedomRegained(TextChoices):
    """How an abducted child came free."""

    RELEASED = "released", _("Released by the abductors")
    RANSOM = "ransom", _("Ransom paid")
    ESCAPED = "escaped", _("Escaped")
    OPERATION = "operation", _("Freed in a military or police operation")
    DISSOLUTION = "dissolution", _("The abducting group was dissolved")
    HANDOVER = "handover", _("Formally handed over")
    OTHER = "other", pgettext_lazy("way to freedom", "Other way")


class DetentionReason(TextChoices):
    """Why the child was deprived of liberty."""

    SECURITY = "security", _("Security grounds")
    ASSOCIATION = "association", _("Actual or alleged association with a force or group")


class DetainingAuthority(TextChoices):
    """Who holds the child."""

    ARMED_FORCE = "armed_force", _("Armed or security force")
    ARMED_GROUP = "armed_group", _("Armed group")
    OTHER_PARTY = "other_party", pgettext_lazy("authority", "Other party")
    UNKNOWN = "unknown", pgettext_lazy("authority", "Authority not known")


class DetentionPlace(TextChoices):
    """Where the child is or was held."""

    CIVILIAN = "civilian", _("Civilian building")
    INFORMAL = "informal", _("Unofficial place of detention")
    INTELLIGENCE = "intelligence", _("Premises of an intelligence service")
    JUVENILE = "juvenile", _("Centre for minors")
    MILITARY = "military", _("Military camp or post")
    PRISON = "prison", _("Prison")
    OTHER = "other", pgettext_lazy("detention", "Other place of detention")


class DetentionLength(TextChoices):
    """How long, where the dates are not known."""

    UNDER_1_MONTH = "under_1_month", _("Less than one month")
    UNDER_3_MONTHS = "1_3_months", _("One to three months")
    UNDER_6_MONTHS = "3_6_months", _("Three to six months")
    UNDER_1_YEAR = "6_12_months", _("Six to twelve months")
    OVER_1_YEAR = "over_1_year", _("More than one year")


class IllTreatment(TextChoices):
    """Ill-treatment reported during arrest or detention."""

    BLINDFOLDED = "blindfolded", _("Blindfolded")
    HANDS_TIED = "hands_tied", _("Hands tied")
    LEGS_TIED = "legs_tied", _("Legs tied")
    NIGHT_ARREST = "night_arrest", _("Arrested at night")
    VEHICLE_FLOOR = "vehicle_floor", _("Transported on the floor of a vehicle")
    BEATING = "beating", _("Beaten or other physical violence")
    VERBAL = "verbal", _("Insulted or humiliated")
    THREAT_SELF = "threat_self", _("Threatened")
    THREAT_FAMILY = "threat_family", _("Family threatened")
    STRIP_SEARCH = "strip_search", _("Strip-searched")
    SEXUAL = "sexual", _("Sexual abuse, attempted or committed")
    POSITION = "position", _("Forced to stay in painful positions")
    SOLITARY = "solitary", _("Held in solitary confinement")
    NO_FOOD_WATER = "no_food_water", _("Kept without food or water")
    NO_TOILET = "no_toilet", _("Kept from the toilet")
    NO_LAWYER_PARENT = "no_lawyer_parent", _("No lawyer or parent at questioning")
    RIGHTS_UNTOLD = "rights_untold", _("Not told of their rights")
    FOREIGN_PAPER = "foreign_paper", _("Made to sign a paper in a language not understood")
    HELD_ABROAD = "held_abroad", _("Held in another country")
    INFORMANT = "informant", _("Pressed to become an informer")
    OTHER = "other", pgettext_lazy("ill-treatment", "Other ill-treatment")
