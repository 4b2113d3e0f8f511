"""What people type about meetings, their agenda, who came and what was said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.coordination.choices.meetings import MeetingKind, Mode, Presence, Topic, Verdict
from sutura.partners.models import Organisation
from sutura.ui.fields import CountField, DayField, OneOfField


class HourField(forms.TimeField):
    """An hour, by the browser's own clock."""

    widget = forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M")


class MeetingForm(forms.Form):
    """The hours and the place of a meeting."""

    starts_at = HourField(label=_("From (hour)"), required=False)
    ends_at = HourField(label=_("To (hour)"), required=False)
    mode = OneOfField(label=_("How people meet"), choices=Mode.choices, initial=Mode.IN_PERSON)
    venue = forms.CharField(label=_("Venue"), max_length=150, required=False)


class NewMeetingForm(MeetingForm):
    """A new meeting: also its day and its kind."""

    planned_on = DayField(label=_("Day"))
    kind = OneOfField(label=_("Kind"), choices=MeetingKind.choices, initial=MeetingKind.ORDINARY)
    field_order = ["planned_on", "kind"]


class NothingForm(forms.Form):
    """An act that asks nothing."""


class SendForm(forms.Form):
    """Whether the members are told by e-mail, or were given the minutes otherwise."""

    mailed = forms.BooleanField(
        label=_("Tell the members by e-mail"), required=False, initial=True,
        help_text=_("Without it, only note that they have the minutes."),
    )  # fmt: skip


class UntilForm(forms.Form):
    """Until which day."""

    until = DayField(label=_("Until"))


class PostponeForm(forms.Form):
    """The new day of a meeting, and why."""

    to = DayField(label=_("New day"))
    reason = forms.CharField(label=_("Why"), max_length=300)


class CancelForm(forms.Form):
    """Why a meeting is cancelled."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class HeldForm(forms.Form):
    """When a meeting was held, who chaired it and who writes its minutes."""

    held_on = DayField(label=_("Held on"))
    chaired_by = forms.ModelChoiceField(
        label=_("Chaired by"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("not stated"),
    )
    minuted_by = forms.ModelChoiceField(
        label=_("Minutes written by"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("not stated"),
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].initial = timezone.localdate
        for name in ("chaired_by", "minuted_by"):
            self.fields[name].queryset = organisations  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """One more point of the agenda."""

    title = forms.CharField(label=_("Point"), max_length=200)
    presenter = forms.CharField(label=_("Presented by"), max_length=120, required=False)
    duration = CountField(label=_("Minutes of time"), required=False, max_value=480)


class ProposalForm(forms.Form):
    """A point that a member proposes."""

    topic = OneOfField(label=_("Kind"), choices=Topic.choices, initial=Topic.PROGRESS)
    title = forms.CharField(label=_("Point"), max_length=200)
    detail = forms.CharField(
        label=_("What it is about"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("No name of a child or a patient, no detail of a case."),
    )  # fmt: skip


class VerdictForm(forms.Form):
    """What becomes of a proposed point."""

    verdict = OneOfField(
        label=_("What becomes of it"),
        choices=[choice for choice in Verdict.choices if choice[0] != Verdict.PROPOSED],
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed unless it goes on the agenda.")
    )


class AttendanceForm(forms.Form):
    """Whether one organisation came; left blank, nothing is said of it."""

    presence = forms.ChoiceField(
        label=_("Attendance"), required=False, choices=[("", "–"), *Presence.choices]
    )
    women = CountField(label=_("Women"), required=False, max_value=999)
    men = CountField(label=_("Men"), required=False, max_value=999)
    persons = forms.CharField(label=_("Who sat"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # What the line said when it was shown: only what this person changed is kept.
            field.show_hidden_initial = True
            field.asked = True  # type: ignore[attr-defined]

    def seen(self) -> dict[str, Any]:
        """What the line said when it was shown."""
        told = {name: self.data.get(self.add_initial_prefix(name), "") for name in self.fields}
        numbers = ("women", "men")
        return {
            name: int(value) if name in numbers and value.isdigit() else value for name, value in told.items()
        }


class CommentForm(forms.Form):
    """What a member asks to be changed in the minutes."""

    text = forms.CharField(
        label=_("What should change"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    """What became of a comment."""

    answer = forms.CharField(label=_("Answer"), max_length=300)
