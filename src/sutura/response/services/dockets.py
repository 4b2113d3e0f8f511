"""Open a docket, note what happens, correct it by a further line. Lines are never changed and never deleted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.parties.models import Party
from sutura.response import checks
from sutura.response.choices import ANSWERS, TO_COME, Kind, Precision
from sutura.response.codes import new_code
from sutura.response.models import Docket, Step
from sutura.response.querysets import KEEP
from sutura.response.settling import settle

ABOUT = ("sex", "age", "age_basis", "association", "party")


@transaction.atomic
def open_docket(
    *,
    region: str,
    sex: str,
    association: str,
    by: Any,
    age: int | None = None,
    age_basis: str = "",
    party: Party | None = None,
    **encounter: Any,
) -> Docket:
    """A child is met for the first time: a code by chance, and the encounter as its first line."""
    require(by, KEEP, region)
    docket = Docket(
        ref=new_code(), region=region, sex=sex, association=association, age=age, age_basis=age_basis, party=party,
        opened_by=by, stage="met",
    )  # fmt: skip
    checks.child(docket)
    keep(docket, by=by)
    _write(Step(docket=docket, episode=1, kind=Kind.ENCOUNTER, noted_by=by), encounter)
    keep(settle(docket), by=by)
    record(by, "response.open_docket", of=docket)
    return docket


@transaction.atomic
def change_docket(*, docket: Docket, by: Any, **said: Any) -> Docket:
    """Change what is known of the child; the old version stays."""
    require(by, KEEP, docket.region)
    changed = [name for name in ABOUT if name in said and getattr(docket, name) != said[name]]
    for name in changed:
        setattr(docket, name, said[name])
    checks.child(docket)
    if changed:
        keep(docket, by=by)
        record(by, "response.change_docket", of=docket, fields=" ".join(changed))
    return docket


@transaction.atomic
def note_step(*, docket: Docket, kind: str, by: Any, episode: int | None = None, **said: Any) -> Step:
    """Something happened: to the child's latest encounter unless another is named; a new encounter begins its own."""
    require(by, KEEP, docket.region)
    held = _hold(docket)
    known = sorted(set(held.steps.values_list("episode", flat=True)))
    met = Step.objects.filter(docket=held, kind=Kind.ENCOUNTER).exists()
    if kind == Kind.ENCOUNTER:
        episode = known[-1] + 1 if met else 1
    elif not met:
        episode = 1  # needs were flagged before anybody noted an encounter
    elif episode is None:
        episode = known[-1]
    elif episode not in known:
        raise Invalid(_("Choose one of the encounters of this child."), field="episode")
    step = _write(Step(docket=held, episode=episode, kind=kind, noted_by=by), said)
    keep(settle(held), by=by)
    record(by, "response.note_step", of=held, fields=kind)
    return step


@transaction.atomic
def correct_step(*, step: Step, why: str, by: Any, **said: Any) -> Step:
    """What was noted was wrong: a further line takes its place, both stay to be read."""
    require(by, KEEP, step.docket.region)
    held = _hold(step.docket)
    _still_stands(step)
    made = Step(docket=held, episode=step.episode, kind=step.kind, noted_by=by, corrects=step, why=why)
    _write(made, said)
    keep(settle(held), by=by)
    record(by, "response.correct_step", of=held, fields=step.kind)
    return made


@transaction.atomic
def take_back_step(*, step: Step, why: str, by: Any) -> Step:
    """What was noted did not happen, or not to this child: the line stays to be read and no longer holds."""
    require(by, KEEP, step.docket.region)
    held = _hold(step.docket)
    _still_stands(step)
    if step.kind == Kind.ENCOUNTER:
        raise Invalid(_("An encounter is not taken back: all that follows hangs on it. Correct it instead."))
    made = Step(
        docket=held, episode=step.episode, noted_by=by, corrects=step, why=why, precision=Precision.UNKNOWN
    )
    made.save(force_insert=True)
    keep(settle(held), by=by)
    record(by, "response.take_back_step", of=held, fields=step.kind)
    return made


def _hold(docket: Docket) -> Docket:
    return Docket.objects.select_for_update().get(pk=docket.pk)


def _still_stands(step: Step) -> None:
    if not step.kind or Step.objects.filter(corrects=step).exists():
        raise Invalid(_("This line was corrected in the meantime. Correct the line that took its place."))


def _write(step: Step, said: dict[str, Any]) -> Step:
    """Check what is said of a line, and write it."""
    for name, value in said.items():
        setattr(step, name, value)
    codes = ANSWERS.get(step.kind)
    if codes and step.answer not in codes.values:
        raise Invalid(_("Choose one of the answers."), field="answer")
    if step.month is None and step.kind == Kind.FOLLOW_UP:
        raise Invalid(_("Say which follow-up visit it was."), field="month")
    if step.kind not in TO_COME:
        _not_to_come(step.day, step.moment)
    step.save(force_insert=True)
    return step


def _not_to_come(day: date | None, moment: datetime | None) -> None:
    if (day and day > timezone.localdate()) or (moment and moment > timezone.now()):
        raise Invalid(_("This day has not come yet. Correct it."), field="day")
