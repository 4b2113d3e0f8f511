from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MhpssConfig(AppConfig):
    name = "sutura.mhpss"
    verbose_name = _("Map of services")
