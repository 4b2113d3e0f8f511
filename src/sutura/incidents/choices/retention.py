"""Words for how long a file is kept."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """What was decided of a file whose time has come, or before."""

    HELD = "held", _("put on hold")
    RELEASED = "released", _("hold lifted")
    KEPT = "kept", _("kept on")
