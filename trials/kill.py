"""`kill -9` while people save: no acknowledged act is lost, and none is half there."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

from trials import records, stage
from trials.told import Told

SMALL, GOAL = 12, 1000
LIVES = 20  # killed processes that one database sees before it begins anew
ACTS = 4  # at most so many are waited for before the end
LONGEST = 0.06  # seconds: an act takes 10 to 40 ms


def run(folder: Path, cells: int, seed: int, weaker: bool) -> Told:
    """Each life begins where the last one was killed."""
    from django.conf import settings
    from django.db import connection

    chance, told = random.Random(seed), Told()
    acknowledged: set[str] = set()
    for cell in range(cells):
        if cell % LIVES == 0:
            stage.fresh(folder, "kill")
            acknowledged.clear()
        said, unfinished = one_life(chance.randrange(ACTS), chance.uniform(0, LONGEST), cell * 1000)
        acknowledged |= said
        found = records.faults(acknowledged, Path(settings.MEDIA_ROOT))
        connection.close()  # the next life must not inherit it
        told.faults += [f"cell {cell}: {fault}" for fault in found]
        told.counts.update(
            {"kills": 1, "in the middle of an act": unfinished, "acts acknowledged": len(said)}
        )
    return told


def one_life(acts: int, more: float, first: int) -> tuple[set[str], bool]:
    """A process that saves until it is killed; what it acknowledged, and whether it died in the middle of an act."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        live(writing, first)
    os.close(writing)
    said = []
    with os.fdopen(reading) as pipe:
        while sum(line != "begun" for line in said) < acts or not said:
            said.append(pipe.readline().strip())
        time.sleep(more)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += pipe.read().splitlines()
    return {line for line in said if line != "begun"}, said[-1] == "begun"


def live(pipe: int, first: int) -> None:
    """Save, acknowledge, save again: one write to the pipe is one line, whole or not at all."""
    try:
        acts = records.Monitor(first).acts()
        while True:
            os.write(pipe, b"begun\n")
            os.write(pipe, f"{next(acts)}\n".encode())
    finally:
        os._exit(1)
