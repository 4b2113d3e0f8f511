"""What a person typed about a need of a region, or a theme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.recommendations import NeedState, Severity
from sutura.coordination.forms.recommendations import lines, regions
from sutura.library.choices import Layer
from sutura.ui.fields import OneOfField


class NeedForm(forms.Form):
    """What a region lacks."""

    body: Any = forms.ModelChoiceField(queryset=None, label=_("Raised to"), to_field_name="public_id")
    region = forms.ChoiceField(label=_("Region"))
    text = forms.CharField(
        label=_("What is lacking?"),
        help_text=_("No name of a child, nothing of a case."),
        widget=lines(3),
        max_length=2000,
    )
    evidence = forms.CharField(
        label=_("How is it known?"),
        help_text=_("A mission and its date, an assessment, what several partners say."),
        max_length=500,
    )
    severity = OneOfField(label=_("How severe is it?"), choices=Severity.choices, initial=Severity.SERIOUS)
    layer = forms.ChoiceField(
        label=_("Layer of the pyramid"), choices=[("", _("Not said")), *Layer.choices], required=False
    )
    theme: Any = forms.ModelChoiceField(
        queryset=None, label=_("Theme"), to_field_name="public_id", required=False
    )

    def __init__(self, *args: Any, bodies: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].queryset = bodies
        fields["theme"].queryset = themes
        fields["region"].choices = [("", "—"), *regions()]


class AnswerForm(forms.Form):
    """How a need is answered."""

    recommendation: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("By which recommendation?"),
        help_text=_("Its reference, once it is written down."),
        to_field_name="ref",
        required=False,
        widget=forms.TextInput,
    )
    answer = forms.CharField(
        label=_("Or why is there none?"), widget=lines(2), max_length=500, required=False
    )

    def __init__(self, *args: Any, recommendations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["recommendation"].queryset = recommendations
        fields["recommendation"].error_messages["invalid_choice"] = _(
            "No recommendation of this body has this reference."
        )


class NothingForm(forms.Form):
    """An act that asks for no word."""


class ThemeForm(forms.Form):
    """A problem to keep in sight."""

    name_fr = forms.CharField(label=_("Name in French"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)


class ActivePartnerForm(forms.Form):
    """An organisation which works on a theme."""

    organisation: Any = forms.ModelChoiceField(
        queryset=None, label=_("Organisation"), to_field_name="public_id"
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    words = forms.CharField(label=_("What does it do?"), max_length=300, required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].queryset = organisations
        fields["region"].choices = [("", _("The whole country")), *regions()]


class NeedFilter(forms.Form):
    """The filters of the list of needs, as they stand in the address."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    body = forms.ChoiceField(label=_("Raised to"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    layer = forms.ChoiceField(
        label=_("Layer of the pyramid"), choices=[("", _("All")), *Layer.choices], required=False
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = dict(regions())
        fields: Any = self.fields
        fields["body"].choices = [("", _("All")), *((str(body.public_id), body.acronym) for body in bodies)]
        fields["region"].choices = [("", _("All")), *self.regions.items()]

    @property
    def in_force(self) -> dict[str, Any]:
        """The filters that are understood, by name."""
        self.is_valid()
        typed = getattr(self, "cleaned_data", {})
        return {name: value for name, value in typed.items() if value and name != "tab"}


TABS = {
    "waiting": (_("Never answered"), (NeedState.RAISED, NeedState.EXAMINED)),
    "answered": (_("Answered"), (NeedState.ANSWERED,)),
    "closed": (_("Closed"), (NeedState.CLOSED,)),
}
