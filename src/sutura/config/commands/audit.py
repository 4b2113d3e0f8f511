"""`./sutura audit`: what the log of acts is now, told outside; and the log checked against what was told."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sutura.config.answers import add_format
from sutura.config.language import LANGUAGES, say

if TYPE_CHECKING:
    from sutura.audit.anchors import Verdict

NAME = "audit"


def summary() -> str:
    """One sentence for the help."""
    return say("anchor the log of acts, and check it", "ancrer le journal des actes, et le contrôler")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed: anchor or verify."""
    title = say("acts", "actes")
    below = parser.add_subparsers(dest="act", metavar=say("ACT", "ACTE"), title=title, required=True)
    acts = {
        "anchor": say(
            "sign the end of the log, to be kept elsewhere", "signer la fin du journal, à garder ailleurs"
        ),
        "verify": say(
            "find the first row that is not as it was written", "trouver la première ligne qui a été touchée"
        ),
    }
    for name, text in acts.items():
        under = below.add_parser(name, help=text, description=text)
        under.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        {"anchor": _anchoring, "verify": _verifying}[name](under)


def _anchoring(under: argparse.ArgumentParser) -> None:
    under.add_argument(
        "--out",
        type=Path,
        metavar=say("FILE", "FICHIER"),
        help=say(
            "add the anchor to this file (default: print it)",
            "ajouter l’ancre à ce fichier (à défaut : l’écran)",
        ),
    )

    under.add_argument(
        "--mail",
        action="store_true",
        help=say("mail it to those who keep the anchors", "l’envoyer à qui garde les ancres"),
    )


def _verifying(under: argparse.ArgumentParser) -> None:
    under.add_argument(
        "--anchors",
        type=Path,
        metavar=say("FILE", "FICHIER"),
        help=say("anchors that were kept elsewhere", "les ancres gardées ailleurs"),
    )
    under.add_argument(
        "--key",
        action="append",
        metavar=say("KEY", "CLÉ"),
        help=say(
            "believe this public key, may be repeated (default: the one of the data folder)",
            "croire cette clé publique, peut se répéter (à défaut : celle du dossier de données)",
        ),
    )
    add_format(under)


def run(options: argparse.Namespace) -> int:
    """0 when done and the log holds, 1 when it does not or a file cannot be used."""
    from sutura.access.errors import DomainError

    acts: dict[str, Callable[[argparse.Namespace], int]] = {"anchor": anchor, "verify": verify}
    try:
        return acts[options.act](options)
    except OSError as error:
        why = f"{error.filename} ({error.strerror})"
        raise DomainError(say(f"cannot be used: {why}", f"inutilisable : {why}")) from error


def anchor(options: argparse.Namespace) -> int:
    """Sign the end of the chain; append the line to a file, mail it, or print it."""
    from django.conf import settings

    from sutura.access.errors import DomainError
    from sutura.audit import services
    from sutura.people.services import machine

    if options.mail and not (settings.EMAIL_HOST and settings.SUTURA_ANCHORS_TO):
        needed = "SUTURA_MAIL, SUTURA_ANCHORS_TO"
        raise DomainError(say(f"to mail anchors, set {needed}", f"pour les envoyer, réglez {needed}"))
    line = services.anchor(by=machine("audit"))
    if options.out:
        with options.out.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
        print(say(f"Anchor added to {options.out}.", f"Ancre ajoutée à {options.out}."))
    if options.mail:
        mail(line)
    if not (options.out or options.mail):
        print(line)
    return 0


def mail(line: str) -> None:
    """Send an anchor; a server that does not take it is told in one sentence."""
    from sutura.access.errors import DomainError
    from sutura.audit import anchors

    try:
        anchors.send(line)
    except OSError as error:  # what smtplib raises is one too
        why = type(error).__name__
        raise DomainError(
            say(f"the mail did not leave ({why})", f"le courrier n’est pas parti ({why})")
        ) from error
    print(say("Anchor sent.", "Ancre envoyée."))


def verify(options: argparse.Namespace) -> int:
    """Walk the chain and compare it with the anchors."""
    from sutura.audit import anchors
    from sutura.audit.services import record
    from sutura.people.services import machine
    from sutura.security import signing

    lines = options.anchors.read_text("utf-8", errors="replace").splitlines() if options.anchors else []
    keys = options.key or ([signing.public(anchors.key_file())] if lines else [])
    found = anchors.verify(lines, [key.strip().lower() for key in keys])
    if options.format == "json":
        print(json.dumps(as_json(found), ensure_ascii=False))
    else:
        tell(found)
    # Last: whoever checks a copy that cannot be written to has the verdict.
    verdict = "holds" if found.holds else "does not hold"
    record(machine("audit"), "audit.verify", fields=f"{found.walked.rows} rows, {verdict}")
    return 0 if found.holds else 1


def as_json(found: Verdict) -> dict[str, object]:
    """The verdict for another program."""
    fault = found.walked.fault
    return {
        "rows": found.walked.rows,
        "anchors": found.anchors,
        "holds": found.holds,
        "fault": {"reason": fault.reason, "number": fault.number, "since": fault.since} if fault else None,
        "outside_the_chain": found.outside,
        "anchors_not_believed": found.forged,
    }


def tell(found: Verdict) -> None:
    """The verdict for a person, one sentence for each thing found."""
    for sentence in faults(found):
        print(sentence, file=sys.stderr)
    rows, anchors = found.walked.rows, found.anchors
    if found.holds:
        print(
            say(
                f"The log holds (rows: {rows}, anchors: {anchors}).",
                f"Le journal tient (lignes : {rows}, ancres : {anchors}).",
            )
        )
    if not anchors:
        print(
            say(
                "Without anchors, a log rewritten as a whole, or cut at its end, would not be seen.",
                "Sans ancres, un journal réécrit en entier, ou coupé à la fin, ne se verrait pas.",
            )
        )


def faults(found: Verdict) -> list[str]:
    """What was found, the first broken row first."""
    told = []
    if found.walked.fault:
        told.append(sentence(found.walked.fault.reason, found.walked.fault.number, found.walked.fault.since))
    if found.outside is not None:
        told.append(
            say(
                f"The row of key {found.outside} is not in the chain: it was slipped in.",
                f"La ligne de clé {found.outside} n’est pas dans la chaîne : elle a été glissée là.",
            )
        )
    if found.forged:
        lines = ", ".join(map(str, found.forged))
        told.append(
            say(
                f"Not signed by the key of this log: line {lines} of the anchors.",
                f"Sans la signature de ce journal : ligne {lines} des ancres.",
            )
        )
    return told


def sentence(reason: str, number: int, since: int) -> str:
    """Which row, and why."""
    sentences = {
        "missing": say(
            f"Row {number} is missing from the chain.", f"La ligne {number} manque dans la chaîne."
        ),
        "deleted": say(
            f"Row {number} was deleted: the chain still speaks of it.",
            f"La ligne {number} a été supprimée : la chaîne en parle encore.",
        ),
        "changed": say(
            f"Row {number} is not as it was written: its content, its place or the row before it was changed.",
            f"La ligne {number} n’est plus telle qu’écrite : contenu, place ou ligne précédente ont changé.",
        ),
        "rewritten": say(
            f"The chain was rewritten, at row {number} or after it: this is not what an anchor saw.",
            f"La chaîne a été réécrite, à la ligne {number} ou après : ce n’est plus ce qu’une ancre a vu.",
        ),
        "cut": say(
            f"The end was cut off: the log stops at row {since}, an anchor saw more.",
            f"La fin a été coupée : le journal s’arrête à la ligne {since}, une ancre en a vu davantage.",
        ),
    }
    return sentences[reason]
