"""What something is called in a DHIS2."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.indicators.choices import CodeKind
from sutura.ui.fields import OneOfField


class CodeForm(forms.Form):
    """One code."""

    kind = OneOfField(label=_("What does it stand for?"), choices=CodeKind.choices, initial=CodeKind.ELEMENT)
    subject = forms.CharField(
        label=_("Here"), max_length=20, required=False,
        help_text=_("The code of an indicator, a part (total, women, men, girls, boys), or a P-code; nothing for the"
                    " data set."),
    )  # fmt: skip
    code = forms.CharField(label=_("In DHIS2"), max_length=50)
