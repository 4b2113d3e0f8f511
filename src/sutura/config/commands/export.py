"""`./sutura export services|indicators -o FILE`: the map of services, or the figures of the indicators."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from sutura.config.language import LANGUAGES, chosen, say

NAME = "export"
MIGRATES = True
FORMATS = {"services": ("4ws", "csv", "geojson", "hsds"), "indicators": ("xlsx", "csv", "dhis2")}


def summary() -> str:
    """One sentence for the help."""
    return say(
        "write the map of services (4Ws, CSV, GeoJSON, HSDS) or the indicators (workbook, CSV, DHIS2) to a file",
        "écrire la carte des services (QQQO, CSV, GeoJSON, HSDS) ou les indicateurs (XLSX, CSV, DHIS2)",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument("kind", choices=FORMATS, metavar=say("KIND", "SORTE"), help="services, indicators")
    every = [form for forms in FORMATS.values() for form in forms]
    parser.add_argument(
        "--format", choices=dict.fromkeys(every), default="", help=say("form of the file", "forme du fichier")
    )
    parser.add_argument(
        "--period", default="",
        help=say("for DHIS2: 202610, 2026Q4 or 2026", "pour DHIS2 : 202610, 2026Q4 ou 2026"),
    )  # fmt: skip
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
        "--regions",
        choices=("2021", "2023"),
        default="2021",
        help=say("the division of the country", "le découpage du pays"),
    )
    parser.add_argument(
        "--no-hxl",
        action="store_true",
        help=say("without the row of HXL tags", "sans la ligne de balises HXL"),
    )


def run(options: argparse.Namespace) -> int:
    """Write the file; the act is in the audit log under the machine account `export`."""
    form = options.format or FORMATS[options.kind][0]
    if form not in FORMATS[options.kind]:
        known = ", ".join(FORMATS[options.kind])
        return _refused(
            say(f"Choose one of these forms: {known}.", f"Choisissez une de ces formes : {known}.")
        )
    content = _services(options, form) if options.kind == "services" else _indicators(options, form)
    if content is None:
        return _refused(
            say("No round of reports has this --period.", "Aucune collecte n’a cette période (--period).")
        )
    try:
        options.output.write_bytes(content)
    except OSError as error:
        return _refused(say("The file was not written: ", "Le fichier n’a pas été écrit : ") + str(error))
    print(say(f"Written: {options.output}", f"Écrit : {options.output}"))
    return 0


def _services(options: argparse.Namespace, form: str) -> bytes:
    from sutura.mhpss import papers
    from sutura.people.services import machine

    said: dict[str, Any] = {
        "by": machine("export"), "kind": "xlsx" if form == "4ws" else form, "language": _language(),
        "reform": options.regions == "2023",
    }  # fmt: skip
    if said["kind"] in papers.PUBLIC:
        return papers.public(region=options.region, **said)
    wanted = {"region": options.region} if options.region else {}
    return papers.sheet(wanted=wanted, hxl=not options.no_hxl, **said)


def _indicators(options: argparse.Namespace, form: str) -> bytes | None:
    from django.http import QueryDict
    from django.utils.translation import override

    from sutura.indicators.papers import dhis2_file, figures_file, round_of_period
    from sutura.people.services import machine

    by = machine("export")
    with override(_language()):
        if form != "dhis2":
            query = QueryDict(f"region={options.region}")
            return figures_file(by=by, kind=form, query=query, hxl=not options.no_hxl)
        found = round_of_period(options.period)
        return dhis2_file(found, by=by) if found else None


def _language() -> str:
    return chosen() if chosen() in LANGUAGES else "fr"


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
