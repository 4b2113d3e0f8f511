"""`./sutura forms publish FILE`: an XLSForm sheet made into a form that phones fetch; `forms decrypt`, beside this."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from sutura.config.answers import add_format
from sutura.config.commands import forms_decrypt
from sutura.config.language import LANGUAGES, say

NAME = "forms"


def summary() -> str:
    """One sentence for the help."""
    return say(
        "publish a form for phones; open encrypted records",
        "publier un formulaire de téléphone ; ouvrir des envois chiffrés",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    title = say("what to do", "que faire")
    below = parser.add_subparsers(dest="act", metavar=say("ACT", "ACTE"), title=title, required=True)
    words = say("read, check row by row, publish", "lire, vérifier ligne par ligne, publier")
    publish = below.add_parser("publish", help=words, description=words)
    publish.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    publish.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=say("an .xlsx, .xls or .md sheet", "une feuille .xlsx, .xls ou .md"),
    )
    add_format(publish)
    words = forms_decrypt.summary()
    decrypt = below.add_parser("decrypt", help=words, description=words)
    decrypt.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    forms_decrypt.add_arguments(decrypt)


def needs_database(options: argparse.Namespace) -> bool:
    """A key is used on a machine apart."""
    return bool(options.act != "decrypt")


def run(options: argparse.Namespace) -> int:
    """Publish or decrypt."""
    return forms_decrypt.run(options) if options.act == "decrypt" else _publish(options)


def _publish(options: argparse.Namespace) -> int:
    """0 when it is published (its remarks are told), 1 when the sheet is refused, with the row."""
    from sutura.intake.services.questionnaires import publish_sheet
    from sutura.people.services import machine

    try:
        content = options.file.read_bytes()
    except OSError:
        reason = say(f"this file cannot be read: {options.file}", f"fichier illisible : {options.file}")
        print(f"sutura: {reason}", file=sys.stderr)
        return 1
    version = publish_sheet(content=content, by=machine("forms"))
    remarks = version.warnings.splitlines()
    told = {"form": version.questionnaire.form_id, "version": version.version, "remarks": remarks}
    if options.format == "json":
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(say(f"Published: {version}.", f"Publié : {version}."))
        for remark in remarks:
            print(f"  {remark}")
    return 0
