"""`./sutura kobo pull|list|connect`: records that KoboToolbox holds, fetched with a token."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from sutura.config.answers import add_format
from sutura.config.language import LANGUAGES, say

NAME = "kobo"


def summary() -> str:
    """One sentence for the help."""
    return say(
        "connect a form on a Kobo server, fetch what is new, list the connections",
        "connecter un formulaire d’un serveur Kobo, prendre ce qui est nouveau, lister les connexions",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed: what to do, then what that asks for."""
    title = say("what to do", "que faire")
    below = parser.add_subparsers(dest="act", metavar=say("ACT", "ACTE"), title=title, required=True)
    pull = _act(
        below,
        "pull",
        say("fetch what is new, to be run each hour", "prendre ce qui est nouveau ; à lancer chaque heure"),
    )
    pull.add_argument("kobo", nargs="?", metavar="ID", help=say("one connection only", "une seule connexion"))
    connect = _act(below, "connect", say("a new connection", "une nouvelle connexion"))
    connect.add_argument("--label", required=True, help=say("its place or project", "son lieu ou son projet"))
    connect.add_argument("--server", required=True, metavar="URL", help=say("its address", "son adresse"))
    connect.add_argument(
        "--asset", required=True, metavar="ID", help=say("the form there", "le formulaire là-bas")
    )
    connect.add_argument(
        "--token-file", required=True, type=Path, metavar=say("FILE", "FICHIER"),
        help=say("holds the token and nothing else", "contient le jeton et rien d’autre"),
    )  # fmt: skip
    connect.add_argument(
        "--form",
        default="",
        metavar="ID",
        help=say("the form of Sutura that it fills", "le formulaire de Sutura qu’il remplit"),
    )
    connect.add_argument("--region", default="", metavar="P-CODE", help=say("its region", "sa région"))
    connect.add_argument(
        "--account", metavar=say("NAME", "NOM"), help=say("who answers for it", "le compte qui en répond")
    )
    _act(below, "list", say("the connections", "les connexions"))


def _act(below: argparse._SubParsersAction, name: str, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = below.add_parser(name, help=words, description=words)
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    add_format(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """0 when it was done, 1 when a server did not answer, a rule forbids it or nothing has that number."""
    return {"pull": _pull, "connect": _connect, "list": _list}[options.act](options)


def _pull(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    from sutura.access.errors import DomainError
    from sutura.intake.kobo.pages import pulled
    from sutura.intake.kobo.pulling import pull
    from sutura.intake.models import Kobo

    rows = Kobo.objects.open().select_related("phone__account").order_by("pk")
    try:
        found = list(rows.filter(public_id=options.kobo) if options.kobo else rows)
    except ValidationError:
        found = []
    if options.kobo and not found:
        return _refuse(say("there is no such connection", "cette connexion n’existe pas"))
    failed = False
    for kobo in found:
        try:
            brought = pull(kobo)
        except DomainError as refusal:
            failed = True
            print(f"sutura: {kobo.phone.label}: {refusal}", file=sys.stderr)
            continue
        told = {"id": str(kobo.public_id), **vars(brought)}
        print(json.dumps(told) if options.format == "json" else f"{kobo.phone.label}: {pulled(brought)}")
    return 1 if failed else 0


def _connect(options: argparse.Namespace) -> int:
    from django.conf import settings

    from sutura.intake.services.kobo import connect
    from sutura.people.models import Account
    from sutura.people.services import machine

    account = Account.objects.filter(username=options.account).first() if options.account else None
    if options.account and account is None:
        return _refuse(say(f"there is no account {options.account}", f"pas de compte {options.account}"))
    try:
        token = options.token_file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return _refuse(
            say(
                f"this file cannot be read: {options.token_file}", f"fichier illisible : {options.token_file}"
            )
        )
    made = connect(
        label=options.label, server=options.server, asset=options.asset, token=token, form_id=options.form,
        region=options.region.upper(), account=account, by=machine("kobo"),
    )  # fmt: skip
    told = {"id": str(made.kobo.public_id), "hook": f"{settings.SUTURA_ADDRESS}/in/kobo/{made.key}"}
    if options.format == "json":
        print(json.dumps(told))
    else:
        print(told["id"])
        print(
            say(
                f"Address for its REST service: {told['hook']}",
                f"Adresse pour son service REST : {told['hook']}",
            )
        )
        print(say("Told this once: no copy is kept.", "Dit une seule fois : aucune copie n’est gardée."))
    return 0


def _list(options: argparse.Namespace) -> int:
    from sutura.intake.models import Kobo

    for kobo in Kobo.objects.select_related("phone__sighting").order_by("pk"):
        sighting = getattr(kobo.phone, "sighting", None)
        told: dict[str, Any] = {
            "id": str(kobo.public_id), "label": kobo.phone.label, "server": kobo.server, "asset": kobo.asset,
            "region": kobo.phone.region, "seen": sighting.seen_at.isoformat() if sighting else None,
            "revoked": kobo.phone.revoked_at is not None,
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False) if options.format == "json" else _line(told))
    return 0


def _line(told: dict[str, Any]) -> str:
    state = say("revoked", "révoquée") if told["revoked"] else (told["seen"] or "–")
    return f"{told['id']}  {told['label']}  {told['server']}  {told['region'] or '*'}  {state}"


def _refuse(reason: str) -> int:
    print(f"sutura: {reason}", file=sys.stderr)
    return 1
