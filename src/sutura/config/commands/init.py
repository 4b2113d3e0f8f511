"""`./sutura init`: schema and registers; with `--demo`, the invented data too."""

from __future__ import annotations

import argparse

from sutura.config.language import say

NAME = "init"
MIGRATES = True
AS_OWNER = True


def summary() -> str:
    """One sentence for the help."""
    return say(
        "create the schema and the registers in an empty database",
        "créer le schéma et les registres dans une base vide",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "--demo",
        action="store_true",
        help=say("add the invented data of the demo", "ajouter les données inventées de la démo"),
    )
    parser.add_argument(
        "--upgrade",
        action="store_true",
        help=say(
            "bring the schema of an older Sutura up to date (back the database up first)",
            "mettre à jour le schéma d’une version plus ancienne (sauvegardez la base d’abord)",
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Load the registers, and the demo when asked; a second run changes nothing."""
    from sutura.audit import anchors
    from sutura.config import invented, registers, walls
    from sutura.security import signing

    walls.build()
    registers.load()
    key = signing.make(anchors.key_file())
    print(say(f"Public key of the anchors: {key}", f"Clé publique des ancres : {key}"))
    if options.demo:
        invented.pour()
    print(say("The database is ready.", "La base est prête."))
    return 0
