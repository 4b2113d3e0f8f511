"""What is typed of an indicator and its definition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.models import Body
from sutura.indicators.choices import (
    ACROSS_PERIODS,
    ACROSS_PLACES,
    Frequency,
    Level,
    Method,
    Origin,
    Split,
    Unit,
)
from sutura.indicators.counting import MEASURES
from sutura.indicators.models import Aim
from sutura.ui.fields import OneOfField


def number(**kwargs: Any) -> forms.DecimalField:
    """A number with at most one decimal."""
    return forms.DecimalField(
        max_digits=12, decimal_places=1, min_value=0, widget=forms.NumberInput(attrs={"class": "short", "step": "any"}),
        **kwargs,
    )  # fmt: skip


def methods(allowed: tuple[Method, ...]) -> list[tuple[str, Any]]:
    """Ways of combining, in words."""
    return [(each.value, each.label) for each in allowed]


class DefinitionForm(forms.Form):
    """A version of a definition."""

    text_fr = forms.CharField(label=_("Wording in French"), max_length=300)
    text_en = forms.CharField(label=_("Wording in English"), max_length=300)
    official = forms.BooleanField(
        label=_("This is the official wording, checked against its source"), required=False
    )
    credit = forms.CharField(label=_("Source of the wording"), max_length=250, required=False)
    origin = OneOfField(
        label=_("Where does its value come from?"), choices=Origin.choices, initial=Origin.TYPED
    )
    measure = forms.ChoiceField(
        label=_("How do the registers compute it?"), required=False,
        choices=[("", _("organisations report it")), *((name, each.label) for name, each in MEASURES.items())],
    )  # fmt: skip
    body: Any = forms.ModelChoiceField(
        label=_("Of one body alone"), queryset=Body.objects.none(), required=False, to_field_name="public_id",
        empty_label=_("all bodies of this coordination"),
    )  # fmt: skip
    unit = OneOfField(label=_("What is its number?"), choices=Unit.choices, initial=Unit.NUMBER)
    numerator_fr = forms.CharField(label=_("What is counted, in French"), max_length=300)
    numerator_en = forms.CharField(label=_("What is counted, in English"), max_length=300, required=False)
    denominator_fr = forms.CharField(label=_("Of what whole, in French"), max_length=300, required=False)
    denominator_en = forms.CharField(label=_("Of what whole, in English"), max_length=300, required=False)
    split = OneOfField(label=_("Told apart"), choices=Split.choices, required=False)
    frequency = OneOfField(label=_("How often?"), choices=Frequency.choices, initial=Frequency.QUARTER)
    places = OneOfField(
        label=_("Several places or organisations together"),
        choices=methods(ACROSS_PLACES),
        initial=Method.NONE,
    )
    periods = OneOfField(
        label=_("Several periods together"), choices=methods(ACROSS_PERIODS), initial=Method.NONE,
        help_text=_("What is not additive is refused with a sentence, never computed."),
    )  # fmt: skip
    means_fr = forms.CharField(label=_("Means of verification, in French"), max_length=300, required=False)
    means_en = forms.CharField(label=_("Means of verification, in English"), max_length=300, required=False)
    baseline = number(label=_("Baseline"), required=False)
    target = number(label=_("Target"), required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.visible_to(by).working()  # type: ignore[attr-defined]


class IndicatorForm(DefinitionForm):
    """A new indicator and its first definition."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Such as CCT13. It never changes."))
    aim: Any = forms.ModelChoiceField(label=_("Aim"), queryset=Aim.objects.none(), to_field_name="code")
    level = OneOfField(label=_("Level"), choices=Level.choices, initial=Level.OUTPUT)
    field_order = ("code", "aim", "level")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.fields["aim"].queryset = Aim.objects.visible_to(by)  # type: ignore[attr-defined]
