"""The acts on a meeting, in one table: what each asks, what it says before, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutura.coordination import post
from sutura.coordination.choices.mailings import Notice
from sutura.coordination.forms.meetings import (
    CancelForm,
    HeldForm,
    NothingForm,
    PostponeForm,
    SendForm,
    UntilForm,
)
from sutura.coordination.models import Meeting
from sutura.coordination.rules.meetings import possible
from sutura.coordination.services import meetings


@dataclass(frozen=True)
class Act:
    """One act: the words of its button, the consequence told before, its form, what it does."""

    name: str
    label: Promise
    text: Promise
    form: type[forms.Form]
    do: Callable[..., Meeting]
    icon: str = "check"
    notice: str = ""  # what is mailed to the members with it

    def after(self, meeting: Meeting) -> str:
        """Where one goes on: the minutes to be written, what became of the messages, or the meeting."""
        if self.name == "hold":
            return reverse("coordination:minutes", args=[meeting.public_id])
        return f"{meeting.get_absolute_url()}#mailed" if self.notice else meeting.get_absolute_url()


ACTS = {
    act.name: act
    for act in (
        Act("call", _("Call for points"), _("Members can propose points and support those of others until this day."),
            UntilForm, meetings.call_for_points, "message-square"),
        Act("publish", _("Publish the agenda"), _("Members read it from now on; what has fallen due is added to it."),
            NothingForm, meetings.publish_agenda, "send"),
        Act("convene", _("Mail the invitation"), _("The members read the day, the hours and a link, nothing else."),
            NothingForm, post.convene, "send", Notice.CONVENING),
        Act("hold", _("The meeting is held: write the minutes"), _("The page of the minutes opens."),
            HeldForm, meetings.open_minutes, "pencil"),
        Act("review", _("Give the minutes for review"), _("Members can comment until this day; you can still write."),
            UntilForm, meetings.open_review, "users"),
        Act("validate", _("Validate the minutes"), _("Nobody can change the minutes after this."),
            NothingForm, meetings.validate_minutes, "check"),
        Act("send", _("Send the minutes"), _("The members read by e-mail that they are there: a link, nothing else."),
            SendForm, post.send_minutes, "send", Notice.MINUTES),
        Act("postpone", _("Postpone"), _("The agenda stays. How often a meeting was moved is kept."),
            PostponeForm, meetings.postpone, "calendar"),
        Act("cancel", _("Cancel the meeting"), _("What was due goes to the next agenda."),
            CancelForm, meetings.cancel, "x"),
    )
}  # fmt: skip
FIRST = ("publish", "hold", "review", "validate", "send")


def open_acts(meeting: Meeting) -> list[dict[str, Any]]:
    """The acts which are possible now, with their addresses; `first`: the one that leads the meeting on."""
    leading = leads_on(meeting)
    return [
        {
            "label": act.label,
            "icon": act.icon,
            "url": reverse("coordination:act", args=[meeting.public_id, act.name]),
            "first": act.name == leading,
        }
        for act in ACTS.values()
        if possible(act.name, meeting.state)
    ]


def leads_on(meeting: Meeting) -> str:
    """The act that leads a meeting to its next state."""
    return next((name for name in FIRST if possible(name, meeting.state)), "")
