"""Wiring of the incidents app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    """The file of incidents and of their violations."""

    name = "sutura.incidents"
    verbose_name = _("Incidents")
    default_auto_field = "django.db.models.BigAutoField"
