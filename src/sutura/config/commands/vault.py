"""`./sutura vault drill`: three custodians open escrow as they would after a disaster; nothing is written."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from sutura.config.language import LANGUAGES, say

NAME = "vault"


def summary() -> str:
    """One sentence for the help."""
    return say("rehearse the recovery of sealed words", "répéter la récupération de ce qui est scellé")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed: drill, and the account names of the custodians."""
    title = say("acts", "actes")
    below = parser.add_subparsers(dest="act", metavar=say("ACT", "ACTE"), title=title, required=True)
    text = say(
        "open escrow with the passwords of its custodians, check every key, write nothing",
        "ouvrir le séquestre avec les mots de passe de ses dépositaires, contrôler chaque clé, n'écrire rien",
    )
    under = below.add_parser("drill", help=text, description=text)
    under.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    under.add_argument(
        "custodians",
        nargs="+",
        metavar=say("NAME", "NOM"),
        help=say(
            "account names of custodians; each password is asked, or read from standard input, a line each",
            "noms de compte des dépositaires ; chaque mot de passe est demandé, ou lu sur l'entrée, un par ligne",
        ),
    )


def run(options: argparse.Namespace) -> int:
    """0 when the shares open escrow and escrow opens every key; the numbers are printed."""
    from sutura.access.errors import Invalid
    from sutura.audit.services import record
    from sutura.people.models import Account
    from sutura.people.services import machine
    from sutura.vault.drill import drill

    given: list[tuple[Any, str]] = []
    for name in options.custodians:
        account = Account.objects.people().filter(username=name).first()
        if account is None:
            raise Invalid(say(f"there is no account {name}", f"il n'y a pas de compte {name}"))
        given.append((account, asked(name)))
    done = drill(given)
    record(machine("drill"), "vault.drill", fields=f"{done.opened} of {done.keys} keys")
    print(
        say(
            f"Escrow opens with {done.shares} shares: {done.opened} of {done.keys} keys of regions, "
            f"{done.records} keys of records tried, {done.wrong} wrong.",
            f"Le séquestre s'ouvre avec {done.shares} parts : {done.opened} clés de régions sur {done.keys}, "
            f"{done.records} clés de fiches essayées, {done.wrong} fausses.",
        )
    )
    return 0 if done.opened == done.keys and not done.wrong else 1


def asked(name: str) -> str:
    """A password typed without showing it, else a line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass(say(f"Password of {name}: ", f"Mot de passe de {name} : "))
    return sys.stdin.readline().rstrip("\n")
