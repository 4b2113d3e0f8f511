"""What a person types of a publication, and of a card."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.publications import CardKind, CardState, PublicationKind
from sutura.coordination.forms.recommendations import lines, regions
from sutura.ui.fields import DayField, OneOfField


class PublicationForm(forms.Form):
    """The days a publication tells of, and a few words before its figures."""

    first = DayField(label=_("From"))
    last = DayField(label=_("Until"))
    words = forms.CharField(
        label=_("In a few words"), required=False, max_length=4000, widget=lines(6),
        help_text=_("What members should remember. No name of a child, nothing of a case."),
    )  # fmt: skip


class NewPublicationForm(PublicationForm):
    """A new one, of either kind."""

    kind = OneOfField(label=_("Kind"), choices=PublicationKind.choices, initial=PublicationKind.BULLETIN)

    field_order = ["kind", "first", "last", "words"]


class SeenForm(forms.Form):
    """The fingerprint of what was shown when somebody validates it."""

    seen = forms.CharField(widget=forms.HiddenInput)


class CardForm(forms.Form):
    """What others may learn from."""

    kind = OneOfField(label=_("What is it?"), choices=CardKind.choices, initial=CardKind.PRACTICE)
    title = forms.CharField(label=_("Title"), max_length=150)
    organisation: Any = forms.ModelChoiceField(
        queryset=None, label=_("Whose work is it?"), to_field_name="public_id"
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    theme: Any = forms.ModelChoiceField(
        queryset=None, label=_("Theme"), to_field_name="public_id", required=False
    )
    context = forms.CharField(
        label=_("Context"), widget=lines(3), max_length=2000,
        help_text=_("Where and when, and what was the matter. No name of a child, nothing of a case."),
    )  # fmt: skip
    action = forms.CharField(
        label=_("What was done"), widget=lines(4), max_length=4000, help_text=_("And what came of it.")
    )
    evidence = forms.CharField(
        label=_("What shows it"), required=False, max_length=500,
        help_text=_("A report and its date, a count, what people say of it; or choose a document below."),
    )  # fmt: skip
    document: Any = forms.ModelChoiceField(
        queryset=None, label=_("Document of the library"), to_field_name="public_id", required=False
    )

    def __init__(self, *args: Any, organisations: Any, themes: Any, documents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].queryset = organisations
        fields["theme"].queryset = themes
        fields["document"].queryset = documents
        fields["region"].choices = [("", _("The whole country")), *regions()]


class ConsentForm(forms.Form):
    """Who agreed that it be told, and when."""

    consent_by = forms.CharField(
        label=_("Who agreed that it be told?"), max_length=150, help_text=_("Name and office of the source.")
    )
    consent_on = DayField(label=_("On which day?"))


class NewCardForm(CardForm):
    """A new card; the consent may be noted at once, or later."""

    body: Any = forms.ModelChoiceField(queryset=None, label=_("For which body?"), to_field_name="public_id")
    consent_by = forms.CharField(
        label=_("Who agreed that it be told?"), max_length=150, required=False,
        help_text=_("Name and office of the source. Without consent no report tells it; you can note it later."),
    )  # fmt: skip
    consent_on = DayField(label=_("On which day?"), required=False)

    field_order = ["body", "kind", "title"]

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].queryset = bodies


class WhyForm(forms.Form):
    """The reason of an act."""

    why = forms.CharField(label=_("Why?"), widget=lines(2), max_length=500)


class CardFilter(forms.Form):
    """The filters of the list of cards, as they stand in the address."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    body = forms.ChoiceField(label=_("Body"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *CardKind.choices], required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, *args: Any, bodies: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = dict(regions())
        fields: Any = self.fields
        fields["body"].choices = [("", _("All")), *((str(body.public_id), body.acronym) for body in bodies)]
        fields["theme"].choices = [("", _("All")), *((str(theme.public_id), str(theme)) for theme in themes)]
        fields["region"].choices = [("", _("All")), *self.regions.items()]

    @property
    def in_force(self) -> dict[str, Any]:
        """The filters that are understood, by name."""
        self.is_valid()
        typed = getattr(self, "cleaned_data", {})
        return {name: value for name, value in typed.items() if value and name != "tab"}


TABS = {
    "waiting": (_("To validate"), (CardState.PROPOSED, CardState.RETURNED)),
    "validated": (_("Validated"), (CardState.VALIDATED,)),
    "withdrawn": (_("Withdrawn"), (CardState.WITHDRAWN,)),
}
