"""`./sutura phone create|revoke|list`: phones that send records."""

from __future__ import annotations

import argparse
import json
import sys

from sutura.config.answers import add_format
from sutura.config.language import LANGUAGES, say

NAME = "phone"


def summary() -> str:
    """One sentence for the help."""
    return say(
        "give a phone an address and its QR code, list phones, revoke one",
        "donner à un téléphone son adresse et son code QR, lister les téléphones, en révoquer un",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed: what to do, then what that asks for."""
    title = say("what to do", "que faire")
    below = parser.add_subparsers(dest="act", metavar=say("ACT", "ACTE"), title=title, required=True)
    create = _act(
        below, "create", say("a new phone; told this once", "un nouveau téléphone ; dit une seule fois")
    )
    create.add_argument("--label", required=True, help=say("its place or number", "son lieu ou son numéro"))
    create.add_argument("--region", default="", metavar="P-CODE", help=say("its region", "sa région"))
    create.add_argument(
        "--account", metavar=say("NAME", "NOM"), help=say("who answers for it", "le compte qui en répond")
    )
    revoke = _act(below, "revoke", say("it sends nothing more", "il n’envoie plus rien"))
    revoke.add_argument(
        "phone", metavar="ID", help=say("its number, as `list` tells", "son numéro, dit par `list`")
    )
    _act(below, "list", say("the phones and their last visit", "les téléphones et leur dernier passage"))


def _act(below: argparse._SubParsersAction, name: str, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = below.add_parser(name, help=words, description=words)
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    add_format(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """0 when it was done, 1 when a rule forbids it or nothing has that number."""
    return {"create": _create, "revoke": _revoke, "list": _list}[options.act](options)


def _create(options: argparse.Namespace) -> int:
    from django.conf import settings

    from sutura.intake.openrosa.settings import settings_of
    from sutura.intake.services.phones import create_phone
    from sutura.people.models import Account
    from sutura.people.services import machine

    account = Account.objects.filter(username=options.account).first() if options.account else None
    if options.account and account is None:
        return _refuse(say(f"there is no account {options.account}", f"pas de compte {options.account}"))
    by = machine("phones")
    made = create_phone(label=options.label, region=options.region.upper(), account=account, by=by)
    url = f"{settings.SUTURA_ADDRESS}/or/key/{made.key}"
    qr = settings_of(url, made.phone.label)
    if options.format == "json":
        print(json.dumps({"url": url, "qr": qr, "id": str(made.phone.public_id)}))
    else:
        print(url)
        print(say(f"Settings for the QR code: {qr}", f"Réglages pour le code QR : {qr}"))
        print(say("Told this once: no copy is kept.", "Dit une seule fois : aucune copie n’est gardée."))
    return 0


def _revoke(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    from sutura.intake.models import Phone
    from sutura.intake.services.phones import revoke_phone
    from sutura.people.services import machine

    try:
        phone = Phone.objects.filter(public_id=options.phone).first()
    except ValidationError:
        phone = None
    if phone is None:
        return _refuse(say("there is no such phone", "ce téléphone n’existe pas"))
    revoke_phone(phone=phone, by=machine("phones"))
    if options.format == "json":
        print(json.dumps({"id": str(phone.public_id), "revoked": True}))
    else:
        print(say(f"{phone.label} is revoked.", f"{phone.label} est révoqué."))
    return 0


def _list(options: argparse.Namespace) -> int:
    from sutura.intake.models import Phone

    for phone in Phone.objects.select_related("sighting").order_by("pk"):
        sighting = getattr(phone, "sighting", None)
        told = {
            "id": str(phone.public_id),
            "label": phone.label,
            "region": phone.region,
            "seen": sighting.seen_at.isoformat() if sighting else None,
            "revoked": phone.revoked_at is not None,
        }
        print(json.dumps(told, ensure_ascii=False) if options.format == "json" else _line(told))
    return 0


def _line(told: dict) -> str:
    state = say("revoked", "révoqué") if told["revoked"] else (told["seen"] or "–")
    return f"{told['id']}  {told['label']}  {told['region'] or '*'}  {state}"


def _refuse(reason: str) -> int:
    print(f"sutura: {reason}", file=sys.stderr)
    return 1
