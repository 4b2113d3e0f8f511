"""`python -m tests.matrix`: stage a database of its own, ask N cells, print what was found."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

SETTINGS = "tests.settings"
SHOWN = 40


def read(arguments: list[str] | None = None) -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(prog="python -m tests.matrix")
    parser.add_argument("--cells", type=int, default=10_000)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--folder", type=Path, help="a staged folder to use again, or to fill")
    parser.add_argument("--prefer", action="append", default=[], help="cells with this word are asked first")
    parser.add_argument("--stop", action="store_true", help="stop at the first fault")
    return parser.parse_args(arguments)


def begin(folder: Path) -> None:
    """Django, on a database file in the folder."""
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'matrix.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django
    from django.conf import settings

    django.setup()
    settings.MEDIA_ROOT = str(folder / "files")
    settings.ALLOWED_HOSTS = ["*"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def staged(folder: Path) -> object:
    """The plan of the folder: read if it is there, else the scene is built."""
    from tests.matrix import stage

    written = folder / "plan.json"
    if written.exists():
        told = json.loads(written.read_text())
        readers = [
            stage.Reader(**one | {"held": [stage.Held(**held) for held in one["held"]]})
            for one in told["readers"]
        ]
        return stage.Plan(
            readers,
            [stage.Address(**one) for one in told["addresses"]],
            [stage.Word(**one) for one in told["words"]],
        )
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable")  # tries are counted there
    plan = stage.build()
    written.write_text(json.dumps(asdict(plan)))
    return plan


def main() -> int:
    """0 when no cell leaks, none is closed to who may, and no address is undeclared."""
    options = read()
    with tempfile.TemporaryDirectory(prefix="sutura-matrix-") as own:
        return ask(options, options.folder or Path(own))


def ask(options: argparse.Namespace, folder: Path) -> int:
    """Walk, and tell."""
    begin(folder)
    from tests.laws.test_addresses import addresses
    from tests.matrix import oracle, walk

    plan = staged(folder)
    walked = walk.Walk(plan, oracle.read())
    undeclared = walked.undeclared(name for name, _address, _view in addresses())
    found = walked.walk(walk.cells(plan, options.cells, options.prefer), stop_at_first=options.stop)
    for fault in [*found.leaks, *(f"closed: {one}" for one in found.closed), *undeclared][:SHOWN]:
        print(fault, file=sys.stderr)
    told = {
        "cells": found.cells,
        "leaks": len(found.leaks),
        "undeclared": len(undeclared),
        "closed": len(found.closed),
        "signed": not oracle.unsigned(),
    }
    print(
        json.dumps(told)
        if options.format == "json"
        else " · ".join(f"{name} {n}" for name, n in told.items())
    )
    good = told["signed"] and not (found.leaks or found.closed or undeclared)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
