"""How long a grant may last, when it is in force, who must agree to it, and who must show a second factor."""

from __future__ import annotations

from datetime import date, timedelta

from sutura.access.errors import NotAllowed
from sutura.access.roles import ALONE, PERMISSIONS, natural_tier, permissions_of
from sutura.access.rules import grants_of
from sutura.people.choices import Kind, State

LONGEST = timedelta(days=366)  # twelve months at most (security design, "Access")
SOON = timedelta(days=30)  # a grant that ends within it is to be renewed, or let go


def in_force(starts_on: date, ends_on: date, today: date) -> bool:
    """Both days included."""
    return starts_on <= today <= ends_on


def too_long(starts_on: date, ends_on: date) -> bool:
    """Whether a grant would last more than twelve months."""
    return ends_on - starts_on > LONGEST


def state(starts_on: date, ends_on: date, *, approved: bool, withdrawn: bool, today: date) -> State:
    """Where a grant stands on a day; a withdrawal ends it whatever else is true."""
    if withdrawn:
        return State.WITHDRAWN
    if ends_on < today:
        return State.ENDED
    if not approved:
        return State.WAITING
    return State.HOLDS if starts_on <= today else State.LATER


def reaches(role: str, tier: str) -> bool:
    """Whether a grant of the role may be given that tier: no higher than the role itself goes."""
    return tier <= natural_tier(role)


def needs_second_person(tier: str) -> bool:
    """Whether a grant is a proposal until somebody else approves it: whatever touches the case of a child."""
    return tier > ALONE


def may_approve(approver: object, *, proposer: object, holder: object, opener: object) -> bool:
    """Whether these are two people: who approves did not propose the grant, nor open the account, nor receives it."""
    return approver not in (proposer, holder, opener)


def needs_second_factor(account: object) -> bool:
    """Whether a grant in force opens anything of tier S2 or above; an invented account has no phone."""
    if getattr(account, "is_demo", False):
        return False
    held = {name for grant in grants_of(account) for name in permissions_of(grant.role, grant.tier)}
    return any(PERMISSIONS[name].tier > ALONE for name in held)


def require_own(by: object, account: object) -> None:
    """Raise NotAllowed unless it is one's own account, open and a person's."""
    own = getattr(by, "pk", None) is not None and by == account
    if not own or not getattr(by, "is_active", False) or getattr(by, "kind", "") != Kind.PERSON:
        raise NotAllowed


# What a browser calls itself, the most telling word first: each also names those it wants to be taken for.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def browser_of(user_agent: str) -> str:
    """The browser and the system in two words, as their owner knows them; otherwise what it says of itself."""
    found = [
        next((name for word, name in known.items() if word in user_agent), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or user_agent[:60]
