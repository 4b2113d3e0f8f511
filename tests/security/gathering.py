"""A body of one region with its meetings: what the walks ask for, and only those who coordinate there may open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from sutura.coordination.models import (
    AgendaItem,
    Body,
    BodyDocument,
    Comment,
    Meeting,
    Membership,
    Proposal,
    Scan,
    Section,
    Terms,
    TermsComment,
    Tie,
)
from sutura.coordination.services import agenda, bodies, links, meetings, minutes, terms
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.services import machine
from tests.people import cast
from tests.photographs import photograph
from tests.security.charted import Charted, chart
from tests.security.followed import Followed, follow
from tests.security.handheld import Handheld, hand_out
from tests.security.planned import Planned
from tests.security.planned import plan as plan_ahead
from tests.security.published import Published, publish
from tests.security.reported import Reported, ask
from tests.security.returning import Returning, bring_back
from tests.security.shelved import Shelved, shelve
from tests.security.trained import Trained, train
from tests.security.worked import Worked, work_there


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
    terms: Terms
    section: Section
    remark: TermsComment
    tie: Tie
    scan: Scan
    own: BodyDocument
    followed: Followed
    shelved: Shelved
    worked: Worked
    published: Published
    planned: Planned
    charted: Charted
    trained: Trained
    returning: Returning
    handheld: Handheld
    reported: Reported

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
            for name in ("paper", "paper_file", "paper_pdf"):
                yield name, _to(name, self.reviewed.public_id, paper), "fatou"
        for act in ("publish", "hold", "postpone", "cancel"):
            yield "act", _to("act", self.called.public_id, act), "fatou"
        yield from self._of_terms()
        yield "scan_new", _to("scan_new", self.reviewed.public_id), "fatou"
        yield "scan_file", _to("scan_file", self.scan.public_id), "fatou"
        yield "tie_new", _to("tie_new", self.body.public_id), "fatou"
        yield "body_document_add", _to("body_document_add", self.body.public_id), "fatou"
        yield "body_document_drop", _to("body_document_drop", self.own.public_id), ""
        yield "tie_change", _to("tie_change", self.tie.public_id), "fatou"
        yield "agenda_fill", _to("agenda_fill", self.called.public_id), ""
        yield "agenda_act", _to("agenda_act", self.called.public_id, self.item.public_id, "up"), ""
        yield "mail_again", _to("mail_again", self.called.public_id, "convening"), ""
        yield "proposal_support", _to("proposal_support", self.proposal.public_id), ""
        yield "proposal_judge", _to("proposal_judge", self.proposal.public_id), "fatou"
        yield "comment_answer", _to("comment_answer", self.comment.public_id), "fatou"
        yield "member_change", _to("member_change", self.member.public_id), "fatou"
        yield from self.followed.urls()
        yield from self.worked.urls()
        yield from self.published.urls()
        yield from self.planned.urls()

    def _of_terms(self) -> Iterator[tuple[str, str, str]]:
        yield "terms_new", _to("terms_new", self.body.public_id), ""
        for name in ("terms_version", "section_new", "terms_paper", "terms_paper_file", "terms_paper_pdf"):
            yield name, _to(name, self.terms.public_id), "fatou"
        yield "terms_act", _to("terms_act", self.terms.public_id, "technical"), "fatou"
        yield "terms_difference", _to("terms_difference", self.terms.public_id, 1), "fatou"
        for name in ("section_change", "section_comment"):
            yield name, _to(name, self.section.public_id), "fatou"
        yield "terms_ruling", _to("terms_ruling", self.remark.public_id), "fatou"


OF_BODIES = {
    f"coordination:{name}"
    for name in (
        "body", "body_change", "member_new", "meeting_new", "meeting", "meeting_change", "agenda", "proposal_new",
        "minutes_item", "attendance", "minutes", "comment_new", "paper", "paper_file", "paper_pdf", "act",
        "agenda_fill", "agenda_act", "mail_again", "proposal_support", "proposal_judge", "comment_answer",
        "member_change", "terms_new", "terms_version", "section_new", "terms_paper", "terms_paper_file",
        "terms_paper_pdf", "terms_act", "terms_difference", "section_change", "section_comment", "terms_ruling",
        "scan_new", "scan_file", "tie_new", "tie_change",
        "body_document_add", "body_document_drop",
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
    version = terms.open_comments(terms=terms.draft_terms(body=body, by=by), until=today, by=by)
    section = version.sections.get(position=1)
    remark = terms.comment_terms(section=section, text="À revoir", by=member)
    tie = links.tie(
        body=body,
        other="Un cluster",
        organisation=organisation,
        liaison="Une déléguée",
        starts_on=today,
        by=by,
    )
    scan = links.keep_scan(meeting=held, file=ContentFile(photograph(), name="feuille.jpg"), by=by)
    item = called.items.first()
    assert item is not None
    followed = follow(body, organisation, member, by=by)
    shelved = shelve(body.region, organisation, by=by)
    own = links.add_document(body=body, document=shelved.document, by=by)
    worked = work_there(body, organisation, by=by)
    published = publish(body, organisation, member, by=by)
    planned = plan_ahead(body, organisation, by=by)
    charted = chart(body.region, organisation, by=by)
    trained = train(body.region, organisation, by=by)
    return Gathering(
        body, organisation, seat, called, item, proposal, held, comment, version, section, remark, tie, scan, own,
        followed, shelved, worked, published, planned, charted, trained,
        bring_back(body.region, by=by),
        hand_out(body.region, by=by),
        ask(body, organisation, by=by),
    )  # fmt: skip


def _to(name: str, *arguments: object) -> str:
    return reverse(f"coordination:{name}", args=arguments)
