"""What may happen to a workshop, a conference or a mission: planned, led, attended, held, and what was asked there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import drop, keep, record
from sutura.coordination import references
from sutura.coordination.choices.bodies import BodyStatus
from sutura.coordination.choices.recommendations import Origin
from sutura.coordination.choices.work import EventKind, EventState
from sutura.coordination.following import needed
from sutura.coordination.models import Body, Event, Facilitator, Output, Recommendation, Turnout
from sutura.coordination.rules.work import REGIONAL
from sutura.coordination.services.recommendations import write_down
from sutura.library.models import Document
from sutura.partners.models import Organisation
from sutura.partners.rules import key

ORIGINS = {EventKind.MISSION: Origin.MISSION, EventKind.CONFERENCE: Origin.CONFERENCE}


@transaction.atomic
def plan_event(*, body: Body, kind: str, starts_on: date, by: Any, **facts: Any) -> Event:
    """A workshop, a conference or a mission to come, or one of the past to be told; `facts` are its other fields."""
    require(by, "coordination.manage", body.region)
    if body.status == BodyStatus.CLOSED:
        raise Invalid(_("This body is closed: it holds nothing more."))
    event = Event(body=body, kind=kind, starts_on=starts_on, **facts)
    _check(event)
    event.ref = references.of_event(body, kind, starts_on)
    keep(event, by=by, why="planned")
    record(by, "coordination.plan_event", of=event)
    return event


@transaction.atomic
def change_event(*, event: Event, by: Any, **said: Any) -> Event:
    """Correct what is said of it; its body, its kind and its reference stay."""
    require(by, "coordination.manage", event.body.region)
    held = _hold(event)
    changed = [name for name, value in said.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, said[name])
    _check(held)
    if changed:
        keep(held, by=by)
        record(by, "coordination.change_event", of=held, fields=" ".join(changed))
    return held


@transaction.atomic
def report_event(*, event: Event, report: str, by: Any) -> Event:
    """It took place, and this is what came of it; the report can be written again."""
    require(by, "coordination.manage", event.body.region)
    held = _hold(event)
    if held.starts_on > timezone.localdate():
        raise Invalid(_("It has not begun yet: correct its days first, or come back once it is held."))
    held.report = needed(report, "report", _("Say in a few sentences what came of it."))
    held.state = EventState.HELD
    keep(held, by=by, why="held")
    record(by, "coordination.report_event", of=held, fields="state report")
    return held


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: Any) -> Event:
    """It will not take place, and this is why."""
    require(by, "coordination.manage", event.body.region)
    held = _hold(event)
    if held.state == EventState.HELD:
        raise Invalid(_("It was held: what took place cannot be cancelled."))
    held.reason = needed(reason, "reason", _("Say in one sentence why it will not take place."))
    held.state = EventState.CANCELLED
    keep(held, by=by, why="cancelled")
    record(by, "coordination.cancel_event", of=held, fields="state")
    return held


@transaction.atomic
def add_facilitator(
    *, event: Event, name: str, organisation: Organisation, by: Any, expertise: str = ""
) -> Facilitator:
    """Somebody leads it, or goes on the mission, for her organisation."""
    require(by, "coordination.manage", event.body.region)
    held = _hold(event)
    name = needed(name, "name", _("Give the name or the office of the person."))
    here = held.facilitators.filter(organisation=organisation).values_list("name", flat=True)
    if key(name) in {key(known) for known in here}:
        raise Invalid(_("This person is already in the list. Name another one."), field="name")
    made = Facilitator(event=held, name=name, organisation=organisation, expertise=expertise.strip())
    keep(made, by=by)
    record(by, "coordination.add_facilitator", of=held)
    return made


@transaction.atomic
def count_participants(
    *, event: Event, organisation: Organisation, participants: int, women: int, by: Any
) -> Turnout:
    """How many came for an organisation, and how many of them were women; counted again, it replaces the first."""
    require(by, "coordination.manage", event.body.region)
    held = _hold(event)
    if participants < 1:
        raise Invalid(
            _("Count at least one participant, or leave this organisation out."), field="participants"
        )
    if women > participants:
        said = _("There are more women (%(women)s) than participants (%(all)s). Correct one of the two.")
        raise Invalid(said % {"women": women, "all": participants}, field="women")
    found = held.turnout.filter(organisation=organisation).first()
    found = found or Turnout(event=held, organisation=organisation)
    found.participants, found.women = participants, women
    keep(found, by=by)
    record(by, "coordination.count_participants", of=held)
    return found


@transaction.atomic
def add_output(*, event: Event, title: str, by: Any, document: Document | None = None) -> Output:
    """Something came out of it; once the library holds it, it is tied to its document."""
    require(by, "coordination.manage", event.body.region)
    held = _hold(event)
    title = needed(title or (document.title if document else ""), "title", _("Say what came out of it."))[
        :200
    ]
    if held.outputs.filter(title=title).exists():
        raise Invalid(_("This output is already in the list."), field="title")
    made = keep(Output(event=held, title=title, document=document), by=by)
    record(by, "coordination.add_output", of=held)
    return made


@transaction.atomic
def drop_part(*, part: Facilitator | Turnout | Output, by: Any) -> None:
    """It was noted by mistake; who took it away stays in the history."""
    require(by, "coordination.manage", part.event.body.region)
    _hold(part.event)
    drop(part, by=by)
    record(by, "coordination.drop_event_part", of=part.event, fields=part._meta.model_name or "")


@transaction.atomic
def raise_action(*, event: Event, by: Any, **facts: Any) -> Recommendation:
    """What was asked there becomes a recommendation of the body, which knows where it was born."""
    require(by, "coordination.manage", event.body.region)
    held = _hold(event)
    day = min(held.ends_on, timezone.localdate())
    origin = ORIGINS.get(EventKind(held.kind), Origin.WORKSHOP)
    facts = {"region": held.region, "theme": held.theme} | facts
    found = write_down(
        body=held.body, event=held, origin=origin, source=held.ref, raised_on=day, by=by, **facts
    )
    record(by, "coordination.raise_action", of=held)
    return found


def _hold(event: Event) -> Event:
    """It as it stands now, held until the end of the act; what was cancelled no longer changes."""
    held = Event.objects.select_for_update(of=("self",)).select_related("body", "theme").get(pk=event.pk)
    if held.state == EventState.CANCELLED:
        raise Invalid(_("It was cancelled: it no longer changes. Plan a new one."))
    return held


def _check(event: Event) -> None:
    event.title = needed(event.title, "title", _("Give it a title."))
    if event.ends_on < event.starts_on:
        raise Invalid(_("The last day is before the first. Correct one of the two."), field="ends_on")
    if event.kind in REGIONAL and not event.region:
        raise Invalid(_("Choose the region: this takes place in one."), field="region")
    if event.state == EventState.HELD and event.starts_on > timezone.localdate():
        raise Invalid(_("It is noted as held: its first day cannot be after today."), field="starts_on")
