from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "sutura.indicators"
    verbose_name = _("Indicators")

    def ready(self) -> None:
        """What is not reported comes on the next agenda of the body that asked for it."""
        from sutura.coordination.agenda import SUPPLIERS
        from sutura.coordination.choices.meetings import Source
        from sutura.indicators.owed import not_reported

        SUPPLIERS[Source.INDICATORS] = not_reported
