"""`./sutura bench`: what is promised about speed, each as a ratio measured in one run."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from sutura.config.answers import add_format
from sutura.config.language import chosen, say

NAME = "bench"
NEEDS_DATABASE = False
ROOT = Path(__file__).resolve().parents[4]
GOALS = (
    "save", "rollup", "import", "ghn", "trends", "list", "xlsx", "pages", "names", "wall", "opening", "page",
    "board",
    "map", "children", "children_wall", "receiving",
)  # fmt: skip


def summary() -> str:
    """One sentence for the help."""
    return say(
        "measure what is promised about speed, against the same work done bare",
        "mesurer ce qui est promis sur la vitesse, face au même travail fait à nu",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "--small",
        action="store_true",
        help=say(
            "small sizes, under three minutes: shows that the bench runs",
            "petites tailles, moins de trois minutes : montre que le banc marche",
        ),
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=GOALS,
        metavar=say("NAME", "NOM"),
        help=say(f"only this goal, may be repeated: {', '.join(GOALS)}", f"ce but seul : {', '.join(GOALS)}"),
    )
    for name, told in server().items():
        parser.add_argument(f"--{name}", help=told)
    add_format(parser)
    parser.add_argument(
        "--strict",
        action="store_true",
        help=say("fail when a goal is missed", "échouer si un but est manqué"),
    )


def server() -> dict[str, str]:
    """What names another server, to be measured as ours is."""
    return {
        "url": say(
            "with `receiving`: the OpenRosa address of another server",
            "avec `receiving` : l’adresse OpenRosa d’un autre serveur",
        ),
        "form": say("the form to fill in there", "le formulaire à y remplir"),
        "pid": say(
            "its first process, to tell what it costs", "son premier processus, pour dire ce qu’il coûte"
        ),
        "peer": say(
            "what another server did: RATE,CPU_MS,P95_MS,MB",
            "ce qu’un autre serveur a fait : DÉBIT,CPU_MS,P95_MS,MO",
        ),
    }


def run(options: argparse.Namespace) -> int:
    """Hand over to the bench beside the package: it needs the development tools, the product does not."""
    command = [sys.executable, "-m", "bench", "--format", options.format]
    command += [word for name in options.only or () for word in ("--only", name)]
    command += [f"--{name}" for name in ("small", "strict") if getattr(options, name)]
    command += [f"--{name}={getattr(options, name)}" for name in server() if getattr(options, name)]
    environment = {**os.environ, "SUTURA_LANG": chosen(), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
