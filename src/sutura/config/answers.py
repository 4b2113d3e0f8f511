"""How a command answers: in words, or as JSON for a program."""

from __future__ import annotations

import argparse

from sutura.config.language import say


def add_format(parser: argparse.ArgumentParser) -> None:
    """`--format text|json`."""
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help=say("form of the answer", "forme de la réponse"),
    )
