"""`./sutura import leads FILE --source …`: events of a public list, received as leads; run again, nothing changes."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from sutura.config.answers import add_format
from sutura.config.language import say
from sutura.config.progress import Progress

SHOWN_FAULTS = 40


def summary() -> str:
    """One sentence for the help."""
    return say(
        "receive the events of a public list as leads, each once, for a person to triage",
        "recevoir les événements d’une liste publique comme pistes, chacun une fois, à trier par une personne",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument("file", type=Path, metavar="FILE", help=say("a CSV file", "un fichier CSV"))
    parser.add_argument(
        "--source",
        required=True,
        choices=("insecurity-insight", "ucdp-ged"),
        help=say("whose list it is", "de qui est la liste"),
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=say("say what would happen and write nothing", "dire ce qui se passerait, sans rien écrire"),
    )
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """0 when the file was read (rows with a fault are listed), 1 when it cannot be read as this list."""
    from sutura.intake.leads.faults import BadFile
    from sutura.intake.leads.importing import import_leads
    from sutura.people.services import machine

    try:
        data = options.file.read_bytes()
    except OSError:
        return _refuse(
            say(f"this file cannot be read: {options.file}", f"fichier illisible : {options.file}")
        )
    by, progress = machine("import"), Progress(quiet=options.format == "json")
    try:
        receipt = import_leads(
            data=data, source=options.source, by=by, dry_run=options.dry_run,
            progress=lambda done, total: progress("check", done, total),
        )  # fmt: skip
    except BadFile as refusal:
        progress.end()
        return _refuse(str(refusal))
    progress.end()
    if options.format == "json":
        print(json.dumps(receipt.as_json(), ensure_ascii=False))
    else:
        _tell(receipt)
    return 0


def _refuse(reason: str) -> int:
    print(f"sutura: {reason}", file=sys.stderr)
    return 1


def _tell(receipt: Any) -> None:
    """The counts and the first faults, for a person."""
    if receipt.dry_run:
        print(say("Dry run: nothing is written.", "Essai : rien n’est écrit."))
    print(
        say(
            f"{receipt.rows} rows, {receipt.leads} leads: {receipt.created} created, {receipt.updated} updated, "
            f"{receipt.unchanged} unchanged; rows placed {receipt.placed}, rejected {receipt.rejected}.",
            f"{receipt.rows} lignes, {receipt.leads} pistes : {receipt.created} créées, {receipt.updated} mises à "
            f"jour, {receipt.unchanged} inchangées ; lignes placées {receipt.placed}, rejetées {receipt.rejected}.",
        )
    )
    if receipt.pointed:
        share = 100 * receipt.pointed_placed // receipt.pointed
        print(
            say(
                f"With coordinates: {receipt.pointed} rows, {receipt.pointed_placed} placed ({share} %).",
                f"Avec coordonnées : {receipt.pointed} lignes, {receipt.pointed_placed} situées ({share} %).",
            )
        )
    for fault in receipt.faults[:SHOWN_FAULTS]:
        print(say("row", "ligne"), f"{fault.row}, {fault.column} « {fault.value} » : {fault.message}")
    if len(receipt.faults) > SHOWN_FAULTS:
        more = len(receipt.faults) - SHOWN_FAULTS
        print(say(f"… and {more} more (see --format json)", f"… et {more} autres (voir --format json)"))
