"""The steps of entry, in one table: what each asks, what it keeps, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutura.alerts.services import mark_opened
from sutura.incidents import services
from sutura.incidents.childcodes import new_key
from sutura.incidents.forms import (
    AccountsForm,
    AttachmentForm,
    DetailForm,
    FateForm,
    PartForm,
    PerpetratorForm,
    ResponseForm,
    SourceForm,
    VictimForm,
    ViolationForm,
    WhatForm,
)
from sutura.incidents.forms.people import NEW_KEY
from sutura.incidents.models import Incident, Response, Violation
from sutura.incidents.parts import ViolationPart
from sutura.parties.models import Party

Save = Callable[[Incident, Any, Any, Any], Any]
"""(incident, record or None when new, valid form, by) → the record kept; raises DomainError."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step; `of` names the relation of its records, "" where the step is the incident itself."""

    name: str
    label: Any
    lead: Any
    form: type[PartForm]
    kept: Save
    of: str = ""
    add: Any = ""
    listed: bool = True
    autosave: bool = False

    def records(self, incident: Incident) -> Any:
        """The standing records of this step."""
        if self.name == "responses":
            return Response.objects.among(violation__incident=incident).standing()
        return getattr(incident, self.of).standing()

    def record(self, incident: Incident, public_id: UUID) -> Any:
        """One standing record by its public id, or None."""
        return self.records(incident).filter(public_id=public_id).first()

    def url(self, incident: Incident) -> str:
        """Where the step is."""
        return reverse("incidents:step", args=[incident.public_id, self.name])


@transaction.atomic
def open_from(form: WhatForm, *, alert: Any, by: Any, told: str = "") -> Incident:
    """Open the incident which the first step tells, with the words `told` of the alert, which then points to it."""
    given: dict[str, Any] = {"alert": alert}
    if told:
        given["account_restricted"] = told
    why = gettext("from the alert %(ref)s") % {"ref": alert.ref} if alert is not None else ""
    incident = services.open_incident(bundle=form.bundle(**given), by=by, why=why)
    if alert is not None:
        mark_opened(alert=alert, by=by, reference=incident.ref)
    return incident


def save_what(incident: Incident, _part: Any, form: Any, by: Any) -> Incident:
    """What, when and where."""
    unit = form.cleaned_data["unit"]
    return services.change_incident(incident=incident, by=by, why=form.why, place=unit, **form.values())


def save_accounts(incident: Incident, _part: Any, form: Any, by: Any) -> Incident:
    """The two accounts, or the one which the person may read."""
    return services.change_incident(incident=incident, by=by, why=form.why, **form.values())


def save_violation(incident: Incident, part: Any, form: Any, by: Any) -> Violation:
    """A violation, new or changed."""
    if part is not None:
        return services.change_violation(violation=part, by=by, why=form.why, **form.values())
    values = form.values()
    tally: dict[str, Any] = {name: values.pop(name) or 0 for name in ("boys", "girls", "unknown")}
    kind, border = values.pop("type"), values.pop("cross_border")
    new = ViolationPart(type=kind, cross_border=border, more=values, **tally)
    return services.add_violation(incident=incident, part=new, by=by)


def save_details(_incident: Incident, part: Any, form: Any, by: Any) -> Any:
    """The details of a violation."""
    return services.change_detail(violation=part, by=by, why=form.why, **form.values())


@transaction.atomic
def save_victim(incident: Incident, part: Any, form: Any, by: Any) -> Any:
    """A child or a group, and which violations it suffered."""
    typed = form.cleaned_data
    key = new_key() if typed.get("key_how") == NEW_KEY else typed["child_key"]
    if part is None:
        return services.add_victim(incident=incident, part=form.victim_part(key), by=by)
    # Links first: a child which is counted elsewhere must not exceed a violation that it is leaving.
    relink(part, form, by, services.link_victim, services.unlink_victim, "victim")
    return services.change_victim(victim=part, by=by, why=form.why, child_key=key, **form.values())


@transaction.atomic
def save_fate(_incident: Incident, part: Any, form: Any, by: Any) -> Any:
    """What became of the child in each violation."""
    for link in form.links:
        services.change_victim_link(link=link, by=by, why=form.why, **form.fate_of(link))
    return part


@transaction.atomic
def save_perpetrator(incident: Incident, part: Any, form: Any, by: Any) -> Any:
    """A perpetrator, and which violations are attributed to it."""
    if part is None:
        return services.add_perpetrator(incident=incident, part=form.perpetrator_part(), by=by)
    relink(part, form, by, services.link_perpetrator, services.unlink_perpetrator, "perpetrator")
    typed = form.cleaned_data
    values = form.values() | {"party": Party.objects.filter(code=typed["party"]).first()}
    values["category"] = values["party"].type if values["party"] else typed["category"] or "unidentified"
    return services.change_perpetrator(perpetrator=part, by=by, why=form.why, **values)


@transaction.atomic
def save_source(incident: Incident, part: Any, form: Any, by: Any) -> Any:
    """A source, and which violations it corroborates."""
    if part is None:
        return services.add_source(incident=incident, part=form.source_part(), by=by)
    relink(part, form, by, services.link_source, services.unlink_source, "source")
    return services.change_source(source=part, by=by, why=form.why, **form.values())


def relink(part: Any, form: Any, by: Any, link: Any, unlink: Any, name: str) -> None:
    """Link a record to exactly the violations ticked."""
    wanted = set(form.cleaned_data["violations"])
    held = {one.violation.ref: one for one in part.links.select_related("violation__incident")}
    for ref in sorted(wanted - held.keys()):
        violation = part.incident.violations.get(ref=ref)
        link(**{name: part}, violation=violation, by=by, why=form.why)
    for ref in sorted(held.keys() - wanted):
        if not held[ref].violation.voided_reason:
            unlink(link=held[ref], by=by, why=form.why or gettext("unticked during entry"))


def proved(incident: Incident, form: Any) -> Violation | None:
    """The violation which a file or a response belongs to."""
    ref = form.cleaned_data.get("proves")
    return incident.violations.standing().filter(ref=ref).first() if ref else None


def save_attachment(incident: Incident, part: Any, form: Any, by: Any) -> Any:
    """A file, or what is said of it."""
    values = form.values() | {"violation": proved(incident, form)}
    if part is not None:
        return services.change_attachment(attachment=part, by=by, why=form.why, **values)
    return services.add_attachment(incident=incident, file=form.cleaned_data["file"], by=by, **values)


def save_response(incident: Incident, part: Any, form: Any, by: Any) -> Any:
    """A response."""
    if part is not None:
        return services.change_response(response=part, by=by, why=form.why, **form.values())
    violation = proved(incident, form)
    assert violation is not None
    return services.add_response(violation=violation, by=by, **form.values())


STEPS: tuple[Step, ...] = (
    Step(
        name="what",
        label=_("What, when, where"),
        lead=_("The event in a few lines. Everything can be corrected later."),
        form=WhatForm,
        kept=save_what,
    ),
    Step(
        name="violations",
        label=_("Violations"),
        lead=_("One record for each type of violation, with its own numbers and its own questions."),
        form=ViolationForm,
        kept=save_violation,
        of="violations",
        add=_("Add a violation"),
    ),
    Step(
        name="details",
        label=_("Details"),
        lead=_("Only what is known; leave the rest empty."),
        form=DetailForm,
        kept=save_details,
        of="violations",
        listed=False,
    ),
    Step(
        name="victims",
        label=_("Victims"),
        lead=_("The children who are known one by one, or as a group. By code, never by name."),
        form=VictimForm,
        kept=save_victim,
        of="victims",
        add=_("Add a victim"),
    ),
    Step(
        name="fate",
        label=_("What became of the child"),
        lead=_("For each violation: held, freed, and when."),
        form=FateForm,
        kept=save_fate,
        of="victims",
        listed=False,
    ),
    Step(
        name="perpetrators",
        label=_("Perpetrators"),
        lead=_("Who is held responsible, as far as the sources allow."),
        form=PerpetratorForm,
        kept=save_perpetrator,
        of="perpetrators",
        add=_("Add a perpetrator"),
    ),
    Step(
        name="sources",
        label=_("Sources"),
        lead=_("Who or what told: without a primary source the violation cannot be verified."),
        form=SourceForm,
        kept=save_source,
        of="sources",
        add=_("Add a source"),
    ),
    Step(
        name="accounts",
        label=_("The two accounts"),
        lead=_(
            "The event told twice: in full for verification, and without anything that leads to a person."
        ),
        form=AccountsForm,
        kept=save_accounts,
        autosave=True,
    ),
    Step(
        name="attachments",
        label=_("Attachments"),
        lead=_("Documents and pictures that prove a violation."),
        form=AttachmentForm,
        kept=save_attachment,
        of="attachments",
        add=_("Add a file"),
    ),
    Step(
        name="responses",
        label=_("Responses"),
        lead=_("What was done for the children, and with the party; what is still due."),
        form=ResponseForm,
        kept=save_response,
        of="responses",
        add=_("Note a response"),
    ),
)
LISTED = tuple(step for step in STEPS if step.listed)
BY_NAME = {step.name: step for step in STEPS}
HOME = {"details": "violations", "fate": "victims"}
"""The listed step to which an inner one belongs."""
