"""What may be noted of a workshop or a mission: for each its heading, its form, its service and its button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutura.coordination.forms import work as asked
from sutura.coordination.models import Axis, Event, Theme
from sutura.coordination.services import work as services
from sutura.library.models import Document
from sutura.partners.models import Organisation


@dataclass(frozen=True)
class Note:
    """One thing to note: heading, form, service, button, what the form chooses from, and the rows it makes."""

    title: Promise
    form: type[forms.Form]
    service: Callable[..., object]
    button: Promise
    chooses: tuple[str, ...] = ()
    rows: str = ""


NOTES = {
    "held": Note(_("Write the report"), asked.HeldForm, services.report_event, _("Keep the report")),
    "cancel": Note(
        _("It will not take place"), asked.CancelEventForm, services.cancel_event, _("Cancel it")
    ),
    "change": Note(
        _("Change what is said of it"), asked.EventFacts, services.change_event, _("Save"),
        ("organisations", "themes"),
    ),
    "facilitator": Note(
        _("Who leads it, or goes"), asked.FacilitatorForm, services.add_facilitator, _("Add this person"),
        ("organisations",), "facilitators",
    ),
    "participants": Note(
        _("Participants of an organisation"), asked.TurnoutForm, services.count_participants, _("Keep these numbers"),
        ("organisations",), "turnout",
    ),
    "output": Note(
        _("An output"), asked.OutputForm, services.add_output, _("Add this output"), ("documents",),
        "outputs",
    ),
    "action": Note(
        _("Raise an action"), asked.ActionForm, services.raise_action, _("Write it down"),
        ("organisations", "themes", "axes"),
    ),
}  # fmt: skip


def form_for(note: Note, event: Event, user: Any, data: Any) -> forms.Form:
    """The form of a note, beginning with what is known."""
    lists: dict[str, Any] = {
        "organisations": Organisation.objects.visible_to(user).in_use(),
        "themes": Theme.objects.visible_to(user),
        "axes": Axis.objects.visible_to(user).select_related("document"),
        "documents": Document.objects.visible_to(user),
    }
    given: dict[str, Any] = {name: lists[name] for name in note.chooses}
    return note.form(data, initial=known(note, event), **given)


def known(note: Note, event: Event) -> dict[str, Any]:
    """What the form begins with: the fields of the same name."""
    found = {name: getattr(event, name) for name in note.form.base_fields if hasattr(event, name)}
    found["theme"] = event.theme.public_id if event.theme else None
    found["host"] = event.host.public_id if event.host else None
    return found


def open_notes(event: Event) -> set[str]:
    """What may be noted in its state."""
    if event.state == "cancelled":
        return set()
    return NOTES.keys() - ({"cancel"} if event.state == "held" else set())
