"""Compiles the French catalogues in pure Python: a fresh machine has no gettext."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent


def stale() -> list[Path]:
    """The catalogues whose compiled form is missing or older."""
    found = []
    for source in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            found.append(source)
    return found


def compile_stale() -> int:
    """Compile what is stale and say how many; two processes at once do no harm, a read-only tree is left as it is."""
    done = 0
    for source in stale():
        if not os.access(source.parent, os.W_OK):
            continue
        moment = source.stat().st_mtime_ns
        handle, name = tempfile.mkstemp(dir=source.parent, suffix=".mo.part")
        os.close(handle)
        polib.pofile(str(source)).save_as_mofile(name)
        Path(name).chmod(0o644)
        # The compiled file bears its source's time: an edit made meanwhile stays newer.
        os.utime(name, ns=(moment, moment))
        Path(name).replace(source.with_suffix(".mo"))
        done += 1
    return done
