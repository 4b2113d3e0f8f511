"""`./sutura account NAME --role ROLE`: an account opened on the server; an installation begins with one."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import timedelta

from sutura.config.language import say

NAME = "account"
DAYS = 364  # a grant lasts twelve months at most, its first day included


def summary() -> str:
    """One sentence for the help."""
    return say(
        "open an account and give it a role for twelve months",
        "ouvrir un compte et lui donner un rôle pour douze mois",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed; the password is asked for, or read from standard input."""
    parser.add_argument(
        "name",
        metavar=say("NAME", "NOM"),
        help=say("account name, small letters", "nom de compte, en minuscules"),
    )
    parser.add_argument(
        "--role",
        required=True,
        metavar=say("ROLE", "RÔLE"),
        help=say("a role of the page “Who may do what”", "un rôle de la page « Qui peut faire quoi »"),
    )
    parser.add_argument(
        "--region",
        action="append",
        metavar="P-CODE",
        help=say(
            "only this region, may be repeated (default: the whole country)",
            "cette région seulement, peut se répéter (à défaut : tout le pays)",
        ),
    )
    parser.add_argument("--full-name", default="", help=say("how people call her", "nom complet"))
    parser.add_argument("--organisation", default="", help=say("where she works", "son organisation"))


def run(options: argparse.Namespace) -> int:
    """Open the account and give the grant, both or neither; 1 when a rule or the password forbids it."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction
    from django.utils import timezone

    from sutura.people import services

    password = asked_password()
    try:
        validate_password(password)
    except ValidationError as refusal:
        print("sutura: " + " ".join(refusal.messages), file=sys.stderr)
        return 1
    by, today = services.machine("account"), timezone.localdate()
    with transaction.atomic():
        account = services.open_account(
            by=by,
            username=options.name,
            name=options.full_name,
            organisation=options.organisation,
            password=password,
        )
        services.give_grant(
            by=by,
            account=account,
            role=options.role,
            regions=options.region or (),
            everywhere=not options.region,
            purpose="./sutura account",
            starts_on=today,
            ends_on=today + timedelta(days=DAYS),
        )
    print(say(f"Account {options.name} is open.", f"Le compte {options.name} est ouvert."))
    return 0


def asked_password() -> str:
    """The password typed at the terminal without showing it, else the first line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass(
            say("Password (12 characters at least): ", "Mot de passe (12 caractères au moins) : ")
        )
    return sys.stdin.readline().rstrip("\n")
