"""`./sutura demo`: a Sutura full of invented data, served on this machine."""

from __future__ import annotations

import argparse

from sutura.config.commands import serve
from sutura.config.language import say

NAME = "demo"
SERVES = True
MIGRATES = True


def summary() -> str:
    """One sentence for the help."""
    return say(
        "try Sutura with invented data, on this machine",
        "essayer Sutura avec des données inventées, sur cette machine",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    serve.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Pour the invented data once, then serve; the port is the first free one unless it is named."""
    from sutura.access.acting import beyond
    from sutura.audit import anchors
    from sutura.config import console, invented, registers
    from sutura.security import signing

    signing.make(anchors.key_file())
    with beyond(console.COMMAND):
        registers.load()
        invented.pour()
    if options.port is None:
        options.port = serve.first_free(options.host, serve.PORT)
    tell(options.host, options.port)
    return serve.run(options)


def tell(host: str, port: int) -> None:
    """The address, and with which invented accounts one comes in."""
    from django.conf import settings

    from sutura.people.models import Account

    print(
        say(
            f"Demonstration, everything is invented: http://{host}:{port}/",
            f"Démonstration, tout est inventé : http://{host}:{port}/",
        )
    )
    for account in Account.objects.filter(is_demo=True).order_by("pk"):
        print(f"  {account.username:<8} {account.post}")
    password = settings.SUTURA_DEMO_PASSWORD
    print(say(f"  one password for all: {password}", f"  un seul mot de passe : {password}"), flush=True)
