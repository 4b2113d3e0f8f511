"""`./sutura export services --format 4ws -o FILE`: the map of services as a 4Ws sheet, or as CSV with HXL."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sutura.config.language import LANGUAGES, chosen, say

NAME = "export"
MIGRATES = True
KINDS = ("services",)
FORMATS = ("4ws", "csv")


def summary() -> str:
    """One sentence for the help."""
    return say(
        "write the map of services to a file: a 4Ws sheet, or CSV with HXL and P-codes",
        "écrire la carte des services dans un fichier : feuille QQQO, ou CSV avec HXL et P-codes",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument("kind", choices=KINDS, metavar=say("KIND", "SORTE"), help="services")
    parser.add_argument(
        "--format", choices=FORMATS, default="4ws", help=say("form of the file", "forme du fichier")
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help=say("file to write", "fichier à écrire"),
    )
    parser.add_argument(
        "--region", default="", help=say("a region by its P-code", "une région, par son P-code")
    )
    parser.add_argument(
        "--no-hxl",
        action="store_true",
        help=say("without the row of HXL tags", "sans la ligne de balises HXL"),
    )


def run(options: argparse.Namespace) -> int:
    """Write the file; the act is in the audit log under the machine account `export`."""
    from sutura.mhpss.papers import sheet
    from sutura.people.services import machine

    language = chosen() if chosen() in LANGUAGES else "fr"
    kind = "xlsx" if options.format == "4ws" else "csv"
    content = sheet(
        by=machine("export"), kind=kind, language=language, wanted={"region": options.region} if options.region else {},
        hxl=not options.no_hxl,
    )  # fmt: skip
    try:
        options.output.write_bytes(content)
    except OSError as error:
        print(
            say("The file was not written: ", "Le fichier n’a pas été écrit : ") + str(error), file=sys.stderr
        )
        return 1
    print(say(f"Written: {options.output}", f"Écrit : {options.output}"))
    return 0
