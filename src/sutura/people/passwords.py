"""Words which whoever knows the field would try first: no password is made of them alone."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sutura.places.rules import plain

WORDS = (
    "sutura", "unicef", "ctfmr", "smsps", "mrm", "cct", "protection", "enfance", "enfants", "enfant",
    "children", "child", "verification", "coordination", "secretariat", "moniteur", "monitor", "demo", "mali",
    "bamako", "gao", "kayes", "kidal", "koulikoro", "menaka", "mopti", "segou", "sikasso", "taoudenni",
    "tombouctou", "timbuktu", "motdepasse", "password", "bonjour",
)  # fmt: skip
LEFT = 8
"""Letters and figures that must remain once these words are taken away."""


class WordsOfTheField:
    """A validator of Django's: what remains of a password without these words must itself be hard to guess."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a password that is little more than such words."""
        rest = plain(password)
        for word in WORDS:
            rest = rest.replace(word, "")
        if sum(map(str.isalnum, rest)) < LEFT:
            raise ValidationError(self.get_help_text(), code="password_of_the_field")

    def get_help_text(self) -> str:
        """What is asked for."""
        return _(
            "Not made of words such as Sutura, a region or a task: who knows this work would try them first."
        )
