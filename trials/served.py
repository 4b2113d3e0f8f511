"""The server of a trial, as a person starts it, on the trial's own database."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trials.stage import ROOT

NOT_SERVED = {"SUTURA_STATIC", "DJANGO_SETTINGS_MODULE"}


@contextmanager
def served() -> Iterator[int]:
    """The port on which it answers."""
    from django.conf import settings

    from sutura.config.commands.serve import first_free

    for path in Path(settings.DATA).glob("*.sqlite3*"):
        path.chmod(0o600)  # copied by the stage: the server refuses a file that others may read
    port = first_free("127.0.0.1", 8800)
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
