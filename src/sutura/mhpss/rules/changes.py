"""What a bulletin says of a service between two moments, and how many stood in a layer at a moment: pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sutura.mhpss.rules import freshness

OPENED, CLOSED, CHANGED, VERIFIED, STALE = "opened", "closed", "changed", "verified", "stale"
KINDS = (OPENED, CLOSED, CHANGED, VERIFIED, STALE)
GONE = "closed"
Facts = Mapping[str, str]


def differing(before: Facts, now: Facts) -> list[str]:
    """Names of what is told otherwise."""
    return [name for name in now if now[name] != before.get(name)]


def change(before: Facts | None, now: Facts, *, verified: bool) -> str:
    """What happened to a service, as one word; nothing when it stands as it stood.

    `before`: none when the map did not know it. What came and went in between counts as closed.
    """
    if now["working"] == GONE:
        return CLOSED if before is None or before["working"] != GONE else ""
    if before is None or before["working"] == GONE:
        return OPENED
    if differing(before, now):
        return CHANGED
    return VERIFIED if verified else ""


def went_stale(verified_on: date | None, *, since: date, today: date, stale: int) -> bool:
    """Whether a verification became too old after `since`; what was never verified did not become so."""
    if verified_on is None:
        return False
    levels = [
        freshness.level(verified_on, today=day, fresh=stale, stale=stale)
        for day in (max(since, verified_on), today)
    ]
    return levels[0] != freshness.RED and levels[1] == freshness.RED


class Version(NamedTuple):
    """A service as it stood from a moment on: whether on the map, in which layers."""

    service: int
    when: datetime
    on_map: bool
    layers: tuple[str, ...]


def standing(versions: Iterable[Version], moments: Sequence[datetime]) -> dict[str, list[int]]:
    """Services by layer at each moment; an empty layer counts each service once. `versions`: oldest first."""
    by_service: defaultdict[int, list[Version]] = defaultdict(list)
    for version in versions:
        by_service[version.service].append(version)
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(moments))
    for known in by_service.values():
        place = -1
        for index, moment in enumerate(moments):
            while place + 1 < len(known) and known[place + 1].when <= moment:
                place += 1
            if place >= 0 and known[place].on_map:
                for layer in ("", *known[place].layers):
                    found[layer][index] += 1
    return dict(found)
