"""Note an approach to an authority or a party, and what was answered; of a child it writes the line of the docket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.coordination.models import Recommendation
from sutura.incidents.models import Violation
from sutura.response.choices import ACTOR_OF, Approaching, Kind, Next, Office, Precision
from sutura.response.codes import new_code
from sutura.response.models import Approach, Docket, Matter, Reply
from sutura.response.querysets import KEEP
from sutura.response.rules.reach import approach_waits, of_one_child
from sutura.response.services.dockets import note_step, take_back_step


@transaction.atomic
def make_approach(
    *, region: str, by: Any, dockets: Sequence[Docket] = (), violations: Sequence[Violation] = (),
    recommendations: Sequence[Recommendation] = (), **said: Any,
) -> Approach:  # fmt: skip
    """Something was asked of an office; each child it was asked for has a line of it in its docket."""
    require(by, KEEP, region)
    approach = Approach(ref=new_code("P"), region=region, noted_by=by, **said)
    _check(approach, dockets, violations)
    for violation in violations:
        require(by, "incidents.read", violation.region)
    _keep(approach, by)
    for docket in dockets:
        _of_child(approach, docket, by)
    for violation in violations:
        Matter(approach=approach, violation=violation).save(force_insert=True)
    for recommendation in recommendations:
        Matter(approach=approach, recommendation=recommendation).save(force_insert=True)
    record(by, "response.make_approach", of=approach)
    return approach


@transaction.atomic
def note_reply(*, approach: Approach, told_on: date, by: Any, **said: Any) -> Reply:
    """What was answered, or that nothing came yet, and what comes next."""
    require(by, KEEP, approach.region)
    held = Approach.objects.select_for_update().get(pk=approach.pk)
    _still_stands(held)
    if told_on > timezone.localdate():
        raise Invalid(_("This day has not come yet. Correct it."), field="told_on")
    if told_on < held.made_on:
        raise Invalid(_("The answer cannot come before the approach."), field="told_on")
    reply = Reply(approach=held, told_on=told_on, noted_by=by, **said)
    _check_next(reply.next_step, reply.next_on)
    reply.save(force_insert=True)
    held.reaction, held.next_step, held.next_on = reply.reaction, reply.next_step, reply.next_on
    _keep(held, by)
    record(by, "response.note_reply", of=held)
    return reply


@transaction.atomic
def void_approach(*, approach: Approach, why: str, by: Any) -> Approach:
    """It was noted by mistake: it counts no more, and the lines that it wrote in dockets are taken back with it."""
    require(by, KEEP, approach.region)
    held = Approach.objects.select_for_update().get(pk=approach.pk)
    _still_stands(held)
    for matter in held.matters.exclude(step=None).filter(step__corrected=None).select_related("step__docket"):
        if matter.step:
            take_back_step(step=matter.step, why=why, by=by)
    held.voided = why
    _keep(held, by)
    record(by, "response.void_approach", of=held, fields=why)
    return held


def _still_stands(approach: Approach) -> None:
    if approach.voided:
        raise Invalid(_("This approach was taken back. Note a new one."))


def _of_child(approach: Approach, docket: Docket, by: Any) -> None:
    step = note_step(
        docket=docket, kind=Kind.ADVOCACY, answer=approach.subject, actor=ACTOR_OF.get(Office(approach.office), ""),
        organisation=approach.organisation, precision=Precision.DAY, day=approach.made_on, by=by,
    )  # fmt: skip
    Matter(approach=approach, docket=docket, step=step).save(force_insert=True)


def _keep(approach: Approach, by: Any) -> None:
    approach.wait, approach.wait_from = approach_waits(approach.told)
    keep(approach, by=by)


def _check(approach: Approach, dockets: Sequence[Docket], violations: Sequence[Violation]) -> None:
    if approach.made_on > timezone.localdate():
        raise Invalid(_("This day has not come yet. Correct it."), field="made_on")
    if (approach.office == Office.PARTY) != (approach.party is not None):
        raise Invalid(_("Name the party where its command is approached, and only there."), field="party")
    if approach.party and approach.organisation:
        raise Invalid(_("An approach is to an institution or to a party. Make two."), field="organisation")
    if dockets and violations:
        raise Invalid(
            _("Children by code and violations never stand in one approach: it would tell which incident a child"
              " is of. Make two."), field="violations",
        )  # fmt: skip
    if bool(dockets) != (approach.about == Approaching.CHILDREN):
        raise Invalid(_("Write the codes of the dockets for an approach about children, and only there."),
                      field="dockets")  # fmt: skip
    if dockets and not of_one_child(approach.subject):
        raise Invalid(_("Choose something that is asked for one child."), field="subject")
    if any(docket.region != approach.region for docket in dockets):
        raise Invalid(_("A docket is of another region. Make an approach for each region."), field="dockets")
    _check_next(approach.next_step, approach.next_on)


def _check_next(step: str, day: date | None) -> None:
    if step and step != Next.END and day is None:
        raise Invalid(_("Say until when the next step is to be made."), field="next_on")
    if day and (not step or step == Next.END):
        raise Invalid(_("Choose the next step, or leave out its day."), field="next_step")
