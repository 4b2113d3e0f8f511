"""Three questions: may this person, where, and which rows. Default: no."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from django.db.models import Q

from sutura.access.errors import NotAllowed
from sutura.access.roles import PERMISSIONS, permissions_of


class Allowed(Protocol):
    """One grant in force: a role, its highest tier, and the regions (P-codes) where it holds, or everywhere."""

    role: str
    tier: str
    everywhere: bool

    @property
    def region_codes(self) -> Collection[str]: ...


class Everywhere(frozenset):
    """All regions, also facts that have none."""

    def __contains__(self, region: object) -> bool:
        return True

    def __bool__(self) -> bool:
        return True


EVERYWHERE = Everywhere()
NO_ROW = Q(pk__in=[])
EVERY_ROW = ~NO_ROW
"""Unlike an empty Q, which vanishes beside an “or” and leaves only the other half, it stays true there."""


def regions(by: object, permission: str) -> frozenset[str]:
    """Level-1 P-codes where the person holds the permission now; EVERYWHERE for a nationwide grant."""
    if permission not in PERMISSIONS:
        raise KeyError(f"no permission is called {permission}")
    found: set[str] = set()
    for grant in grants_of(by):
        if permission in permissions_of(grant.role, grant.tier):
            if grant.everywhere:
                return EVERYWHERE
            found.update(grant.region_codes)
    return frozenset(found)


def grants_of(by: object) -> Collection[Allowed]:
    """The grants in force of an account; none for nobody, a stranger or a disabled account."""
    read = getattr(by, "grants_in_force", None)
    if read is None or not getattr(by, "is_active", False):
        return ()
    return read()


def may(by: object, permission: str, region: str | None = None) -> bool:
    """Whether the person may, in that region (`None`: in any; `""`: countrywide facts need a nationwide grant)."""
    held = regions(by, permission)
    return bool(held) if region is None else region in held


def require(by: object, permission: str, region: str | None = None) -> None:
    """Raise NotAllowed unless `may`."""
    if not may(by, permission, region):
        raise NotAllowed


def scope(by: object, permission: str, field: str = "region") -> Q:
    """The rows a person may read, as a condition on the model's region column."""
    held = regions(by, permission)
    if held is EVERYWHERE:
        return EVERY_ROW
    if not held:
        return NO_ROW
    return Q(**{f"{field}__in": sorted(held)})
