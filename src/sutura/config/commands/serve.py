"""`./sutura serve`: the product behind gunicorn, on this machine unless a host is named."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys

from sutura.config.language import say

NAME = "serve"
SERVES = True
MIGRATES = True
PORT = 8000
WORKERS, THREADS = 2, 16


def summary() -> str:
    """One sentence for the help."""
    return say("serve Sutura", "servir Sutura")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "--port",
        type=int,
        metavar="N",
        help=say(f"port to listen on ({PORT})", f"port d’écoute ({PORT})"),
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help=say("address to listen on (this machine only)", "adresse d’écoute (cette machine seulement)"),
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=WORKERS,
        metavar="N",
        help=say(f"server processes ({WORKERS})", f"processus du serveur ({WORKERS})"),
    )


def free(host: str, port: int) -> bool:
    """Whether a server may listen there."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


def first_free(host: str, port: int) -> int:
    """The first free port from `port` on, within a hundred."""
    return next((number for number in range(port, port + 100) if free(host, number)), port)


def run(options: argparse.Namespace) -> int:
    """Refuse a database that may lose what it acknowledges; collect the static files, serve until told to stop."""
    from sutura.config import soundness, statics
    from sutura.config.server import Server
    from sutura.disclosure.services.exports import forget_expired
    from sutura.people.services import machine

    soundness.require()
    port = PORT if options.port is None else options.port
    if not free(options.host, port):
        sentence = say(
            f"port {port} is not free: name another with --port",
            f"le port {port} n’est pas libre : choisissez-en un autre avec --port",
        )
        print(f"sutura: {sentence}", file=sys.stderr)
        return 1
    statics.collect_if_stale()
    forget_expired(by=machine("exports"))
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    Server(options.host, port, workers=options.workers, threads=THREADS).run()
    return 0
