"""Words for killing, maiming and sexual violence (mrm.md 2.1, 2.3; codebook B3, B6)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LethalContext(TextChoices):
    """What was going on when the child was killed or maimed."""

    CLASHES = "clashes", _("Fighting between parties")
    EXPLOSIVE_REMNANTS = "explosive_remnants", _("Explosive ordnance left behind")
    POLITICAL = "political", _("Political violence")
    ARREST_SEARCH = "arrest_search", _("Arrest or search operation")
    SINGLE_MURDER = "single_murder", _("Targeted murder")
    TORTURE = "torture", _("Torture or cruel, inhuman or degrading treatment")


class AttackMeans(TextChoices):
    """How the attack was carried out."""

    AERIAL = "aerial", _("From the air")
    LAND = "land", _("Ground attack")
    SEA = "sea", _("From the river or lake")
    ARSON = "arson", _("Setting on fire")
    SHOOTING = "shooting", _("Shooting")
    SUICIDE = "suicide", _("Suicide attack")
    OTHER = "other", pgettext_lazy("attack", "Other means")


class Weapon(TextChoices):
    """What caused the harm."""

    IED_COMMAND = "ied_command", _("IED set off by wire")
    IED_REMOTE = "ied_remote", _("IED set off by remote control")
    IED_TIMER = "ied_timer", _("IED with a timer")
    IED_VEHICLE = "ied_vehicle", _("IED in a vehicle")
    IED_PERSON = "ied_person", _("IED carried by a person")
    IED_FLYING = "ied_flying", _("IED thrown or flown")
    IED_GRENADE = "ied_grenade", _("Improvised grenade")
    LANDMINE = "landmine", _("Mine, also improvised or with a pressure plate")
    BOOBY_TRAP = "booby_trap", _("Booby trap")
    ERW = "erw", _("Explosive remnant of war")
    SUBMUNITION = "submunition", _("Cluster submunition")
    AERIAL_BOMB = "aerial_bomb", _("Bomb dropped from an aircraft")
    BARREL_BOMB = "barrel_bomb", _("Barrel bomb")
    UAV = "uav", _("Armed drone")
    MISSILE = "missile", _("Missile")
    MORTAR_ROCKET = "mortar_rocket", _("Mortar shell or rocket")
    LIGHT_WEAPON = "light_weapon", _("Light weapon, such as a machine gun")
    SMALL_ARM = "small_arm", _("Small arm, such as a rifle or a pistol")
    SHARP = "sharp", _("Knife, machete or other sharp weapon")
    BATON = "baton", _("Stick, baton or rifle butt")
    BEHEADING = "beheading", _("Beheading")
    BURNING = "burning", _("Burning alive")
    HANGING = "hanging", _("Hanging")
    STONING = "stoning", _("Stoning")
    TEAR_GAS = "tear_gas", _("Tear gas")
    WATER_CANNON = "water_cannon", _("Water cannon")
    CHEMICAL = "chemical", _("Chemical weapon")
    BIOLOGICAL = "biological", _("Biological weapon")
    RADIOLOGICAL = "radiological", _("Nuclear or radiological weapon")
    OTHER = "other", pgettext_lazy("weapon", "Other weapon")
    UNKNOWN = "unknown", pgettext_lazy("weapon", "Weapon not known")


class Consequence(TextChoices):
    """What the injury left behind; a maiming is serious, disabling or scarring."""

    DISABILITY = "disability", _("Permanent disability")
    SERIOUS_INJURY = "serious_injury", _("Serious injury")
    OTHER = "other", pgettext_lazy("consequence", "Other consequence")


class SexualViolenceForm(TextChoices):
    """Forms of sexual violence linked to the conflict."""

    RAPE = "rape", _("Rape")
    GANG_RAPE = "gang_rape", _("Gang rape")
    ASSAULT = "assault", _("Sexual assault")
    SLAVERY = "slavery", _("Sexual slavery or trafficking")
    PROSTITUTION = "prostitution", _("Forced prostitution")
    STERILISATION = "sterilisation", _("Forced sterilisation")
    PREGNANCY = "pregnancy", _("Forced pregnancy")
    ABORTION = "abortion", _("Forced abortion")
    MARRIAGE = "marriage", _("Forced marriage")
    MUTILATION = "mutilation", _("Sexual mutilation")


class SexualViolenceEffect(TextChoices):
    """What the child or family told of their own accord; never to be asked (mrm.md 2.3)."""

    CHILD_BORN = "child_born", _("A child was born")
    UNSAFE_ABORTION = "unsafe_abortion", _("Complications of an unsafe abortion")
    INFANTICIDE = "infanticide", _("Infanticide")
    DEATH = "death", _("Death")
    INJURY = "injury", _("Injuries")
    DISABILITY = "disability", _("Disability")
    ILLNESS = "illness", _("Illness")
    STI = "sti", _("Sexually transmitted infection")
    MENTAL_HEALTH = "mental_health", _("Psychological distress")
    SUICIDE = "suicide", _("Suicide or attempted suicide")
    REJECTION = "rejection", _("Rejected by the family")
    STIGMA = "stigma", _("Stigma in the community")
    PROSECUTION = "prosecution", _("Investigated, prosecuted or arrested")
    SCHOOL_DROPOUT = "school_dropout", _("Left school")
