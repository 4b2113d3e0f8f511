"""What people type about terms of reference, links between bodies, and signed sheets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.terms import Ruling
from sutura.partners.models import Organisation
from sutura.ui.fields import DayField, OneOfField


class SectionForm(forms.Form):
    """A section of terms of reference."""

    heading = forms.CharField(label=_("Heading"), max_length=120)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 10})
    )


class TermsCommentForm(forms.Form):
    """What an organisation asks of a section."""

    text = forms.CharField(
        label=_("What should change"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RulingForm(forms.Form):
    """What is decided on a comment."""

    ruling = OneOfField(label=_("Decision"), choices=Ruling.choices)
    reply = forms.CharField(
        label=_("Reply"), max_length=300, required=False, help_text=_("Needed unless it is taken up whole.")
    )


class AuthorityForm(forms.Form):
    """Who validated, and when."""

    on = DayField(label=_("Validated on"), initial=timezone.localdate)
    authority = forms.CharField(
        label=_("By which authority"), max_length=150, help_text=_("An office and its act, not a person.")
    )


class TieForm(forms.Form):
    """Who keeps up with another body."""

    known: Any = forms.ModelChoiceField(
        queryset=None, label=_("Body kept here"), to_field_name="public_id", required=False
    )
    other = forms.CharField(
        label=_("Or another body, by its name"), max_length=150, required=False,
        help_text=_("A cluster, a ministry’s framework, an institute."),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        label=_("Organisation of the liaison person"), queryset=Organisation.objects.none()
    )
    liaison = forms.CharField(
        label=_("Liaison person"), max_length=120, help_text=_("Name and office of who goes there.")
    )
    rhythm = forms.CharField(
        label=_("How often"), max_length=80, required=False, help_text=_("Such as: at each monthly meeting.")
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, organisations: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["known"].queryset = bodies  # type: ignore[attr-defined]


class BodyDocumentForm(forms.Form):
    """Which document of the library is the body's own."""

    document: Any = forms.ModelChoiceField(
        queryset=None, label=_("Document of the library"), to_field_name="public_id"
    )

    def __init__(self, *args: Any, documents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]


class ScanForm(forms.Form):
    """The signed sheet."""

    file = forms.FileField(
        label=_("Signed sheet"), help_text=_("A photograph or a PDF. The place is taken out of a photograph.")
    )
