"""In which order services are offered: children seen first, then layer, place, availability, freshness; and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sutura.mhpss.rules.freshness import LEVELS
from sutura.response.choices import Need, Reason

CHILDREN = frozenset({"children", "adolescents", "released"})
"""Groups of the map that are children."""
LAYERS: Mapping[str, frozenset[str]] = {
    Need.MEDICAL: frozenset({"L1", "L4"}),
    Need.PSYCHOSOCIAL: frozenset({"L2", "L3", "L4"}),
    Need.LEGAL: frozenset({"L1"}),
    Need.SAFETY: frozenset({"L1", "L2"}),
    Need.EDUCATION: frozenset({"L1", "L2"}),
    Need.REINTEGRATION: frozenset({"L1", "L2", "L3"}),
    Need.TRACING: frozenset({"L1", "L2"}),
}
"""The layers of the pyramid in which a need is answered, unless somebody names one."""
NEAR = (Reason.COMMUNE, Reason.CERCLE, Reason.REGION)
WAIT = (Reason.IN_TIME, Reason.WAIT_UNKNOWN, Reason.TOO_LATE)


@dataclass(frozen=True)
class Offer:
    """One service as the choice judges it; `near` and `wait` count from the best, 0."""

    children: bool
    layer: bool
    near: int
    wait: int
    whole: bool
    fresh: str

    @property
    def turn(self) -> tuple[int, ...]:
        """What sorts it: the smaller, the earlier."""
        return (
            not self.children,
            not self.layer,
            self.near,
            self.wait,
            not self.whole,
            LEVELS.index(self.fresh),
        )

    @property
    def reasons(self) -> list[Reason]:
        """What is said beside it; how fresh it is has words of its own on the map."""
        said = [Reason.CHILDREN] if self.children else []
        said += [Reason.LAYER] if self.layer else []
        said += [NEAR[self.near], WAIT[self.wait]]
        return said if self.whole else [*said, Reason.PARTLY]


def near(child: Sequence[str], service: Collection[str]) -> int:
    """How near a service works: the child's own place, its cercle, the region. `child`: region, cercle, commune."""
    if child and child[-1] in service:
        return 0
    cercle = child[1] if len(child) > 1 else ""
    return 1 if cercle and any(code.startswith(cercle) for code in service) else 2


def wait(waiting_days: int | None, hours: int) -> int:
    """Whether it receives before the urgency is over."""
    if waiting_days is None:
        return 1
    return 0 if waiting_days * 24 <= hours else 2


def layered(need: str, asked: str, declared: Collection[str]) -> bool:
    """Whether it works in the layer asked for, or in one that answers the need."""
    return bool(({asked} if asked else LAYERS.get(need, frozenset())) & set(declared))
