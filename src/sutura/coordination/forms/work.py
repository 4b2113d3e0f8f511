"""What a person typed about a workshop, a conference or a mission."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.work import EventKind
from sutura.coordination.forms.recommendations import RecommendationFacts, lines, regions
from sutura.ui.fields import CountField, DayField


class EventFacts(forms.Form):
    """What is said of a workshop or a mission, but for its body and its kind."""

    title = forms.CharField(label=_("Title"), max_length=200)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    region = forms.ChoiceField(
        label=_("Region"), help_text=_("Needed for a regional workshop and for a mission."), required=False
    )
    venue = forms.CharField(label=_("Venue"), max_length=150, required=False)
    host: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("Received by"),
        help_text=_("For a conference: the institute where it is held."),
        to_field_name="public_id",
        required=False,
    )
    aims = forms.CharField(
        label=_("Aims"),
        help_text=_("No name of a child, nothing of a case."),
        widget=lines(3),
        max_length=2000,
        required=False,
    )
    theme: Any = forms.ModelChoiceField(
        queryset=None, label=_("Theme"), to_field_name="public_id", required=False
    )
    cost = forms.IntegerField(label=_("Cost in FCFA"), min_value=0, max_value=10**13, required=False)

    def __init__(self, *args: Any, organisations: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["host"].queryset, fields["theme"].queryset = organisations, themes
        fields["region"].choices = [("", _("The whole country")), *regions()]


class EventForm(EventFacts):
    """One more, for a body that one keeps."""

    field_order = ("kind", "title", "body")

    body: Any = forms.ModelChoiceField(queryset=None, label=_("Body"), to_field_name="public_id")
    kind = forms.ChoiceField(label=_("What is it?"), choices=EventKind.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["body"].queryset = bodies


class HeldForm(forms.Form):
    """What came of it."""

    report = forms.CharField(
        label=_("What came of it?"),
        help_text=_("What was seen, discussed and decided. No name of a child, nothing of a case."),
        widget=lines(10),
        max_length=10_000,
    )


class CancelEventForm(forms.Form):
    """Why it will not take place."""

    reason = forms.CharField(label=_("Why will it not take place?"), max_length=300)


class FacilitatorForm(forms.Form):
    """Who leads it, or goes on the mission."""

    name = forms.CharField(label=_("Person"), help_text=_("An office rather than a name."), max_length=120)
    organisation: Any = forms.ModelChoiceField(
        queryset=None, label=_("Organisation"), to_field_name="public_id"
    )
    expertise = forms.CharField(label=_("For what?"), max_length=150, required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].queryset = organisations


class TurnoutForm(forms.Form):
    """How many came for an organisation."""

    organisation: Any = forms.ModelChoiceField(
        queryset=None, label=_("Organisation"), to_field_name="public_id"
    )
    participants = CountField(
        label=_("Participants"), help_text=_("Numbers only, no list of names."), max_value=10_000
    )
    women = CountField(label=_("of whom women"), max_value=10_000)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].queryset = organisations


class OutputForm(forms.Form):
    """What came out of it."""

    title = forms.CharField(label=_("What came out?"), max_length=200, required=False)
    document: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("Its document in the library"),
        help_text=_("If it is there already; without a title above, its own title is taken."),
        to_field_name="public_id",
        required=False,
    )

    def __init__(self, *args: Any, documents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["document"].queryset = documents


class ActionForm(RecommendationFacts):
    """What was asked there; its source is the workshop or the mission itself."""

    field_order = ("text", "responsible", "due_on", "adopted")

    due_on = DayField(label=_("To be done by"), required=False)
    adopted = forms.BooleanField(
        label=_("The body has adopted it"), help_text=_("Then it needs a day."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["source"]


class EventFilter(forms.Form):
    """The filters of the list, as they stand in the address."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *EventKind.choices], required=False)
    body = forms.ChoiceField(label=_("Body"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    since = DayField(label=_("Starting from"), required=False)
    until = DayField(label=_("Starting until"), required=False)

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
