"""Hands the bytes of a stranger to a script in a limited process, and ends that process whatever happens."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sutura.security.limited import NOT_UNDERSTOOD, TOO_MUCH

MEGABYTES = 480
SECONDS = 60
_LIMITED = Path(__file__).with_name("limited.py")


class Stopped(Exception):
    """The script did not finish: it asked for too much, or was killed for it."""


class NotUnderstood(Exception):
    """The script read the bytes and they are not what it reads."""


@contextmanager
def reading(
    script: Path, *words: str, content: bytes, megabytes: int = MEGABYTES, seconds: int = SECONDS
) -> Iterator[IO[bytes]]:
    """What the script writes, while it runs over `content`; at the end of the block, raises unless it finished well.

    It gets no environment, so neither key nor address of the database; `seconds` are of its processor, and half as
    many more of the clock. Leaving the block early ends it at once.
    """
    command = [sys.executable, "-I", "-B", str(_LIMITED), str(megabytes), str(seconds), str(script), *words]
    process = subprocess.Popen(  # noqa: S603 - our own script, no word of the file on its command line
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"LANG": "C.UTF-8"},
        start_new_session=True,
    )  # fmt: skip
    clock = threading.Timer(seconds * 1.5, end, [process])
    feeder = threading.Thread(target=_feed, args=(process, content), daemon=True)
    clock.start()
    feeder.start()
    try:
        assert process.stdout is not None
        yield process.stdout
        process.wait()
    finally:
        clock.cancel()
        end(process)
        feeder.join(5)
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
    if process.returncode == NOT_UNDERSTOOD:
        raise NotUnderstood
    if process.returncode:  # also when the system killed it for its memory or its time
        raise Stopped(f"exit {process.returncode}" if process.returncode != TOO_MUCH else "too much")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process of ours, with whatever it may have started."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
        process.wait()


def _feed(process: subprocess.Popen[bytes], content: bytes) -> None:
    with contextlib.suppress(OSError):  # it may have stopped early; its exit says why
        assert process.stdin is not None
        process.stdin.write(content)
        process.stdin.close()
