"""Bodies, meetings and what comes of them."""

from sutura.coordination.models.bodies import Body, Membership
from sutura.coordination.models.links import Scan, Tie
from sutura.coordination.models.meetings import (
    AgendaItem,
    Attendance,
    Comment,
    Meeting,
    Proposal,
    Support,
)
from sutura.coordination.models.needs import ActivePartner, Need, Theme
from sutura.coordination.models.recommendations import Contribution, Recommendation, ReferenceCount
from sutura.coordination.models.reports import Evidence, ProgressReport, ReportLink
from sutura.coordination.models.terms import Section, Terms, TermsComment

__all__ = [
    "ActivePartner",
    "AgendaItem",
    "Attendance",
    "Body",
    "Comment",
    "Contribution",
    "Evidence",
    "Meeting",
    "Membership",
    "Need",
    "ProgressReport",
    "Proposal",
    "Recommendation",
    "ReferenceCount",
    "ReportLink",
    "Scan",
    "Section",
    "Support",
    "Terms",
    "TermsComment",
    "Theme",
    "Tie",
]
