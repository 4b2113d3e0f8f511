"""How each state of a plan, an activity or a funding lead looks: word, icon and tone."""

from __future__ import annotations

from sutura.coordination.choices.plans import ActivityState, FundingStage, PlanStage
from sutura.coordination.models import Activity, FundingLead, PlanVersion
from sutura.ui.statuses import Status

OF_VERSIONS = {
    PlanStage.DRAFT: ("pencil", "attention"),
    PlanStage.VALIDATED: ("badge-check", "accent"),
    PlanStage.REPLACED: ("archive", "quiet"),
}
OF_ACTIVITIES = {
    ActivityState.PLANNED: ("circle", ""),
    ActivityState.UNDER_WAY: ("circle-dot", ""),
    ActivityState.SUSPENDED: ("ban", "attention"),
    ActivityState.DONE: ("badge-check", "accent"),
    ActivityState.DROPPED: ("circle-minus", "quiet"),
}
OF_LEADS = {
    FundingStage.SPOTTED: ("eye", ""),
    FundingStage.PREPARING: ("pencil", ""),
    FundingStage.SUBMITTED: ("send", ""),
    FundingStage.GRANTED: ("badge-check", "accent"),
    FundingStage.REFUSED: ("circle-x", "quiet"),
    FundingStage.LEFT: ("circle-minus", "quiet"),
}


def look_of_version(version: PlanVersion) -> Status:
    """The pill of a version."""
    return Status(version.get_stage_display(), *OF_VERSIONS[PlanStage(version.stage)])


def look(activity: Activity) -> Status:
    """The pill of an activity."""
    return Status(activity.get_state_display(), *OF_ACTIVITIES[ActivityState(activity.state)])


def look_of_lead(lead: FundingLead) -> Status:
    """The pill of a funding lead."""
    return Status(lead.get_stage_display(), *OF_LEADS[FundingStage(lead.stage)])
