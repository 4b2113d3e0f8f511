"""`./sutura publish trial`: the gate of public tables tried on invented tables and successive releases."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from sutura.config.answers import add_format
from sutura.config.language import LANGUAGES, say

if TYPE_CHECKING:
    from sutura.disclosure.trials import Tally

NAME = "publish"


def summary() -> str:
    """One sentence for the help."""
    return say("try the gate of tables for the public", "éprouver la garde des tableaux publics")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed: how many tables, from which seed."""
    title = say("acts", "actes")
    below = parser.add_subparsers(dest="act", metavar=say("ACT", "ACTE"), title=title, required=True)
    text = say(
        "make invented tables and successive releases safe, attack what would be published, and count what is narrowed",
        "rendre sûrs des tableaux inventés et leurs parutions, attaquer ce qui paraîtrait, et compter ce qui se déduit",
    )
    under = below.add_parser("trial", help=text, description=text)
    under.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    under.add_argument("--tables", type=int, default=500, help=say("how many (500)", "combien (500)"))
    under.add_argument("--seed", type=int, default=1, help=say("which ones (1)", "lesquels (1)"))
    add_format(under)


def run(options: argparse.Namespace) -> int:
    """0 when nothing that would be published can be narrowed, 1 when something can. Reads and writes no record."""
    from sutura.disclosure import trials

    found = trials.run(options.tables, options.seed)
    print(json.dumps(asdict(found)) if options.format == "json" else told(found))
    return 1 if found.narrowed else 0


def told(found: Tally) -> str:
    """The result in sentences."""
    numbers = asdict(found) | {"each": found.seconds / found.tables}
    return say(
        "{tables} tables of {cells} cells: {releases} published with {hidden} hidden cells, {refused} refused.\n"
        "Hiding small numbers alone would have failed on {bare}.\n"
        "Narrowed below five by the attack on all that was published: {narrowed}.\n"
        "{each:.2f} s a table, {slowest:.1f} s the slowest.",
        "{tables} tableaux de {cells} cases : {releases} parus avec {hidden} cases masquées, {refused} refusés.\n"
        "Masquer les seuls petits chiffres aurait échoué pour {bare}.\n"
        "Ramenés sous cinq par l'attaque de tout ce qui a paru : {narrowed}.\n"
        "{each:.2f} s par tableau, {slowest:.1f} s le plus lent.",
    ).format(**numbers)
