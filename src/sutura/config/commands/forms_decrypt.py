"""`./sutura forms decrypt KEY.pem RECORD… --into FOLDER`: encrypted records opened on a machine apart, offline."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

from sutura.config.language import chosen, say


def summary() -> str:
    """One sentence for the help."""
    return say(
        "open encrypted records with their private key, offline",
        "ouvrir des envois chiffrés avec leur clé privée, hors ligne",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "key", type=Path, metavar=say("KEY.pem", "CLÉ.pem"), help=say("the private key", "la clé privée")
    )
    parser.add_argument(
        "records", type=Path, nargs="+", metavar=say("RECORD", "ENVOI"),
        help=say(
            "a .zip taken from the page of a record, or a folder of records",
            "un .zip pris sur la page d’un envoi, ou un dossier d’envois",
        ),
    )  # fmt: skip
    parser.add_argument(
        "--into", type=Path, required=True, metavar=say("FOLDER", "DOSSIER"),
        help=say("a new folder for what they held", "un nouveau dossier pour ce qu’ils contenaient"),
    )  # fmt: skip
    parser.add_argument(
        "--passphrase", action="store_true",
        help=say("ask for the passphrase of the key", "demander la phrase secrète de la clé"),
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """0 when every record was opened, 1 when one was not; the others are written all the same."""
    from django.utils.translation import override

    from sutura.config.console import refuse, start_django

    start_django()
    from sutura.access.errors import Invalid
    from sutura.intake.openrosa.enclosed import form_key

    with override(chosen()):
        try:
            word = getpass.getpass(say("Passphrase: ", "Phrase secrète : ")) if options.passphrase else ""
            key = form_key(options.key.read_bytes(), word)
            options.into.mkdir(mode=0o700)
        except Invalid as refusal:
            return refuse(refusal)
        except OSError as fault:
            return refuse(say(f"not possible: {fault.filename}", f"impossible : {fault.filename}"))
        return _all(options.records, key, options.into)


def _all(given: list[Path], key: Any, into: Path) -> int:
    from sutura.access.errors import DomainError
    from sutura.intake.openrosa.answers import Refusal
    from sutura.intake.openrosa.enclosed import decrypted
    from sutura.intake.openrosa.exported import records

    done = failed = 0
    for where, told, files in records(given):
        try:
            if isinstance(told, Refusal):
                raise DomainError(told.sentence)
            plain = decrypted(told, files, key)
        except DomainError as refusal:
            failed += 1
            print(f"sutura: {where}: {refusal}", file=sys.stderr)
            continue
        done += 1
        _write(into / f"{done:04d}", {**plain.files, "submission.xml": plain.xml})
    print(say(f"Opened: {done}; not opened: {failed}.", f"Ouverts : {done} ; non ouverts : {failed}."))
    if not done + failed:
        print(say("There is no encrypted record here.", "Il n’y a pas d’envoi chiffré ici."), file=sys.stderr)
    return 0 if done and not failed else 1


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """For whoever runs the command alone."""
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        path = folder / Path(name).name
        path.touch(mode=0o600)
        path.write_bytes(content)
