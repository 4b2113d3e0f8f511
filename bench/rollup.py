"""What the roll-up costs each save, and that it equals a recount in every cell after the load."""

from __future__ import annotations

import time
from pathlib import Path

from bench import bundles, ledger_lines, stage
from bench.measure import Cost, Result, Side, median
from sutura.config.language import say

LIMIT = 0.10


def run(folder: Path, small: bool) -> list[Result]:
    """CPU within `rollup.move`, of the CPU of opening incidents, on a ledger that is full."""
    stage.start(folder, ledger_lines.database(folder, small))
    from sutura.incidents.services import open_incident
    from sutura.ledger import rollup
    from sutura.ledger.services import check_rollup

    awa, place = stage.account("awa"), bundles.a_place()
    moved = Meter(rollup.move)
    rollup.move = moved
    numbers = iter(range(1_000_000))
    rounds, calls = (3, 10) if small else (7, 30)
    tax: list[Cost] = []
    whole: list[Cost] = []
    for round_ in range(rounds + 1):
        moved.spent = 0
        started = time.process_time_ns()
        for _call in range(calls):
            open_incident(bundle=bundles.three_and_five(place, next(numbers)), by=awa)
        burnt = time.process_time_ns() - started
        if round_:  # the first one warms up
            tax.append(Cost(0.0, moved.spent / calls / 1e9))
            whole.append(Cost(0.0, burnt / calls / 1e9))
    part, all_of_it = median(tax).cpu, median(whole).cpu
    faults = check_rollup()
    return [
        Result(
            "rollup",
            say(
                "CPU of the roll-up within a save (open an incident)", "CPU des cumuls dans un enregistrement"
            ),
            Side(say("roll-up", "cumuls"), part * 1000, "ms", part * 1000),
            Side(say("save", "enregistrement"), all_of_it * 1000, "ms", all_of_it * 1000),
            part / all_of_it,
            LIMIT,
        ),
        Result(
            "rollup",
            say(
                "cells of the roll-up that differ from a recount",
                "cellules des cumuls qui diffèrent d’un recompte",
            ),
            Side(say("faults", "écarts"), len(faults), ""),
            Side(say("allowed", "admis"), 0, ""),
            float(len(faults)),
            0.0,
        ),
    ]


class Meter:
    """Passes calls on and adds up the CPU they take."""

    def __init__(self, work: object) -> None:
        self.work = work
        self.spent = 0

    def __call__(self, *given: object) -> None:
        started = time.process_time_ns()
        self.work(*given)  # type: ignore[operator]
        self.spent += time.process_time_ns() - started
