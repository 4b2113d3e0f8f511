"""`./sutura ledger verify`: the ledger recomputed from the records; `rebuild` makes its roll-up again."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from sutura.config.answers import add_format
from sutura.config.language import LANGUAGES, say

if TYPE_CHECKING:
    from sutura.ledger.services import Verification

NAME = "ledger"
SHOWN_FAULTS = 40


def summary() -> str:
    """One sentence for the help."""
    return say(
        "check the ledger of figures against the records",
        "contrôler le registre des chiffres d’après les dossiers",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed: verify or rebuild."""
    title = say("acts", "actes")
    below = parser.add_subparsers(dest="act", metavar=say("ACT", "ACTE"), title=title, required=True)
    acts = {
        "verify": say(
            "recompute every line and every roll-up cell, and compare",
            "recalculer chaque ligne et chaque cumul, et comparer",
        ),
        "rebuild": say(
            "make the roll-up again from the lines (lines are never changed)",
            "refaire les cumuls à partir des lignes (les lignes ne changent jamais)",
        ),
    }
    for name, text in acts.items():
        under = below.add_parser(name, help=text, description=text)
        under.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        add_format(under)


def run(options: argparse.Namespace) -> int:
    """0 when the ledger equals the records, 1 when it does not."""
    from sutura.audit.services import record
    from sutura.incidents.booking import all_lines
    from sutura.ledger.services import rebuild_rollup, verify
    from sutura.people.services import machine

    by = machine("ledger")
    if options.act == "rebuild":
        rebuild_rollup(by=by)
    found = verify(all_lines())
    record(by, "ledger.verify", fields=f"{found.violations} violations, {len(found.faults)} faults")
    if options.format == "json":
        answer = {"violations": found.violations, "lines": found.lines, "faults": found.faults}
        print(json.dumps(answer, ensure_ascii=False))
    else:
        tell(found)
    return 1 if found.faults else 0


def tell(found: Verification) -> None:
    """The verdict, and the first faults, for a person."""
    print(
        say(
            f"{found.violations} violations, {found.lines} lines: {len(found.faults)} faults.",
            f"{found.violations} violations, {found.lines} lignes : {len(found.faults)} écarts.",
        )
    )
    for fault in found.faults[:SHOWN_FAULTS]:
        print(fault, file=sys.stderr)
    if len(found.faults) > SHOWN_FAULTS:
        more = len(found.faults) - SHOWN_FAULTS
        print(say(f"… and {more} more", f"… et {more} autres"), file=sys.stderr)
