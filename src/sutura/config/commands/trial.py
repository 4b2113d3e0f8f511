"""`./sutura trial NAME --cells N`: campaigns against our own promises."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from sutura.config.language import chosen, say

NAME = "trial"
NEEDS_DATABASE = False
ROOT = Path(__file__).resolve().parents[4]
TRIALS = (
    "kill",
    "power",
    "storage",
    "hostile",
    "fuzz",
    "disk",
    "flips",
    "tampering",
    "deliveries",
    "writing",
)


def summary() -> str:
    """One sentence for the help."""
    return say(
        "try what is promised: crashes, power cuts, hostile files and questions, stolen disks, tampering, bad roads",
        "éprouver ce qui est promis : pannes, coupures, fichiers et questions hostiles, vols, falsifications, réseau",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "names",
        nargs="*",
        metavar=say("NAME", "NOM"),
        help=say(f"which trials, all unless named: {', '.join(TRIALS)}", f"lesquelles : {', '.join(TRIALS)}"),
    )
    parser.add_argument(
        "--cells",
        type=int,
        metavar="N",
        help=say("how many faults (few unless said)", "combien de pannes (peu, sauf demande)"),
    )
    parser.add_argument(
        "--seed", type=int, metavar="N", help=say("draw other faults", "tirer d’autres pannes")
    )
    parser.add_argument(
        "--weaker",
        action="store_true",
        help=say(
            "take the protection away: the trial must then find faults",
            "ôter la protection : l’épreuve doit alors trouver des fautes",
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Hand over to the trials beside the package: they need the development tools, the product does not."""
    command = [sys.executable, "-m", "trials", *options.names]
    given = {"cells": options.cells, "seed": options.seed}
    command += [
        word for name, value in given.items() if value is not None for word in (f"--{name}", str(value))
    ]
    command += ["--weaker"] if options.weaker else []
    environment = {**os.environ, "SUTURA_LANG": chosen(), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
