"""What is planned in a draft, what became of it once the version is in force, and who may pay for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed
from sutura.access.rules import may, require
from sutura.audit.services import drop, keep, record
from sutura.coordination.choices.plans import ActivityState, FundingStage, PlanStage
from sutura.coordination.following import needed
from sutura.coordination.models import Activity, FundingLead, Helper, Plan, PlanLine, PlanVersion
from sutura.coordination.querysets.bodies import voices_of
from sutura.coordination.rules.plans import WITH_REASON
from sutura.coordination.services.plans import written
from sutura.partners.models import Organisation
from sutura.ui import wording

OVER = _(
    "More is funded than the budget, %(budget)s francs: correct the amount, or raise the budget in a new version."
)
FACTS = ("axis", "kind", "title", "result", "lead", "region", "starts_on", "ends_on", "budget")


@transaction.atomic
def add_activity(
    *, version: PlanVersion, by: Any, helpers: Iterable[Organisation] = (), **facts: Any
) -> PlanLine:
    """Plan one more activity in a draft; it takes the next number of the plan, for good."""
    found = written(version, by=by)
    Plan.objects.select_for_update().get(pk=found.plan_id)
    last = Activity.objects.filter(plan=found.plan).aggregate(last=Max("number"))["last"] or 0
    line = PlanLine(version=found, activity=Activity(plan=found.plan, number=last + 1), **facts)
    _check_line(line)
    keep(line.activity, by=by)
    keep(line, by=by)
    _set_helpers(line, helpers, by=by)
    record(by, "coordination.add_activity", of=found.plan, fields=str(line.activity.number))
    return line


@transaction.atomic
def change_activity(
    *, line: PlanLine, by: Any, helpers: Iterable[Organisation] | None = None, **said: Any
) -> PlanLine:
    """Change what a draft plans of an activity."""
    line.version = written(line.version, by=by)
    changed = [name for name in FACTS if name in said and getattr(line, name) != said[name]]
    for name in changed:
        setattr(line, name, said[name])
    _check_line(line)
    if changed:
        keep(line, by=by)
    if helpers is not None:
        _set_helpers(line, helpers, by=by)
    record(by, "coordination.change_activity", of=line.version.plan, fields=" ".join(changed))
    return line


@transaction.atomic
def remove_activity(*, line: PlanLine, by: Any) -> PlanVersion:
    """Take an activity out of a draft; earlier versions keep it, and its number is not given again."""
    version = written(line.version, by=by)
    _set_helpers(line, (), by=by)
    drop(line, by=by)
    record(by, "coordination.remove_activity", of=version.plan, fields=str(line.activity.number))
    return version


@transaction.atomic
def report_activity(
    *, activity: Activity, state: str, progress: int, funded: int, by: Any, words: str = ""
) -> Activity:
    """How far an activity of the version in force has come, and what of it is paid for."""
    require(by, "coordination.read")
    found = Activity.objects.select_for_update(of=("self",)).select_related("plan__body").get(pk=activity.pk)
    line = line_in_force(found)
    if line is None:
        raise Invalid(_("No version in force plans this activity: nothing is reported on it."))
    if not reports(by, line):
        raise NotAllowed
    if state not in ActivityState.values:
        raise Invalid(_("Choose a state of the list."), field="state")
    if funded > (line.budget or 0):
        raise Invalid(_needs_budget(line), field="funded")
    found.state, found.funded = state, funded
    found.progress = _progress_of(state, progress)
    found.words = words.strip()
    if state in WITH_REASON:
        found.words = needed(words, "words", _("Say in one sentence why it stopped."))
    keep(found, by=by, why="reported")
    record(by, "coordination.report_activity", of=found, fields="state progress funded")
    return found


@transaction.atomic
def add_lead(*, plan: Plan, donor: str, stage: str, by: Any, **facts: Any) -> FundingLead:
    """Somebody might pay for the plan, or for one activity of it."""
    require(by, "coordination.manage", plan.body.region)
    lead = FundingLead(plan=plan, donor=needed(donor, "donor", _("Name the donor.")), stage=stage, **facts)
    _check_lead(lead)
    keep(lead, by=by)
    record(by, "coordination.add_lead", of=lead)
    return lead


@transaction.atomic
def change_lead(*, lead: FundingLead, by: Any, **said: Any) -> FundingLead:
    """How far a funding lead has come; what was said before is kept."""
    require(by, "coordination.manage", lead.plan.body.region)
    changed = [name for name, value in said.items() if getattr(lead, name) != value]
    for name in changed:
        setattr(lead, name, said[name])
    lead.donor = needed(lead.donor, "donor", _("Name the donor."))
    _check_lead(lead)
    if changed:
        keep(lead, by=by)
    record(by, "coordination.change_lead", of=lead, fields=" ".join(changed))
    return lead


def line_in_force(activity: Activity) -> PlanLine | None:
    """What the version in force plans of an activity."""
    lines = PlanLine.objects.filter(activity=activity, version__stage=PlanStage.VALIDATED)
    return lines.select_related("version__plan__body", "lead").first()


def reports(by: Any, line: PlanLine) -> bool:
    """Whether a person may report on it: she keeps the body, or sits there for the lead organisation."""
    body = line.version.plan.body
    if may(by, "coordination.manage", body.region):
        return True
    return voices_of(by).filter(body=body, organisation=line.lead_id).exists()


def _progress_of(state: str, progress: int) -> int:
    """What is not begun is at nothing, what is carried out at a hundred; anything else is in between."""
    if state == ActivityState.PLANNED and progress:
        raise Invalid(_("It has begun: choose “under way”, or write 0."), field="progress")
    if state not in (ActivityState.PLANNED, ActivityState.DONE) and progress > 99:
        raise Invalid(
            _("At 100 percent it is carried out: choose that state, or a smaller number."), field="progress"
        )
    return 100 if state == ActivityState.DONE else progress


def _needs_budget(line: PlanLine) -> object:
    if line.budget is None:
        return _("This activity has no budget yet: give it one in a new version, or write 0.")
    return OVER % {"budget": wording.number(line.budget)}


def _check_line(line: PlanLine) -> None:
    version = line.version
    line.title = needed(line.title, "title", _("Say what is to be done."))
    if line.ends_on < line.starts_on:
        raise Invalid(_("The end is before the beginning. Correct one of the two days."), field="ends_on")
    outside = "starts_on" if line.starts_on < version.starts_on else ""
    if outside or line.ends_on > version.ends_on:
        raise Invalid(
            _("The plan runs from %(from)s to %(to)s: choose days inside it, or change those of the plan.")
            % {"from": wording.day(version.starts_on), "to": wording.day(version.ends_on)},
            field=outside or "ends_on",
        )
    if line.axis and line.axis.document_id != version.plan.document_id:
        raise Invalid(_("Choose an axis of the reference document of this plan."), field="axis")
    if line.activity.funded > (line.budget or 0):
        raise Invalid(
            _("%(funded)s francs are already there: the budget cannot be below.")
            % {"funded": wording.number(line.activity.funded)},
            field="budget",
        )


def _check_lead(lead: FundingLead) -> None:
    if lead.stage not in FundingStage.values:
        raise Invalid(_("Choose a stage of the list."), field="stage")
    if lead.stage == FundingStage.GRANTED and lead.amount is None:
        raise Invalid(_("Write the amount that was granted."), field="amount")
    if lead.activity and lead.activity.plan_id != lead.plan_id:
        raise Invalid(_("Choose an activity of this plan."), field="activity")


def _set_helpers(line: PlanLine, helpers: Iterable[Organisation], *, by: Any) -> None:
    wanted = {each.pk: each for each in helpers if each.pk != line.lead_id}
    held = {each.organisation_id: each for each in line.helpers.all()}
    for number in held.keys() - wanted.keys():
        drop(held[number], by=by)
    for number in sorted(wanted.keys() - held.keys()):
        keep(Helper(line=line, organisation=wanted[number]), by=by)
