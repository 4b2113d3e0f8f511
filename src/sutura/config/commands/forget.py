"""`./sutura forget`: what has had its time goes, also when nobody opens a page; for a timer of the system."""

from __future__ import annotations

import argparse

from sutura.config.language import say

NAME = "forget"


def summary() -> str:
    """One sentence for the help."""
    return say(
        "delete exported files and files to import whose time is over",
        "supprimer les fichiers exportés et les fichiers à importer dont le délai est passé",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to type."""


def run(options: argparse.Namespace) -> int:
    """Delete them, and say how many; each act is in the log."""
    from sutura.disclosure.services.exports import forget_expired as forget_exports
    from sutura.intake.services.imports import forget_expired as forget_files
    from sutura.people.services import machine

    exports, files = forget_exports(by=machine("exports")), forget_files(by=machine("import"))
    print(
        say(
            f"{exports} exports and {files} files to import forgotten",
            f"{exports} exports et {files} fichiers à importer oubliés",
        )
    )
    return 0
