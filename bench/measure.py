"""Two ways to do the same work, done in turn; the median of the rounds counts, as time passed and as CPU."""

from __future__ import annotations

import gc
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROUNDS = 5


@dataclass(frozen=True)
class Cost:
    """What one call cost, in seconds: by the clock, and of CPU (all threads, and processes which have ended)."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Side:
    """One side of a ratio: its figure, the unit, and CPU milliseconds where they were taken."""

    what: str
    value: float
    unit: str
    cpu_ms: float | None = None


@dataclass(frozen=True)
class Result:
    """One promise: what was compared, the ratio, and the limit it must keep on one side."""

    name: str
    what: str
    ours: Side
    baseline: Side
    ratio: float
    goal: float
    at_least: bool = False
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the ratio keeps the promise."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        return asdict(self) | {"holds": self.holds}


class Skip(Exception):
    """A goal cannot be measured here; the message says why in one sentence."""


def cost(work: Callable[[], object], calls: int = 1) -> Cost:
    """What one of some calls cost, the collector run before and not within."""
    gc.collect()
    gc.disable()
    try:
        started, burnt = time.perf_counter(), processor()
        for _call in range(calls):
            work()
        return Cost((time.perf_counter() - started) / calls, (processor() - burnt) / calls)
    finally:
        gc.enable()


def processor() -> float:
    """Seconds of CPU of this process and of those it waited for."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def peak() -> float:
    """Most megabytes this process has held; `ru_maxrss` would tell of the process that started it as well."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise LookupError("VmHWM")


def alternate(*works: Callable[[], object], rounds: int = ROUNDS, calls: int = 1) -> list[Cost]:
    """The median cost of each work: one round warms up and is not counted, then they take turns."""
    for work in works:
        work()
    seen: list[list[Cost]] = [[] for _work in works]
    for _round in range(rounds):
        for costs, work in zip(seen, works, strict=True):
            costs.append(cost(work, calls))
    return [median(costs) for costs in seen]


def median(costs: list[Cost]) -> Cost:
    """The middle of the clocks, and the middle of the CPUs."""
    return Cost(
        statistics.median(one.wall for one in costs),
        statistics.median(one.cpu for one in costs),
    )


def milliseconds(what: str, found: Cost) -> Side:
    """One side of a comparison of times."""
    return Side(what, found.wall * 1000, "ms", found.cpu * 1000)
