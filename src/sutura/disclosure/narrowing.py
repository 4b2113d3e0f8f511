"""A person as she is within the regions of one request: she reads there what she may read, and nothing elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sutura.access.rules import may


@dataclass(frozen=True)
class _Within:
    """A grant, for some regions only."""

    grant: Any
    region_codes: frozenset[str]
    everywhere: bool = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.grant, name)


class Narrowed:
    """An account whose grants reach no further than the regions named."""

    def __init__(self, account: Any, codes: Collection[str]) -> None:
        self.account, self.codes = account, frozenset(codes)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.account, name)

    def __str__(self) -> str:
        return str(self.account)

    def grants_in_force(self) -> list[_Within]:
        """Her grants, cut to the regions."""
        return [
            _Within(grant, self.codes if grant.everywhere else self.codes & set(grant.region_codes))
            for grant in self.account.grants_in_force()
        ]

    def may(self, permission: str, region: str | None = None) -> bool:
        """Whether she may, within the regions."""
        return may(self, permission, region)


def narrowed(account: Any, codes: Collection[str]) -> Any:
    """The account itself for a request about the whole country."""
    return Narrowed(account, codes) if codes else account
