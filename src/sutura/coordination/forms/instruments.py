"""What a person typed about conclusions of the Council, action plans of parties, and their paragraphs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.instruments import InstrumentKind
from sutura.coordination.forms.recommendations import NewRecommendationForm, lines
from sutura.ui.fields import DayField, OneOfField


class InstrumentForm(forms.Form):
    """A text to follow."""

    body: Any = forms.ModelChoiceField(
        queryset=None, label=_("Which body follows it?"), to_field_name="public_id"
    )
    kind = OneOfField(label=_("Kind"), choices=InstrumentKind.choices, initial=InstrumentKind.COUNCIL)
    reference = forms.CharField(
        label=_("Reference of the document"), max_length=60, help_text=_("For example: S/AC.51/2020/11.")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    dated_on = DayField(label=_("Dated"))
    party_code = forms.CharField(
        label=_("Code of the party"), max_length=20, required=False,
        help_text=_("For an action plan: the code of the register of parties, nothing else."),
    )  # fmt: skip
    review_on = DayField(label=_("Next review"), required=False)
    document: Any = forms.ModelChoiceField(
        queryset=None, label=_("Document of the library"), to_field_name="public_id", required=False
    )

    def __init__(self, *args: Any, bodies: Any, documents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].queryset = bodies
        fields["document"].queryset = documents


class ChangeInstrumentForm(InstrumentForm):
    """The same; the body and the kind stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["body"], self.fields["kind"]


class ParagraphsForm(forms.Form):
    """Paragraphs, one a line."""

    pasted = forms.CharField(
        label=_("Paragraphs or articles"), widget=lines(12), max_length=60_000,
        help_text=_("One a line, its number first: 12. What it asks. In short and in your own words."),
    )  # fmt: skip
    addressee = forms.CharField(
        label=_("Addressed to"), max_length=120, required=False,
        help_text=_("The same for all of these, such as: the Government."),
    )  # fmt: skip


class ParagraphForm(forms.Form):
    """One paragraph, corrected."""

    number = forms.CharField(label=_("Its number"), max_length=12)
    text = forms.CharField(label=_("What it asks"), widget=lines(4), max_length=5000)
    addressee = forms.CharField(label=_("Addressed to"), max_length=120, required=False)
    aside = forms.CharField(
        label=_("Why it calls for nothing here"), max_length=300, required=False,
        help_text=_("Only if it does: it then no longer counts among those of which nothing was made."),
    )  # fmt: skip


class ParagraphRecommendationForm(NewRecommendationForm):
    """A recommendation born of a paragraph: where it comes from is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, bodies=None, **kwargs)
        for name in ("body", "origin", "source", "party_code"):
            del self.fields[name]
