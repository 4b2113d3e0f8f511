"""`./sutura key FILE`: a key that opens backups, made on a machine that is not the server."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from sutura.config.language import say

NAME = "key"
NEEDS_DATABASE = False


def summary() -> str:
    """One sentence for the help."""
    return say(
        "make a key that opens backups, on a machine that is not the server",
        "faire une clé qui ouvre les sauvegardes, sur une machine qui n’est pas le serveur",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "file",
        type=Path,
        metavar=say("FILE", "FICHIER"),
        help=say("where the secret half goes", "où va la moitié secrète"),
    )


def run(options: argparse.Namespace) -> int:
    """Write the secret half for its owner alone, print the public half; a file that is there is never replaced."""
    from sutura.config.backup import sealing

    public, secret = sealing.new_key()
    try:
        handle = os.open(options.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        sentence = say("cannot be made there", "ne peut pas être fait là")
        print(f"sutura: {options.file} {sentence} ({error.strerror})", file=sys.stderr)
        return 1
    with os.fdopen(handle, "w") as file:
        file.write(f"# {public}\n{secret}\n")
    print(public)
    return 0
