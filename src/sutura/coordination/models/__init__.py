"""Bodies, meetings and what comes of them."""

from sutura.coordination.models.bodies import Body, Membership
from sutura.coordination.models.cards import Card
from sutura.coordination.models.instruments import Instrument, Paragraph
from sutura.coordination.models.links import BodyDocument, Scan, Tie
from sutura.coordination.models.mailings import Mailing
from sutura.coordination.models.mandates import Mandate, Programme, Stint
from sutura.coordination.models.meetings import (
    AgendaItem,
    Attendance,
    Comment,
    Meeting,
    Proposal,
    Support,
)
from sutura.coordination.models.needs import ActivePartner, Need, Theme
from sutura.coordination.models.plans import (
    Activity,
    Axis,
    FundingLead,
    Helper,
    Plan,
    PlanLine,
    PlanVersion,
)
from sutura.coordination.models.publications import Edition, Publication
from sutura.coordination.models.recommendations import Contribution, Recommendation, ReferenceCount
from sutura.coordination.models.reminders import Feed, Reminder
from sutura.coordination.models.reports import Evidence, ProgressReport, ReportLink
from sutura.coordination.models.terms import Section, Terms, TermsComment
from sutura.coordination.models.work import Event, Facilitator, Output, Turnout

__all__ = [
    "ActivePartner",
    "Activity",
    "AgendaItem",
    "Attendance",
    "Axis",
    "Body",
    "BodyDocument",
    "Card",
    "Comment",
    "Contribution",
    "Event",
    "Edition",
    "Evidence",
    "Facilitator",
    "Feed",
    "Mailing",
    "Mandate",
    "Meeting",
    "Membership",
    "Need",
    "Output",
    "Programme",
    "FundingLead",
    "Helper",
    "Instrument",
    "Paragraph",
    "Plan",
    "PlanLine",
    "PlanVersion",
    "ProgressReport",
    "Proposal",
    "Publication",
    "Recommendation",
    "ReferenceCount",
    "Reminder",
    "ReportLink",
    "Scan",
    "Section",
    "Stint",
    "Support",
    "Terms",
    "TermsComment",
    "Theme",
    "Tie",
    "Turnout",
]
