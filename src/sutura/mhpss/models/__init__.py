"""Tables of the map: lists of codes, services, proposals, mapping rounds. No column could hold a word about a child."""

from sutura.mhpss.models.campaigns import Campaign, ConfirmLink, Invitation
from sutura.mhpss.models.codes import CodeList, Crosswalk, SheetHeading, Term
from sutura.mhpss.models.proposals import Proposal, ProposedValue
from sutura.mhpss.models.services import Service, Staff

__all__ = [
    "Campaign", "CodeList", "ConfirmLink", "Crosswalk", "Invitation", "Proposal", "ProposedValue", "Service",
    "SheetHeading", "Staff", "Term",
]  # fmt: skip
