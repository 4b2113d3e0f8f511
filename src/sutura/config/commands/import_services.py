"""`./sutura import services FILE`: a 4Ws sheet onto the map of services, whole or not at all."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from sutura.config.answers import add_format
from sutura.config.language import chosen, say

SHOWN_FAULTS = 20


def summary() -> str:
    """One sentence for the help."""
    return say(
        "take in a 4Ws sheet of services, whole or not at all",
        "prendre une feuille QQQO de services, en entier ou pas du tout",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=say("an .xlsx, .ods or .csv sheet", "une feuille .xlsx, .ods ou .csv"),
    )
    parser.add_argument(
        "--dry-run", action="store_true",
        help=say("say what would happen and write nothing", "dire ce qui se passerait, sans rien écrire"),
    )  # fmt: skip
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """0 when the sheet was (or would be) taken, 1 when anything was rejected."""
    from django.utils.translation import override

    from sutura.intake.budgets import Unreadable
    from sutura.intake.fourws.importing import import_services
    from sutura.people.services import machine

    with override(chosen()):
        try:
            content = options.file.read_bytes()
            receipt = import_services(content=content, by=machine("import"), dry_run=options.dry_run)
        except (OSError, Unreadable) as refusal:
            print(say("Nothing was taken: ", "Rien n’a été pris : ") + str(refusal), file=sys.stderr)
            return 1
        told = receipt.as_json()
        if options.format == "json":
            print(json.dumps(told, ensure_ascii=False))
        else:
            _tell(told)
    return 1 if receipt.taken.faults else 0


def _tell(told: dict[str, Any]) -> None:
    """The counts, the first faults and the headings left aside, for a person."""
    if told["faults"]:
        print(
            say(
                f"Refused, nothing is written. Rows rejected: {told['rejected']}; faults: {len(told['faults'])}.",
                f"Refusé, rien n’est écrit. Lignes rejetées : {told['rejected']} ; erreurs : {len(told['faults'])}.",
            )
        )
    else:
        if told["dry_run"]:
            print(say("Dry run: nothing is written.", "Essai : rien n’est écrit."))
        counts = (told["created"], told["updated"], told["unchanged"])
        print(
            say(
                "Services: {} created, {} updated, {} unchanged.",
                "Services : {} créés, {} mis à jour, {} inchangés.",
            ).format(*counts)
        )
    for fault in told["faults"][:SHOWN_FAULTS]:
        print(
            f"  {fault['cell']} ({fault['item']}) « {fault['value'][:60]} » : {fault[f'message_{chosen()}']}"
        )
    for heading in told["unknown_headings"]:
        print(say(f"The column “{heading}” is left aside.", f"La colonne « {heading} » est laissée de côté."))
