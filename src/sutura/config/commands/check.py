"""`./sutura check`: what `serve` asks of the database before it starts, all at once."""

from __future__ import annotations

import argparse

from sutura.config.language import say

NAME = "check"
NEEDS_SCHEMA = False


def summary() -> str:
    """One sentence for the help."""
    return say(
        "check that the database keeps what it acknowledges",
        "contrôler que la base garde ce qu’elle dit enregistré",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing more to type."""


def run(options: argparse.Namespace) -> int:
    """Every weaker setting on a line of its own; 0 when there is none."""
    from sutura.config import soundness

    found = soundness.faults()
    for fault in found:
        print(fault)
    count = len(found)
    print(say(f"{count} weaker settings.", f"{count} réglages trop faibles."))
    return 1 if found else 0
