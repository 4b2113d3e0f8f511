"""What somebody answers about two cards that look alike."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.ui.fields import OneOfField


class SameForm(forms.Form):
    """One person or two."""

    answer = OneOfField(
        label=_("Is it one person?"),
        choices=[
            ("same", _("yes, one person: join the cards")),
            ("two", _("no, two people: do not ask again")),
        ],
    )
