"""What is: dockets of children by code, their lines, needs and beginnings, referrals, places of detention, limits."""

from sutura.response.models.advocacy import Approach, Matter, Reply
from sutura.response.models.care import Double, Feedback, FlaggedNeed
from sutura.response.models.dockets import Docket, Step
from sutura.response.models.evidence import Evidence
from sutura.response.models.limits import TimeLimits
from sutura.response.models.moves import Move
from sutura.response.models.origins import Origin
from sutura.response.models.programme import Activity, Beds, Cost, Enrolment, Offer, Terms
from sutura.response.models.referrals import Consent, Referral
from sutura.response.models.schools import School, SchoolAction, SchoolLine
from sutura.response.models.sites import Site
from sutura.response.models.visits import Companion, SeenChild, ToDo, Visit

__all__ = [
    "Activity",
    "Approach",
    "Beds",
    "Companion",
    "Consent",
    "Cost",
    "Docket",
    "Double",
    "Enrolment",
    "Evidence",
    "Feedback",
    "FlaggedNeed",
    "Matter",
    "Move",
    "Offer",
    "Origin",
    "Referral",
    "Reply",
    "School",
    "SchoolAction",
    "SchoolLine",
    "SeenChild",
    "Site",
    "Step",
    "Terms",
    "TimeLimits",
    "ToDo",
    "Visit",
]
