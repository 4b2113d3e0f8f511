"""`./sutura import incidents FILE`: a workbook of incidents, whole or not at all; run again, nothing changes."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from sutura.config.answers import add_format
from sutura.config.language import chosen, say
from sutura.config.progress import Progress

SHOWN_FAULTS = 20


def summary() -> str:
    """One sentence for the help."""
    return say(
        "take in a workbook of incidents, whole or not at all",
        "prendre un classeur d’incidents, en entier ou pas du tout",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=say(
            "an .xlsx or .ods workbook, or a folder or zip of .csv sheets",
            "un classeur .xlsx ou .ods, ou un dossier ou zip de feuilles .csv",
        ),
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=say("say what would happen and write nothing", "dire ce qui se passerait, sans rien écrire"),
    )
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """0 when the file was (or would be) taken, 1 when anything was rejected."""
    from sutura.intake.services.imports import import_incidents
    from sutura.people.services import machine

    progress = Progress(quiet=options.format == "json")
    try:
        result = import_incidents(
            source=options.file, by=machine("import"), dry_run=options.dry_run, progress=progress
        )
    finally:
        progress.end()
    if options.format == "json":
        print(json.dumps(result.as_json(), ensure_ascii=False))
        _tell_aside(result, sys.stderr)
    else:
        _tell(result)
        _tell_aside(result, sys.stdout)
    return 1 if result.rejected else 0


def _tell(result: Any) -> None:
    """The counts and the first faults, for a person."""
    if result.faults:
        print(
            say(
                f"Refused, nothing is written. Rows rejected: {result.rejected}; faults: {len(result.faults)}.",
                f"Refusé, rien n’est écrit. Lignes rejetées : {result.rejected} ; erreurs : {len(result.faults)}.",
            )
        )
    else:
        if result.dry_run:
            print(say("Dry run: nothing is written.", "Essai : rien n’est écrit."))
        print(
            say(
                f"Rows: {result.created} created, {result.updated} updated, {result.unchanged} unchanged.",
                f"Lignes : {result.created} créées, {result.updated} mises à jour, {result.unchanged} inchangées.",
            )
        )
    for fault in result.faults[:SHOWN_FAULTS]:
        row = f"{say('row', 'ligne')} {fault.row}" if fault.row else ""
        value = f"« {fault.value[:60]} »" if fault.value else ""
        place = " ".join(part for part in (fault.sheet, row, fault.column, value) if part)
        print(f"  {place} : {fault.message(chosen())}" if place else f"  {fault.message(chosen())}")
    more = len(result.faults) - SHOWN_FAULTS
    if more > 0:
        print(say(f"  … and {more} more (--format json)", f"  … et {more} autres (--format json)"))


def _tell_aside(result: Any, out: Any) -> None:
    """Columns kept as notes, sheets not looked at."""
    for (sheet, heading), count in sorted(result.notes.items()):
        print(
            say(
                f"{sheet}: “{heading}” is kept in the notes ({count} cells).",
                f"{sheet} : « {heading} » est gardé dans les notes ({count} cellules).",
            ),
            file=out,
        )
    for name in result.others:
        print(say(f"Sheet “{name}” is left aside.", f"La feuille « {name} » est laissée de côté."), file=out)
