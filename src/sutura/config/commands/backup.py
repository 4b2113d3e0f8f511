"""`./sutura backup --to FOLDER --recipient AGE1…`: everything, sealed to people who are elsewhere."""

from __future__ import annotations

import argparse
from pathlib import Path

from sutura.config.language import say

NAME = "backup"
NEEDS_SCHEMA = False  # one backs up before bringing an older schema up to date


def summary() -> str:
    """One sentence for the help."""
    return say(
        "copy everything into one file sealed to two people at least",
        "copier tout dans un fichier scellé pour deux personnes au moins",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar=say("FOLDER", "DOSSIER"),
        help=say("where the file goes: a disk that leaves", "où va le fichier : un disque qui part"),
    )
    parser.add_argument(
        "--recipient",
        action="append",
        default=[],
        metavar="AGE1…",
        help=say(
            "public key of one who may open it, at least two (made by ./sutura key)",
            "clé publique de qui pourra l’ouvrir, au moins deux (faite par ./sutura key)",
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Take the backup; tell its name and its fingerprint, to compare copies with."""
    from sutura.config.backup import taking

    taken = taking.take(options.to, taking.readers(options.recipient))
    print(
        say(
            f"{taken.path}: {taken.rows} rows, {taken.files} files, {taken.size} bytes.",
            f"{taken.path} : {taken.rows} lignes, {taken.files} fichiers, {taken.size} octets.",
        )
    )
    print(f"SHA-256 {taken.sha256}")
    return 0
