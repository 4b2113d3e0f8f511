"""`python -m trials`: each trial in a process of its own; one line each, exit 1 when one found a fault."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from trials.stage import ROOT
from trials.told import Told

TRIALS = {
    "kill": "trials.kill",
    "power": "trials.power",
    "storage": "trials.storage",
    "hostile": "trials.hostile",
    "fuzz": "trials.fuzz",
    "disk": "trials.remains",
    "flips": "trials.flips",
    "tampering": "trials.tampering",
    "deliveries": "trials.deliveries",
    "writing": "trials.writing",
}
ALONE = {"flips", "tampering"}
"""They need no database with people in it."""
SHOWN = 10


def read(arguments: list[str] | None = None) -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(prog="python -m trials")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--cells", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weaker", action="store_true")
    parser.add_argument("--schema", type=Path, help="an empty database to copy, instead of making one")
    parser.add_argument("--here", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(TRIALS):
        parser.error(f"no trial {', '.join(sorted(unknown))}; there are: {', '.join(TRIALS)}")
    return options


def main() -> int:
    """0 when no trial found a fault; with --weaker, when each found some."""
    options = read()
    if options.here:
        return here(options)
    good = True
    with tempfile.TemporaryDirectory(prefix="sutura-trial-") as folder:
        for name in options.names or TRIALS:
            started = time.monotonic()
            told = one(name, Path(folder), options)
            print(told.line(name, time.monotonic() - started), flush=True)
            for fault in told.faults[:SHOWN]:
                print(f"  {fault}")
            good = good and bool(told.faults) == options.weaker
    return 0 if good else 1


def one(name: str, folder: Path, options: argparse.Namespace) -> Told:
    """One trial in its own process; one that breaks is a fault."""
    command = [sys.executable, "-m", "trials", name, "--here", str(folder), "--seed", str(options.seed)]
    command += ["--cells", str(options.cells)] if options.cells else []
    command += ["--schema", str(options.schema)] if options.schema else []
    command += ["--weaker"] if options.weaker else []
    path = os.pathsep.join(str(place) for place in (ROOT / "src", ROOT))
    environment = {**os.environ, "PYTHONPATH": path, "TMPDIR": str(folder)}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return Told(faults=[f"the trial itself broke (exit {done.returncode})"])
    told = json.loads(done.stdout.splitlines()[-1])
    return Told(Counter(told["counts"]), told["faults"])


def here(options: argparse.Namespace) -> int:
    """Run one trial in this process, and print what it found as one line of JSON."""
    (name,) = options.names
    if name not in ALONE:
        from trials import stage

        stage.settle(options.here, options.schema, name)
    trial = importlib.import_module(TRIALS[name])  # now that Django is there
    cells = options.cells or trial.SMALL
    print(json.dumps(trial.run(options.here, cells, options.seed, options.weaker).as_json()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
