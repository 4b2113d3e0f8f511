"""Acts on an incident and its records, each with its consequence said before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import may
from sutura.incidents import services
from sutura.incidents.choices import State
from sutura.incidents.forms import CloseForm, DuplicateForm, KeepForm, ReasonForm
from sutura.incidents.models import Incident


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act on an incident: its words, its form, its service, and the states in which it makes sense."""

    name: str
    title: Any
    text: Any
    button: Any
    icon: str
    done: Any
    states: tuple[str, ...]
    service: Callable[..., Any]
    form: type[ReasonForm] = ReasonForm
    tone: str = ""
    held: bool | None = None  # whether it makes sense of a file on hold alone, or of the others alone

    def fits(self, incident: Incident) -> bool:
        """Whether it makes sense of the file as it stands."""
        return incident.state in self.states and self.held in (None, incident.on_hold)

    def open_to(self, incident: Incident, user: Any) -> bool:
        """Whether this person may do it now."""
        return may(user, "incidents.void", incident.region) and self.fits(incident)

    def do(self, incident: Incident, typed: dict[str, Any], by: Any) -> None:
        """Do it; raises DomainError."""
        self.service(incident=incident, by=by, **typed)


ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act(
            name="close",
            title=_("Close the file"),
            text=_("Nothing more is expected in this file. No figure changes; it can be opened again."),
            button=_("Close"),
            icon="archive",
            done=_("The file is closed."),
            states=("open",),
            service=services.close_incident,
            form=CloseForm,
        ),
        Act(
            name="reopen",
            title=_("Open the file again"),
            text=_(
                "What it counts returns to the figures of today. Notes already frozen keep their numbers."
            ),
            button=_("Open again"),
            icon="undo-2",
            done=_("The file is open again."),
            states=("closed", "duplicate", "void"),
            service=services.reopen_incident,
        ),
        Act(
            name="duplicate",
            title=_("Mark as a duplicate"),
            text=_(
                "Another incident tells the same event. All violations of this file leave the figures, "
                "those of the other stay. Nothing is deleted; the file can be opened again."
            ),
            button=_("Mark as a duplicate"),
            icon="copy",
            done=_("The file is marked as a duplicate; its figures have left the count."),
            states=("open", "closed"),
            service=services.mark_duplicate,
            form=DuplicateForm,
            tone="attention",
        ),
        Act(
            name="void",
            title=_("Void the incident"),
            text=_(
                "All its violations leave the figures, with their decisions. The file stays, with your reason; "
                "it can be opened again. Notes already frozen keep their numbers."
            ),
            button=_("Yes, take the incident out of the count"),
            icon="ban",
            done=_("The incident is void; its figures have left the count."),
            states=("open", "closed", "duplicate"),
            service=services.void_incident,
            tone="attention",
        ),
        Act(
            name="hold",
            title=_("Put on hold"),
            text=_(
                "For a court, an inquiry or a claim. Nothing sealed in this file can be shredded until the "
                "hold is lifted."
            ),
            button=_("Put on hold"),
            icon="lock",
            done=_("The file is on hold."),
            states=tuple(State.values),
            service=services.hold_file,
            held=False,
        ),
        Act(
            name="release",
            title=_("Lift the hold"),
            text=_("The file may be reviewed and shredded again, by two people."),
            button=_("Lift the hold"),
            icon="undo-2",
            done=_("The hold is lifted."),
            states=tuple(State.values),
            service=services.release_file,
            held=True,
        ),
        Act(
            name="keep",
            title=_("Keep on"),
            text=_("The file is still needed. It comes back for review on the day you choose."),
            button=_("Keep on"),
            icon="archive",
            done=_("The file is kept on."),
            states=tuple(State.values),
            service=services.keep_file,
            form=KeepForm,
        ),
    )
}


@dataclass(frozen=True, kw_only=True)
class Voiding:
    """How a record of one kind is voided, and what then happens."""

    title: Any
    text: Any
    service: Callable[..., Any]
    argument: str

    def do(self, record: Any, why: str, by: Any) -> None:
        """Void it; raises DomainError."""
        self.service(**{self.argument: record}, by=by, why=why)


VOIDINGS: dict[str, Voiding] = {
    "violations": Voiding(
        title=_("Void the violation %(ref)s"),
        text=_("It leaves the figures, with its decision. The record stays, with your reason."),
        service=services.void_violation,
        argument="violation",
    ),
    "victims": Voiding(
        title=_("Void the victim %(ref)s"),
        text=_("The children it describes become children not described; the numbers of the violation stay."),
        service=services.void_victim,
        argument="victim",
    ),
    "perpetrators": Voiding(
        title=_("Void the perpetrator %(ref)s"),
        text=_("The violations lose this attribution; figures by party change."),
        service=services.void_perpetrator,
        argument="perpetrator",
    ),
    "sources": Voiding(
        title=_("Void the source %(ref)s"),
        text=_("It no longer counts as evidence. The record stays, with your reason."),
        service=services.void_source,
        argument="source",
    ),
    "attachments": Voiding(
        title=_("Void the attachment"),
        text=_("The file is kept but nobody can download it any more."),
        service=services.void_attachment,
        argument="attachment",
    ),
    "responses": Voiding(
        title=_("Void the response"),
        text=_("It leaves the list of responses. The record stays, with your reason."),
        service=services.void_response,
        argument="response",
    ),
}

UNLINKS: dict[str, tuple[Callable[..., Any], Any]] = {
    "victims": (
        services.unlink_victim,
        _("The child will no longer count among the victims of this violation."),
    ),
    "perpetrators": (
        services.unlink_perpetrator,
        _("The violation loses this attribution; figures by party change."),
    ),
    "sources": (services.unlink_source, _("The source no longer corroborates this violation.")),
}
"""How a link of one kind is taken away, and what then happens."""


def void_url(incident: Incident, kind: str, record: Any) -> str:
    """Where a record is voided."""
    return reverse("incidents:void_part", args=[incident.public_id, kind, record.public_id])
