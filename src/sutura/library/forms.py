"""What a person types about a document, its versions, where it went and what is done with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.library.choices import Access, Channel, Kind, Language, Layer, Stage
from sutura.library.rules import later
from sutura.places.models import Unit
from sutura.ui.fields import DayField, OneOfField, SomeOfField


class DocumentForm(forms.Form):
    """What the library says of a document."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=250)
    issuer = forms.CharField(
        label=_("Issuer"), max_length=150, help_text=_("Who answers for it: a ministry, a body, a network.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2100, required=False)
    summary = forms.CharField(
        label=_("Summary in French"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What a colleague needs to know before opening it. No name of a child, nothing of a case."),
    )  # fmt: skip
    axis = forms.CharField(label=_("Axis of the action plan"), max_length=120, required=False)
    layers = SomeOfField(label=_("Layers of the pyramid"), choices=Layer.choices, required=False)
    theme = forms.CharField(label=_("Theme"), max_length=120, required=False)
    licence = forms.CharField(
        label=_("Licence"),
        max_length=120,
        required=False,
        help_text=_("Whether it may be copied or adapted."),
    )
    access = OneOfField(label=_("Who may read it?"), choices=Access.choices, initial=Access.MEMBERS)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, regions: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = regions  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    """A version: its file, or where it stands."""

    dated_on = DayField(label=_("Dated"))
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, office document, photograph or sound; 10 MB at most.")
    )  # fmt: skip
    address = forms.URLField(
        label=_("Or its address"), required=False, max_length=500, assume_scheme="https",
        help_text=_("Where its issuer keeps it."),
    )  # fmt: skip


class ValidationForm(forms.Form):
    """How far a version is validated now."""

    stage = OneOfField(label=_("Which stage did it reach?"))
    authority = forms.CharField(label=_("By which authority?"), max_length=150)
    reached_on = DayField(label=_("On which day?"))

    def __init__(self, *args: Any, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(name, Stage(name).label) for name in later(stage)]  # type: ignore[attr-defined]


class DisseminationForm(forms.Form):
    """To whom a version went."""

    organisation: Any = forms.ModelChoiceField(
        queryset=None, label=_("To which organisation?"), to_field_name="public_id", required=False
    )
    body = forms.CharField(
        label=_("Or to which body or audience?"), max_length=150, required=False,
        help_text=_("The working group of Mopti, the participants of a workshop."),
    )  # fmt: skip
    sent_on = DayField(label=_("Sent on"), initial=timezone.localdate)
    channel = forms.ChoiceField(label=_("How?"), choices=Channel.choices)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class AcknowledgementForm(forms.Form):
    """Who said that it arrived."""

    acknowledged_on = DayField(label=_("Acknowledged on"), initial=timezone.localdate)
    acknowledged_by = forms.CharField(
        label=_("By whom?"), max_length=150, help_text=_("The office, or a person by her function.")
    )


class UseForm(forms.Form):
    """What is done with a document, and where."""

    organisation: Any = forms.ModelChoiceField(
        queryset=None, label=_("Which organisation uses it?"), to_field_name="public_id"
    )
    region = forms.ChoiceField(label=_("Where?"), required=False)
    used_on = DayField(label=_("On which day was it seen?"))
    how = forms.CharField(
        label=_("How is it used?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No name of a child, nothing of a case."),
    )  # fmt: skip
    evidence = forms.CharField(
        label=_("What shows it?"), max_length=500, required=False,
        help_text=_("A report and its date, a visit, a list of participants. Or join a file."),
    )  # fmt: skip
    file = forms.FileField(label=_("File"), required=False)

    def __init__(self, *args: Any, organisations: Any, regions: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["region"].choices = regions  # type: ignore[attr-defined]


class LibraryFilter(forms.Form):
    """Search and filters of the library, as they stand in the address."""

    step = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Words"), required=False, max_length=150)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices])
    stage = forms.ChoiceField(label=_("Validation"), required=False, choices=[("", _("All")), *Stage.choices])
    layer = forms.ChoiceField(
        label=_("Layer of the pyramid"), required=False, choices=[("", _("All")), *Layer.choices]
    )
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = Unit.objects.region_names()
        by_name = sorted(self.regions.items(), key=lambda one: one[1])
        self.fields["region"].choices = [("", _("All")), *by_name]  # type: ignore[attr-defined]

    @property
    def in_force(self) -> dict[str, Any]:
        """What is understood of search and filters, by name."""
        self.is_valid()
        typed = getattr(self, "cleaned_data", {})
        return {name: value for name, value in typed.items() if value and name != "step"}
