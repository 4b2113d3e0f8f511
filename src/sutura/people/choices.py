"""Words of the app."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutura.access.roles import MACHINE, ROLES, S0, TIERS


class Kind(models.TextChoices):
    """A person who signs in, or a named command which never does."""

    PERSON = "person", _("Person")
    MACHINE = "machine", _("Machine account")


class State(models.TextChoices):
    """Where a grant stands."""

    WAITING = "waiting", _("waits for a second person")
    HOLDS = "holds", _("in force")
    LATER = "later", _("will hold")
    ENDED = "ended", _("ended")
    WITHDRAWN = "withdrawn", _("withdrawn")


def role_choices() -> list[tuple[str, object]]:
    """The roles of the law, for forms and models."""
    return [(code, role.label) for code, role in ROLES.items()]


def roles_of_people() -> list[tuple[str, object]]:
    """The roles which a person may hold."""
    return [(code, label) for code, label in role_choices() if code != MACHINE]


def tier_choices() -> list[tuple[str, object]]:
    """The tiers which a grant may reach; what is public needs none."""
    return [(code, tier.label) for code, tier in TIERS.items() if code != S0]
