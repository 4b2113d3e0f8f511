"""`./sutura restore FILE --identity KEYFILE`: a backup brought back; with `--drill`, only tried."""

from __future__ import annotations

import argparse
from pathlib import Path

from sutura.config.language import say

NAME = "restore"
AS_OWNER = True
NEEDS_SCHEMA = False


def summary() -> str:
    """One sentence for the help."""
    return say("bring a backup back, or try it", "restaurer une sauvegarde, ou l’essayer")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "file", type=Path, metavar=say("FILE", "FICHIER"), help=say("the backup", "la sauvegarde")
    )
    parser.add_argument(
        "--identity",
        type=Path,
        required=True,
        metavar=say("KEYFILE", "CLÉ"),
        help=say("file with the secret key of one recipient", "fichier de la clé secrète d’un destinataire"),
    )
    parser.add_argument(
        "--drill",
        action="store_true",
        help=say(
            "restore into a temporary place, prove it, leave nothing",
            "restaurer dans un lieu temporaire, contrôler, ne rien laisser",
        ),
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help=say(
            "set aside the SQLite database that is there, with its attachments",
            "mettre de côté la base SQLite en place, avec ses pièces jointes",
        ),
    )
    parser.add_argument(
        "--upgrade",
        action="store_true",
        help=say(
            "accept the backup of an older Sutura", "accepter la sauvegarde d’une version plus ancienne"
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Restore or try; tell each proof on its own line."""
    from sutura.config.backup import opening, restoring

    identities = opening.keys(options.identity)
    if options.drill:
        done = restoring.drill(options.file, identities, upgrade=options.upgrade)
    else:
        done = restoring.restore(options.file, identities, upgrade=options.upgrade, replace=options.replace)
    for proof in done.proofs:
        print(f"  {proof}")
    for path in done.aside:
        print(say(f"  set aside: {path}", f"  mis de côté : {path}"))
    made = done.manifest.made_at
    if options.drill:
        print(
            say(
                f"Drill passed: the backup of {made} comes back whole; nothing was kept.",
                f"Exercice réussi : la sauvegarde du {made} revient entière ; rien n’a été gardé.",
            )
        )
    else:
        print(say(f"Restored: the backup of {made}.", f"Restaurée : la sauvegarde du {made}."))
    return 0
