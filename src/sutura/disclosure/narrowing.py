"""A person as she is within one request: she reads what she may read in its regions, and nothing sealed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sutura.access.roles import S3
from sutura.access.rules import Allowed, may


@dataclass(frozen=True)
class Within:
    """What a grant gives within a request."""

    role: str
    tier: str
    everywhere: bool
    region_codes: frozenset[str]


class Narrowed:
    """An account whose grants reach no further than the regions named (none: the whole country) and the tier S3.

    So sexual violence leaves as it is told outside its group, by month and without a code, whoever asks.
    """

    def __init__(self, account: Any, codes: Collection[str]) -> None:
        self.account, self.codes = account, frozenset(codes)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.account, name)

    def __str__(self) -> str:
        return str(self.account)

    def grants_in_force(self) -> list[Within]:
        """Her grants, cut to the regions and the tier."""
        return [self._within(grant) for grant in self.account.grants_in_force()]

    def _within(self, grant: Allowed) -> Within:
        tier, held = min(grant.tier, S3), frozenset(grant.region_codes)
        if not self.codes:
            return Within(grant.role, tier, grant.everywhere, held)
        return Within(grant.role, tier, False, self.codes if grant.everywhere else self.codes & held)

    def may(self, permission: str, region: str | None = None) -> bool:
        """Whether she may, within the request."""
        return may(self, permission, region)
