"""The look, as an installed app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Components and base pages."""

    name = "sutura.ui"
    verbose_name = _("Look")
