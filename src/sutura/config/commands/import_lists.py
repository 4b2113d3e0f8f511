"""`./sutura import facilities|places|trainees|recommendations FILE`: a list of a register, whole or not at all."""

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
SUMMARIES = {
    "facilities": ("a list of schools or health facilities", "une liste d’écoles ou de structures de santé"),
    "places": ("other spellings and codes of places", "d’autres graphies et codes de lieux"),
    "trainees": ("a list of trainees", "une liste de personnes formées"),
    "recommendations": ("a list of recommendations", "une liste de recommandations"),
}


class ListCommand:
    """The command of one kind of list."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def summary(self) -> str:
        """One sentence for the help."""
        english, french = SUMMARIES[self.kind]
        return say(f"take in {english}, whole or not at all", f"prendre {french}, en entier ou pas du tout")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What may be typed."""
        file = say(
            "an .xlsx, .ods or .csv list, or a zip of .csv",
            "une liste .xlsx, .ods ou .csv, ou un zip de .csv",
        )
        parser.add_argument("file", type=Path, metavar="FILE", help=file)
        parser.add_argument(
            "--dry-run", action="store_true",
            help=say("say what would happen and write nothing", "dire ce qui se passerait, sans rien écrire"),
        )  # fmt: skip
        parser.add_argument(
            "--column", action="append", default=[], metavar="COLUMN=HEADING",
            help=say("which heading is a column", "quel intitulé est une colonne"),
        )  # fmt: skip
        parser.add_argument(
            "--all", action="append", default=[], metavar="COLUMN=VALUE",
            help=say("one value for every row", "une valeur pour toutes les lignes"),
        )  # fmt: skip
        if self.kind == "facilities":
            parser.add_argument(
                "--kind", dest="facility", choices=("school", "health"), help=argparse.SUPPRESS
            )
            parser.add_argument("--source", help=argparse.SUPPRESS)
        add_format(parser)

    def run(self, options: argparse.Namespace) -> int:
        """0 when the list was (or would be) taken, 1 when anything was rejected."""
        from django.utils.translation import override

        from sutura.intake.registers.shelf import KINDS
        from sutura.intake.services.registers import import_register
        from sutura.people.services import machine

        told = _pairs(options.all)
        told |= {name: said for name, said in _of_facilities(options).items() if said}
        progress = Progress(quiet=options.format == "json")
        try:
            content = options.file.read_bytes()
        except OSError as refusal:
            print(say("Nothing was taken: ", "Rien n’a été pris : ") + str(refusal), file=sys.stderr)
            return 1
        with override(chosen()):
            receipt = import_register(
                kind=KINDS[self.kind], content=content, by=machine("import"), name=options.file.stem,
                dry_run=options.dry_run, columns=_pairs(options.column), told=told, progress=progress,
            )  # fmt: skip
            progress.end()
            if options.format == "json":
                print(json.dumps(receipt.as_json(), ensure_ascii=False))
            else:
                _tell(receipt)
        return 1 if receipt.faults else 0


def _of_facilities(options: argparse.Namespace) -> dict[str, str | None]:
    return {"kind": getattr(options, "facility", None), "source": getattr(options, "source", None)}


def _pairs(said: list[str]) -> dict[str, str]:
    return {name.strip(): value.strip() for name, _equals, value in (one.partition("=") for one in said)}


def _tell(receipt: Any) -> None:
    """The counts, how the columns were understood, and the first faults, for a person."""
    if receipt.faults:
        rejected, faults = receipt.rejected, len(receipt.faults)
        print(
            say(
                f"Refused, nothing is written. Rows rejected: {rejected}; faults: {faults}.",
                f"Refusé, rien n’est écrit. Lignes rejetées : {rejected} ; erreurs : {faults}.",
            )
        )
    else:
        if receipt.dry_run:
            print(say("Dry run: nothing is written.", "Essai : rien n’est écrit."))
        print(
            say(
                "Rows: {} created, {} updated, {} unchanged, {} repeated.",
                "Lignes : {} créées, {} mises à jour, {} inchangées, {} répétées.",
            ).format(receipt.created, receipt.updated, receipt.unchanged, receipt.repeated)
        )
    for column, heading in (receipt.columns | {k: f"= {v}" for k, v in receipt.told.items()}).items():
        print(f"  {column} ← {heading}")
    for fault in receipt.faults[:SHOWN_FAULTS]:
        cell = str(fault.as_json().get("cell") or fault.row or "")
        value = f"« {fault.value[:60]} »" if fault.value else ""
        place = " ".join(filter(None, [fault.sheet, cell, fault.column, value]))
        print(f"  {place} : {fault.message(chosen())}")
    for heading in receipt.unknown:
        print(say(f"The column “{heading}” is left aside.", f"La colonne « {heading} » est laissée de côté."))
