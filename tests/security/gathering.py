"""A body of one region with its meetings: what the walks ask for, and only those who coordinate there may open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from sutura.coordination.models import AgendaItem, Body, Comment, Meeting, Membership, Proposal
from sutura.coordination.services import agenda, bodies, meetings, minutes
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.services import machine
from tests.people import cast


@dataclass
class Gathering:
    """The records of one body."""

    body: Body
    organisation: Organisation
    member: Membership
    called: Meeting
    item: AgendaItem
    proposal: Proposal
    reviewed: Meeting
    comment: Comment

    def urls(self) -> Iterator[tuple[str, str, str]]:
        """Name of the address, the address, and who may read it (nobody where it only takes posts)."""
        of_body = ("body", "body_change", "member_new", "meeting_new")
        of_meeting = ("meeting", "meeting_change", "agenda", "proposal_new", "minutes_item", "attendance")
        for name in of_body:
            yield name, _to(name, self.body.public_id), "fatou"
        for name in of_meeting:
            yield name, _to(name, self.called.public_id), "fatou"
        for name in ("minutes", "comment_new"):
            yield name, _to(name, self.reviewed.public_id), "fatou"
        for paper in ("minutes", "agenda", "sheet", "convening"):
            for name in ("paper", "paper_file"):
                yield name, _to(name, self.reviewed.public_id, paper), "fatou"
        for act in ("publish", "hold", "postpone", "cancel"):
            yield "act", _to("act", self.called.public_id, act), "fatou"
        yield "agenda_fill", _to("agenda_fill", self.called.public_id), ""
        yield "agenda_act", _to("agenda_act", self.called.public_id, self.item.public_id, "up"), ""
        yield "proposal_support", _to("proposal_support", self.proposal.public_id), ""
        yield "proposal_judge", _to("proposal_judge", self.proposal.public_id), "fatou"
        yield "comment_answer", _to("comment_answer", self.comment.public_id), "fatou"
        yield "member_change", _to("member_change", self.member.public_id), "fatou"


OF_BODIES = {
    f"coordination:{name}"
    for name in (
        "body", "body_change", "member_new", "meeting_new", "meeting", "meeting_change", "agenda", "proposal_new",
        "minutes_item", "attendance", "minutes", "comment_new", "paper", "paper_file", "act", "agenda_fill",
        "agenda_act", "proposal_support", "proposal_judge", "comment_answer", "member_change",
    )
}  # fmt: skip


def gather(region: str) -> Gathering:
    """A body of a region, a meeting to come with a proposed point, and one whose minutes are in review."""
    by, today = machine("tests"), timezone.localdate()
    member = cast(f"delegate-{region}", "body_member")
    organisation = add_organisation(by=by, name=f"ONG fictive de {region}", kind="nngo")
    body = bodies.open_body(
        by=by, kind="working_group", name_fr=f"Groupe {region}", acronym=f"GT-{region}", level="regional",
        region=region,
    )  # fmt: skip
    seat = bodies.add_member(
        body=body, organisation=organisation, starts_on=today - timedelta(days=9), account=member, by=by
    )
    called = meetings.plan_meeting(body=body, planned_on=today + timedelta(days=9), by=by)
    called = meetings.call_for_points(meeting=called, until=today + timedelta(days=5), by=by)
    proposal = agenda.propose(meeting=called, topic="other", title="Un point", by=member)
    held = meetings.plan_meeting(body=body, planned_on=today, by=by)
    held = meetings.open_minutes(meeting=held, held_on=today, by=by)
    held = meetings.open_review(meeting=held, until=today, by=by)
    comment = minutes.comment(meeting=held, text="À corriger", by=member)
    item = called.items.first()
    assert item is not None
    return Gathering(body, organisation, seat, called, item, proposal, held, comment)


def _to(name: str, *arguments: object) -> str:
    return reverse(f"coordination:{name}", args=arguments)
