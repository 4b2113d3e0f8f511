"""`./sutura trial tampering --cells 10000`: the log of acts is changed in seven ways, guards lifted, hashes new.

Looked for: a change which the check with anchors does not find. `--weaker` leaves the anchors away. The log must hold
nothing else, so it is that of a process and a database of its own (`python -m tools.tampering`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from trials.stage import ROOT
from trials.told import Told

SMALL, GOAL = 140, 10_000


def run(folder: Path, cells: int, seed: int, weaker: bool) -> Told:
    """Each of the seven ways in turn."""
    words = ["--cells", str(cells), "--seed", str(seed)]
    done = subprocess.run(
        [sys.executable, "-m", "tools.tampering", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'log.sqlite3'}"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    *kinds, last = done.stdout.splitlines()
    tally, told = json.loads(last), Told()
    found = tally["by_the_chain_alone" if weaker else "found"]
    told.counts.update({"tamperings": tally["tried"], "kinds": len(kinds), "found": found})
    missed = tally["tried"] - found
    told.faults += [f"{missed} not found", *kinds] if missed else []
    return told
