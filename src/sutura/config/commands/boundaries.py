"""`./sutura boundaries FILE.geojson`: official boundaries, which maps then use in place of the schematic outline."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from sutura.config.language import say

NAME = "boundaries"
MIGRATES = True


def summary() -> str:
    """One sentence for the help."""
    return say(
        "load official boundaries from a GeoJSON file, for the maps",
        "charger des limites officielles depuis un fichier GeoJSON, pour les cartes",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "file",
        type=Path,
        help=say(
            "polygons whose property `pcode` is a P-code",
            "polygones dont la propriété `pcode` est un P-code",
        ),
    )
    parser.add_argument(
        "--source",
        default="",
        help=say("how the boundaries are credited", "à qui les limites sont attribuées"),
    )


def run(options: argparse.Namespace) -> int:
    """Keep every boundary of the file, or none; say how many."""
    from sutura.access.errors import DomainError
    from sutura.people.services import machine
    from sutura.places.services import load_boundaries

    try:
        collection = json.loads(options.file.read_text(encoding="utf-8-sig"))
        count = load_boundaries(
            collection=collection, source=options.source or options.file.name, by=machine("boundaries")
        )
    except (OSError, ValueError, DomainError) as error:
        print(say("Nothing was loaded: ", "Rien n’a été chargé : ") + str(error), file=sys.stderr)
        return 1
    print(say(f"{count} boundaries loaded.", f"{count} limites chargées."))
    return 0
