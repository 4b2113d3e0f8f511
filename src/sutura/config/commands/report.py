"""`./sutura report ghn PERIOD --format docx|xlsx|html -o FILE`: the note as a file, from an edition or as a draft."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sutura.config.language import chosen, say

if TYPE_CHECKING:
    from sutura.reporting.render.paper import Paper

NAME = "report"
LANGUAGES = ("fr", "en", "both")
"""What --lang may say here: the language of the file too, or both, one after the other (both unless told)."""
FORMATS = ("docx", "xlsx", "html")


def summary() -> str:
    """One sentence for the help."""
    return say(
        "write a report to a file: Word, Excel or a printable page (--lang fr, en or both)",
        "écrire un rapport dans un fichier : Word, Excel ou page à imprimer (--lang fr, en ou both)",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "product", choices=("ghn", "annual", "window"), metavar="PRODUCT", help="ghn · annual · window"
    )
    parser.add_argument(
        "period",
        metavar=say("PERIOD", "PÉRIODE"),
        help=say("2026-Q1 for ghn, 2026 for annual", "2026-Q1 pour ghn, 2026 pour annual"),
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="docx", help=say("form of the file", "forme du fichier")
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
        "--edition",
        type=int,
        metavar="N",
        help=say(
            "a frozen edition by its number (without it: a draft as things stand)",
            "une édition figée, par son numéro (sinon : un brouillon en l’état)",
        ),
    )
    parser.add_argument(
        "--geography",
        choices=("2021", "2023"),
        default="2021",
        help=say("regions of 2021, or of the 2023 reform", "régions de 2021, ou de la réforme de 2023"),
    )


def run(options: argparse.Namespace) -> int:
    """Write the file; the act is in the audit log under the machine account `report`."""
    from sutura.audit.services import record
    from sutura.people.services import machine

    by = machine("report")
    paper = paper_for(options, by)
    content = written(paper, options)
    try:
        options.output.write_bytes(content)
    except OSError as error:
        said = say("the file cannot be written", "le fichier ne peut pas être écrit")
        print(f"sutura: {said}: {error.strerror}", file=sys.stderr)
        return 1
    record(
        by,
        "disclosure.download",
        of=f"{options.product} {paper.period.text}",
        fields=f"{options.format}: {paper.codes}",
    )
    print(f"{options.output} ({len(content) // 1024} kB)", file=sys.stderr)
    return 0


def paper_for(options: argparse.Namespace, by: Any) -> Paper:
    """The edition of that number, or the draft of now; refuses what does not exist."""
    from sutura.access.errors import Invalid
    from sutura.reporting import papers
    from sutura.reporting.models import Edition
    from sutura.reporting.services.collecting import period_of

    when = period_of(options.product, options.period)
    if options.format != "xlsx" and options.product != "ghn":
        raise Invalid(
            say(
                "figures of a year or a window come as xlsx",
                "les chiffres d’une année ou d’une fenêtre sortent en xlsx",
            )
        )
    if options.edition is None:
        return papers.draft(when, user=by, geography=options.geography, stamp=True)
    found = Edition.objects.visible_to(by).of(when, options.geography).filter(number=options.edition).first()
    if found is None:
        raise Invalid(say("there is no edition of that number", "il n’y a pas d’édition de ce numéro"))
    return papers.of_edition(found, user=by, stamp=True)


def written(paper: Paper, options: argparse.Namespace) -> bytes:
    """The bytes of the file; a workbook speaks one language."""
    from django.utils.translation import override

    from sutura.reporting.render.html import note_html
    from sutura.reporting.render.word import note_docx
    from sutura.reporting.render.workbook import report_xlsx

    wanted = getattr(options, "lang", None) or "both"
    languages = ("fr", "en") if wanted == "both" else (wanted,)
    if options.format == "docx":
        return note_docx(paper, languages)
    if options.format == "html":
        return note_html(paper, languages).encode()
    with override(chosen() if wanted == "both" else wanted):
        return report_xlsx(paper)
