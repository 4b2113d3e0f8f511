"""`./sutura import undo BATCH --why …`: an import taken back, by the same service as on its page."""

from __future__ import annotations

import argparse
import json
from typing import Any

from sutura.config.answers import add_format
from sutura.config.language import say
from sutura.config.progress import Progress


def summary() -> str:
    """One sentence for the help."""
    return say(
        "take an import back: what it made is voided with the reason, what it changed is what it was before",
        "annuler une importation : ce qu’elle a créé est retiré avec le motif, ce qu’elle a modifié redevient ce "
        "qu’il était",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "batch", metavar=say("BATCH", "LOT"),
        help=say(
            "the batch as the records name it, or the number in the address of the page of the import",
            "le lot comme les fiches le nomment, ou le numéro dans l’adresse de la page de l’importation",
        ),
    )  # fmt: skip
    parser.add_argument(
        "--why", required=True, metavar=say("TEXT", "TEXTE"), help=say("the reason", "le motif")
    )
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """0 when it was taken back; a refusal is one sentence of the service, and 1."""
    from sutura.intake.services.batches import batch_named, undo_import
    from sutura.people.services import machine

    by, progress = machine("import"), Progress(quiet=options.format == "json")
    try:
        found = undo_import(
            run=batch_named(name=options.batch, by=by), by=by, why=options.why,
            progress=lambda done, total: progress("undo", done, total),
        )  # fmt: skip
    finally:
        progress.end()
    _tell(found, options.format)
    return 0


def _tell(found: Any, form: str) -> None:
    if form == "json":
        print(json.dumps({"undone": found.undone, "stayed": found.stayed}))
        return
    print(
        say(
            f"{found.undone} records taken back, {found.stayed} changed since and left as they are.",
            f"{found.undone} fiches annulées, {found.stayed} modifiées depuis et laissées telles quelles.",
        )
    )
