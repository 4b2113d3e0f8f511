"""`./sutura facilities FILE --kind school|health --source "…"`: a list of schools or health facilities."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from sutura.config.language import say

NAME = "facilities"
MIGRATES = True


def summary() -> str:
    """One sentence for the help."""
    return say(
        "load a list of schools or health facilities from a CSV file",
        "charger une liste d’écoles ou de structures de santé depuis un fichier CSV",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument("file", type=Path, help=say("a CSV file", "un fichier CSV"))
    parser.add_argument("--kind", choices=["school", "health"], required=True)
    parser.add_argument(
        "--source", required=True, help=say("how the list is credited", "à qui la liste est attribuée")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=say("say what would happen", "dire ce qui se passerait")
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")


def run(options: argparse.Namespace) -> int:
    """Keep every row that has a place; say how many, and list the others with their reason."""
    from sutura.people.services import machine
    from sutura.places.services import import_facilities

    try:
        told = import_facilities(
            file=options.file,
            kind=options.kind,
            source=options.source,
            by=machine("facilities"),
            dry_run=options.dry_run,
        )
    except OSError as error:
        print(say("Nothing was loaded: ", "Rien n’a été chargé : ") + str(error), file=sys.stderr)
        return 1
    if options.format == "json":
        said = asdict(told) | {"repeated": told.repeated}
        for name, rows in (("faults", told.faults), ("repeats", told.repeats)):
            said[name] = [{**asdict(fault), "reason": str(fault.reason)} for fault in rows]
        print(json.dumps(said, ensure_ascii=False))
        return 0
    print(
        say(
            f"{told.created} created, {told.updated} updated, {told.unchanged} unchanged,"
            f" {told.repeated} repeated, {len(told.faults)} without a place",
            f"{told.created} créées, {told.updated} modifiées, {told.unchanged} inchangées,"
            f" {told.repeated} répétées, {len(told.faults)} sans lieu",
        )
    )
    for fault in (*told.faults, *told.repeats):
        print(f"  {fault.row}\t{fault.name}\t{fault.reason}")
    return 0
