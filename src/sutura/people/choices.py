"""Words of the app."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutura.access.roles import MACHINE, ROLES


class Kind(models.TextChoices):
    """A person who signs in, or a named command which never does."""

    PERSON = "person", _("Person")
    MACHINE = "machine", _("Machine account")


def role_choices() -> list[tuple[str, object]]:
    """The roles of the law, for forms and models."""
    return [(code, role.label) for code, role in ROLES.items()]


def roles_of_people() -> list[tuple[str, object]]:
    """The roles which a person may hold."""
    return [(code, label) for code, label in role_choices() if code != MACHINE]
