"""Runs one script of ours over bytes of a stranger, in a process which can do nothing else.

`python -I limited.py MEGABYTES SECONDS SCRIPT [WORD…]`, the bytes on standard input, the answer on standard output.
Bounded memory and processor time, no file written, no network, no other program. It imports nothing of ours: what a
hostile file gets hold of here holds neither key nor database. Errors are told by the exit alone.
"""

from __future__ import annotations

import contextlib
import os
import runpy
import sys
from typing import Any

NEW_NETWORK, NEW_USERS, NO_NEW_RIGHTS = 0x40000000, 0x10000000, 38
REFUSED = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.spawn",
    "ctypes.",
    "pty.",
)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
TOO_MUCH, NOT_UNDERSTOOD = 3, 4


def bound(megabytes: int, seconds: int) -> None:
    """Memory, processor time, no core, no byte written to a file: the system itself stops what goes beyond."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in (
        (resource.RLIMIT_AS, megabytes * 1024**2),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def alone() -> None:
    """No network where the system allows to leave it (Linux); and never a socket, a program or a library."""
    with contextlib.suppress(OSError, AttributeError, ImportError):
        import ctypes

        system = ctypes.CDLL(None)
        system.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0)
        system.unshare(NEW_USERS | NEW_NETWORK)
    sys.addaudithook(refuse)


def refuse(event: str, arguments: Any) -> None:
    """Python asks here before it opens a socket, a file to write, a program; nothing takes this answer back."""
    if event.startswith(REFUSED) or (
        event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES
    ):
        raise PermissionError(event)


def main(arguments: list[str]) -> int:
    """The exit of the script: 0 done, 3 asked for too much, 4 not understood."""
    megabytes, seconds, script, *words = arguments
    bound(int(megabytes), int(seconds))
    try:
        run = runpy.run_path(script)["main"]  # its libraries are loaded by it, so within the bounds
        alone()
        return int(run(words))
    except MemoryError:
        return TOO_MUCH
    except Exception:
        return NOT_UNDERSTOOD


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
