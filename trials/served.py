"""The server of a trial, as a person starts it, on the trial's own database."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trials.stage import ROOT

NOT_SERVED = {"SUTURA_STATIC", "DJANGO_SETTINGS_MODULE"}


def free_port() -> int:
    """One that nobody listens on; two trials at once take two."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        number: int = trial.getsockname()[1]
        return number


@contextmanager
def served() -> Iterator[int]:
    """The port on which it answers."""
    from django.conf import settings

    for path in Path(settings.DATA).glob("*.sqlite3*"):
        path.chmod(0o600)  # copied by the stage: the server refuses a file that others may read
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "sutura", "serve", "--port", str(port)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={name: told for name, told in os.environ.items() if name not in NOT_SERVED},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        while not re.search(r"http://\S+", process.stdout.readline()):
            assert process.poll() is None, "the server did not start"
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)
        process.stdout.close()
