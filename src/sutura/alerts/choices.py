"""Words of an alert: where it comes from, what it tells of, how it stands (mrm.md 3.2)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Who speaks: a person of the network, or a public list of events."""

    REPORT = "report", _("Alert")
    LEAD = "lead", _("Lead")


class LeadSource(models.TextChoices):
    """The public lists which are read as leads."""

    INSECURITY_INSIGHT = "insecurity-insight", "Insecurity Insight"
    UCDP_GED = "ucdp-ged", "UCDP GED"


class State(models.TextChoices):
    """Where the alert stands after triage."""

    NEW = "new", _("To triage")
    WAITING = "waiting", _("Information asked")
    INCIDENT = "incident", _("Incident opened")
    DUPLICATE = "duplicate", _("Duplicate")
    NOT_MRM = "not_mrm", _("Not MRM")


OPEN_STATES = (State.NEW, State.WAITING)


class ViolationType(models.TextChoices):
    """What may have happened, in the order used everywhere; a suspicion, not a finding."""

    KILLING = "killing", _("Killing")
    MAIMING = "maiming", _("Maiming")
    RECRUITMENT_USE = "recruitment_use", _("Recruitment or use")
    SEXUAL_VIOLENCE = "sexual_violence", _("Sexual violence")
    ABDUCTION = "abduction", _("Abduction")
    ATTACK_SCHOOL = "attack_school", _("Attack on a school")
    ATTACK_HOSPITAL = "attack_hospital", _("Attack on a hospital")
    DENIAL_HUMANITARIAN_ACCESS = "denial_humanitarian_access", _("Denial of humanitarian access")
    MILITARY_USE = "military_use", _("Military use of a school or hospital")
    DEPRIVATION_LIBERTY = "deprivation_liberty", _("Deprivation of liberty")


class PartyType(models.TextChoices):
    """Who is said to have done it."""

    ARMED_FORCE = "armed_force", _("Armed force")
    ARMED_GROUP = "armed_group", _("Armed group")
    OTHER_PARTY = "other_party", _("Other party")
    UNIDENTIFIED = "unidentified", _("Not known")


class SourceCategory(models.TextChoices):
    """How the teller knows."""

    VICTIM = "victim", _("The child or the family")
    WITNESS = "witness", _("Someone who saw it")
    COMMUNITY = "community", _("Community leader or focal point")
    STAFF = "staff", _("Teacher or health worker")
    ORGANISATION = "organisation", _("Another organisation")
    MEDIA = "media", _("Press or social networks")
    UNKNOWN = "unknown", _("Not known")


class Access(models.TextChoices):
    """Whether people can go there now."""

    GREEN = "green", _("Can be reached")
    AMBER = "amber", _("Reached with difficulty")
    RED = "red", _("Cannot be reached")
    UNKNOWN = "unknown", _("Not known")


class YesNoUnknown(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class Silence(models.TextChoices):
    """What an absence of alerts means for a cercle (mrm.md 8: zero reports is not zero violations)."""

    REPORTED = "reported", _("Alerts received")
    NOTHING_HAPPENED = "nothing_happened", _("Visited, nothing found")
    NOTHING_REPORTED = "nothing_reported", _("Nothing reported, not visited")
    NOT_ASSESSED = "not_assessed", _("Not assessed")


class Asked(models.TextChoices):
    """What an alert may lack; the sender reads these words, so that a question needs no words of its own."""

    DAY = "day", _("the day, or an idea of it")
    PLACE = "place", _("the place: commune or village")
    EVENT = "event", _("what happened")
    CHILDREN = "children", _("how many children, girls and boys, their ages")
    PARTY = "party", _("who is said to have done it")
    TELLERS = "tellers", _("how many people saw it, and how they know")
    NEED = "need", _("whether a child still needs help")
    ACCESS = "access", _("whether and how one can go there")
    OTHER = "other", _("something else: the focal point will say it by your usual safe channel")


def what_was_asked(codes: str) -> str:
    """Codes of `Asked`, apart by spaces, in words."""
    labels = dict(Asked.choices)
    return " · ".join(str(labels.get(code, code)) for code in codes.split())
