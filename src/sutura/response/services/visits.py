"""Plan a visit, ask for it, note what was answered, make it or give it up; what it leaves to do is followed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.partners.models import Organisation
from sutura.response.choices import Standing
from sutura.response.codes import new_code
from sutura.response.models import Companion, Site, ToDo, Visit
from sutura.response.querysets import KEEP
from sutura.response.rules.reach import FOLLOWS, before, visit_waits

COUNTED = ("places", "children")
FOUND = (*COUNTED, "crowding", "mixed", "food", "care", "books", "alone")


@transaction.atomic
def plan_visit(
    *, site: Site, planned_on: date, lead: Organisation, by: Any, companions: Iterable[Organisation] = ()
) -> Visit:
    """A visit to a place on a day, led by an organisation."""
    require(by, KEEP, site.region)
    if not site.is_active:
        raise Invalid(_("This place no longer works. Choose another."), field="site")
    visit = Visit(
        ref=new_code("V"), site=site, region=site.region, standing=Standing.PLANNED, planned_on=planned_on, lead=lead,
        planned_by=by,
    )  # fmt: skip
    _keep(visit, by)
    for organisation in set(companions) - {lead}:
        keep(Companion(visit=visit, organisation=organisation), by=by)
    record(by, "response.plan_visit", of=visit)
    return visit


@transaction.atomic
def ask_visit(*, visit: Visit, asked_on: date, asked_of: str, by: Any) -> Visit:
    """The authorisation was asked for."""
    require(by, KEEP, visit.region)
    held = _hold(visit, "ask")
    held.standing, held.asked_on, held.asked_of = Standing.ASKED, _past(asked_on, "asked_on"), asked_of
    _keep(held, by)
    record(by, "response.ask_visit", of=held)
    return held


@transaction.atomic
def authorise_visit(*, visit: Visit, answered_on: date, answered_by: str, by: Any) -> Visit:
    """The authority agreed."""
    require(by, KEEP, visit.region)
    held = _hold(visit, "authorise")
    _answered(held, answered_on, answered_by)
    held.standing = Standing.AUTHORISED
    _keep(held, by)
    record(by, "response.authorise_visit", of=held)
    return held


@transaction.atomic
def refuse_visit(*, visit: Visit, answered_on: date, answered_by: str, no_entry: str, by: Any) -> Visit:
    """The authority refused, on paper or at the gate: it is kept as access, by office and with the reason given."""
    require(by, KEEP, visit.region)
    held = _hold(visit, "refuse")
    _answered(held, answered_on, answered_by)
    if not no_entry:
        raise Invalid(_("Say which reason was given, or that none was."), field="no_entry")
    held.standing, held.no_entry = Standing.REFUSED, no_entry
    _keep(held, by)
    record(by, "response.refuse_visit", of=held)
    return held


@transaction.atomic
def leave_unanswered(*, visit: Visit, by: Any) -> Visit:
    """No answer came, and none is waited for any more: that is access too."""
    require(by, KEEP, visit.region)
    held = _hold(visit, "unanswered")
    held.standing = Standing.UNANSWERED
    _keep(held, by)
    record(by, "response.leave_unanswered", of=held)
    return held


@transaction.atomic
def postpone_visit(*, visit: Visit, planned_on: date, later: str, by: Any) -> Visit:
    """Another day; what was asked and answered holds."""
    require(by, KEEP, visit.region)
    held = _hold(visit, "postpone")
    if planned_on <= held.planned_on:
        raise Invalid(_("Choose a day after the one planned."), field="planned_on")
    held.planned_on, held.later, held.put_off = planned_on, later, held.put_off + 1
    _keep(held, by)
    record(by, "response.postpone_visit", of=held)
    return held


@transaction.atomic
def drop_visit(*, visit: Visit, later: str, by: Any) -> Visit:
    """It will not be made, by our own choice."""
    require(by, KEEP, visit.region)
    held = _hold(visit, "drop")
    held.standing, held.later = Standing.DROPPED, later
    _keep(held, by)
    record(by, "response.drop_visit", of=held)
    return held


@transaction.atomic
def hold_visit(*, visit: Visit, made_on: date, by: Any, **found: Any) -> Visit:
    """The visit was made, and this was found in the place."""
    require(by, KEEP, visit.region)
    held = _hold(visit, "hold")
    held.standing, held.made_on = Standing.DONE, _past(made_on, "made_on")
    if held.asked_on and made_on < held.asked_on:
        raise Invalid(_("The visit cannot be made before it was asked for."), field="made_on")
    _find(held, found)
    _keep(held, by)
    record(by, "response.hold_visit", of=held)
    return held


@transaction.atomic
def undo_visit(*, visit: Visit, why: str, by: Any) -> Visit:
    """What was noted last of a visit was a mistake: it stands where it stood before, and its story keeps both."""
    require(by, KEEP, visit.region)
    held = Visit.objects.select_for_update().get(pk=visit.pk)
    if held.standing == Standing.PLANNED:
        raise Invalid(_("Nothing was noted of this visit yet. Give it up if it was planned by mistake."))
    if held.seen.exists():
        raise Invalid(_("Children are noted for this visit. Correct their lines in the dockets."))
    back = before(held.asked, answered=held.answered_on is not None)
    _forget(held, back)
    held.standing = back
    _keep(held, by, why=why)
    record(by, "response.undo_visit", of=held, fields=why)
    return held


@transaction.atomic
def find_place(*, visit: Visit, by: Any, **found: Any) -> Visit:
    """What was found in the place is better known; what was noted before stays in the story."""
    require(by, KEEP, visit.region)
    held = Visit.objects.select_for_update().get(pk=visit.pk)
    if held.standing != Standing.DONE:
        raise Invalid(_("This visit is not made yet."))
    _find(held, found)
    _keep(held, by)
    record(by, "response.find_place", of=held)
    return held


@transaction.atomic
def leave_to_do(
    *, visit: Visit, task: str, organisation: Organisation, due_on: date, by: Any, office: str = ""
) -> ToDo:
    """Something to do after a visit, until a day, seen to by an organisation."""
    require(by, KEEP, visit.region)
    made = ToDo(visit=visit, task=task, office=office, organisation=organisation, due_on=due_on)
    keep(made, by=by)
    record(by, "response.leave_to_do", of=visit, fields=task)
    return made


@transaction.atomic
def end_to_do(*, to_do: ToDo, ending: str, ended_on: date, by: Any) -> ToDo:
    """What became of something to do."""
    require(by, KEEP, to_do.visit.region)
    held = ToDo.objects.select_for_update().get(pk=to_do.pk)
    if held.ending:
        raise Invalid(_("Somebody noted its end in the meantime."))
    held.ending, held.ended_on = ending, _past(ended_on, "ended_on")
    keep(held, by=by)
    record(by, "response.end_to_do", of=held.visit, fields=held.task)
    return held


def _hold(visit: Visit, act: str) -> Visit:
    held = Visit.objects.select_for_update().get(pk=visit.pk)
    if act not in FOLLOWS.get(Standing(held.standing), ()):
        raise Invalid(_("This visit has gone on in the meantime. Look at it again."))
    return held


def _keep(visit: Visit, by: Any, why: str = "") -> None:
    visit.wait, visit.wait_from = visit_waits(visit.asked)
    keep(visit, by=by, why=why)


def _forget(visit: Visit, back: str) -> None:
    visit.made_on, visit.no_entry = None, ""
    for name in FOUND:
        setattr(visit, name, None if name in COUNTED else "")
    if back != Standing.AUTHORISED:
        visit.answered_on, visit.answered_by = None, ""
    if back == Standing.PLANNED:
        visit.asked_on, visit.asked_of = None, ""


def _answered(visit: Visit, day: date, office: str) -> None:
    visit.answered_on, visit.answered_by = _past(day, "answered_on"), office
    if visit.asked_on and day < visit.asked_on:
        raise Invalid(_("The answer cannot come before the request."), field="answered_on")


def _find(visit: Visit, found: dict[str, Any]) -> None:
    for name in FOUND:
        setattr(visit, name, found.get(name, getattr(visit, name)))


def _past(day: date, field: str) -> date:
    if day > timezone.localdate():
        raise Invalid(_("This day has not come yet. Correct it."), field=field)
    return day
