"""What a body of one region has planned, and what it follows of the Council, for the walks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sutura.coordination.models import Body, FundingLead, Instrument, Paragraph, PlanLine, PlanVersion
from sutura.coordination.services import activities, instruments, plans
from sutura.partners.models import Organisation

OF_PLANS = {
    f"coordination:{name}"
    for name in (
        "plan", "plan_draft", "plan_version", "plan_change", "plan_validate", "plan_difference", "plan_file",
        "line_new", "line_change", "line_remove", "activity", "funding_new", "funding_change", "axis_change",
        "instrument", "instrument_change", "paragraphs_new", "paragraph_change", "paragraph_recommend",
    )
}  # fmt: skip
PLAN_LISTS = {
    f"coordination:{name}"
    for name in ("plans", "plan_new", "funding", "axes", "axis_new", "instruments", "instrument_new")
}


@dataclass
class Planned:
    """The records that hang on one plan and one text."""

    draft: PlanVersion
    line: PlanLine
    lead: FundingLead
    instrument: Instrument
    paragraph: Paragraph

    def urls(self) -> Iterator[tuple[str, str, str]]:
        """Name of the address, the address, and who may read it (nobody where it only takes posts)."""
        plan = self.draft.plan
        yield "plan_draft", _to("plan_draft", plan), ""
        yield "plan_difference", _to("plan_difference", self.draft, 1), "fatou"
        told: tuple[tuple[Any, tuple[str, ...]], ...] = (
            (plan, ("plan", "funding_new")),
            (self.draft, ("plan_version", "plan_change", "plan_validate", "plan_file", "line_new")),
            (self.line, ("line_change", "line_remove")),
            (self.line.activity, ("activity",)),
            (self.lead, ("funding_change",)),
            (self.instrument, ("instrument", "instrument_change", "paragraphs_new")),
            (self.paragraph, ("paragraph_change", "paragraph_recommend")),
        )
        for record, names in told:
            for name in names:
                yield name, _to(name, record), "fatou"


def plan(body: Body, organisation: Organisation, *, by: Any) -> Planned:
    """One of each in a body: a version in force, the next one being written, and one paragraph."""
    today = timezone.localdate()
    days: dict[str, Any] = {"starts_on": today, "ends_on": today + timedelta(days=90)}
    first = plans.open_plan(body=body, title="Un plan inventé", by=by, **days)
    line = activities.add_activity(
        version=first, title="Une activité inventée", kind="technical", lead=organisation, region=body.region, by=by,
        **days,
    )  # fmt: skip
    plans.validate_plan(version=first, on=today, authority="Une réunion", by=by)
    draft = plans.draft_plan(plan=first.plan, by=by)
    lead = activities.add_lead(plan=first.plan, donor="Un fonds inventé", stage="spotted", by=by)
    found = instruments.add_instrument(
        body=body,
        kind="council",
        reference=f"Inventé {body.acronym}",
        title="Conclusions",
        dated_on=today,
        by=by,
    )
    (paragraph,) = instruments.add_paragraphs(instrument=found, pasted="1. Un paragraphe inventé.", by=by)
    return Planned(draft, draft.lines.get(activity=line.activity), lead, found, paragraph)


def _to(name: str, record: Any, *more: Any) -> str:
    return reverse(f"coordination:{name}", args=[record.public_id, *more])
