"""How long a grant may last, when it is in force, and who must show a second factor."""

from __future__ import annotations

from datetime import date, timedelta

from sutura.access.errors import NotAllowed
from sutura.access.roles import permissions_of
from sutura.access.rules import grants_of
from sutura.people.choices import Kind

LONGEST = timedelta(days=366)  # twelve months at most (security design, "Access")


def in_force(starts_on: date, ends_on: date, today: date) -> bool:
    """Both days included."""
    return starts_on <= today <= ends_on


def too_long(starts_on: date, ends_on: date) -> bool:
    """Whether a grant would last more than twelve months."""
    return ends_on - starts_on > LONGEST


WITHOUT_CASE_DATA = {"alerts.create", "coordination.read", "places.manage", "parties.manage"}
"""Permissions below tier S2: one's own alerts, coordination, the registers."""


def needs_second_factor(account: object) -> bool:
    """Whether a grant in force opens anything of tier S2 or above; an invented account has no phone."""
    if getattr(account, "is_demo", False):
        return False
    return any(permissions_of(grant.role) - WITHOUT_CASE_DATA for grant in grants_of(account))


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
