"""`./sutura matrix`: every address as every reader, compared with the table that a protection lead has signed."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from sutura.config.answers import add_format
from sutura.config.language import chosen, say

NAME = "matrix"
NEEDS_DATABASE = False
ROOT = Path(__file__).resolve().parents[4]


def summary() -> str:
    """One sentence for the help."""
    return say(
        "ask every address as every reader, on invented data, and count what leaks",
        "demander chaque page comme chaque lecteur, sur des données inventées, et compter ce qui fuit",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "--cells",
        type=int,
        default=10_000,
        metavar="N",
        help=say("how many questions (default 10,000)", "combien de questions (à défaut 10 000)"),
    )
    parser.add_argument(
        "--mutants",
        type=int,
        default=0,
        metavar="N",
        help=say(
            "instead, break the law of access in N ways and see that each is noticed",
            "à la place, casser la loi d'accès de N façons et voir si chacune est remarquée",
        ),
    )
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Hand over to the matrix beside the package, on a throw-away database: it needs the development tools."""
    command = [sys.executable, "-m", "tests.matrix", "--format", options.format]
    if options.mutants:
        command = [
            sys.executable,
            "-m",
            "tests.matrix.mutants",
            "--format",
            options.format,
            "--mutants",
            str(options.mutants),
        ]
    command += ["--cells", str(options.cells)]
    environment = {**os.environ, "SUTURA_LANG": chosen(), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
