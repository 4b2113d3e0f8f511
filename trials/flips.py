"""`./sutura trial flips --cells 10000`: one bit of a sealed blob, or of the place it belongs to, is another.

Looked for: a blob that opens all the same. `--weaker` takes the cipher away.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from tools.flips import campaign
from trials.remains import without_cipher
from trials.told import Told

SMALL, GOAL = 400, 10_000


def run(folder: Path, cells: int, seed: int, weaker: bool) -> Told:
    """Each kind of blob in turn, blob and place in turn."""
    with without_cipher(weaker):
        trial = campaign(cells, Random(seed))
    told = Told()
    told.counts.update({"flips": trial.tried, "refused": trial.tried - trial.opened})
    told.faults += [f"{trial.opened} opened"] if trial.opened else []
    return told
