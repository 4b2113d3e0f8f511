"""Bodies, meetings and what comes of them."""

from sutura.coordination.models.bodies import Body, Membership
from sutura.coordination.models.meetings import (
    AgendaItem,
    Attendance,
    Comment,
    Meeting,
    Proposal,
    Support,
)

__all__ = ["AgendaItem", "Attendance", "Body", "Comment", "Meeting", "Membership", "Proposal", "Support"]
