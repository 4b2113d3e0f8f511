"""The product's own server on a database of the bench, as `./sutura serve` starts it, with one bare page beside."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bench.stage import ROOT

PATIENCE = 60.0


@dataclass(frozen=True)
class Running:
    """A server: where it answers, and its first process."""

    address: str
    pid: int

    def cpu(self) -> float:
        """Seconds of processor which it and its workers have taken so far."""
        ticks = sum(int(words[11]) + int(words[12]) for _folder, words in self.processes())
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes which it and its workers hold now, a page that several share counted once."""
        kilobytes = 0
        for folder, _words in self.processes():
            with suppress(OSError):
                told = re.search(r"^Pss:\s+(\d+)", (folder / "smaps_rollup").read_text(), re.MULTILINE)
                kilobytes += int(told[1]) if told else 0
        return kilobytes / 1024

    def processes(self) -> Iterator[tuple[Path, list[str]]]:
        """Its folder in /proc and what the system tells of each of its processes (proc(5), `stat` after the name)."""
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # gone meanwhile
            if self.pid in (int(words[1]), int(stat.parent.name)):
                yield stat.parent, words


@contextmanager
def serving(folder: Path, database: Path | str, *, bare_page: bool = False) -> Iterator[Running]:
    """A running server on a file of SQLite or on the address of a database, stopped at the end."""
    port = free_port()
    environment = {
        **os.environ,
        "SUTURA_DATA": str(folder),
        "SUTURA_SECRET_KEY": "only-for-the-bench",
        "DATABASE_URL": database if isinstance(database, str) else f"sqlite:///{database}",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "bench.bare_settings" if bare_page else "sutura.config.settings",
    }
    command = [sys.executable, "-m", "sutura", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait(f"{address}/sign-in/", process)
        yield Running(address, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until it answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the server stopped at once")
        try:
            urlopen(url, timeout=10).close()
            return
        except URLError as error:
            if getattr(error, "code", None):
                return
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        number: int = trial.getsockname()[1]
        return number


def session(name: str, *, vault: bool = False) -> str:
    """Cookies of an account of the cast, come in with a second factor; for a process with Django on the database."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from bench.stage import PASSWORD, account
    from sutura.people import sessions
    from sutura.vault import session as vault_session

    user = account(name)
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request = HttpRequest()
    request.session = store
    sessions.mark(request, factor="totp")
    opened = vault_session.open_at_sign_in(request, user, PASSWORD) if vault else False
    store.save()
    held = f"{settings.SESSION_COOKIE_NAME}={store.session_key}"
    return f"{held}; {vault_session.cookie()}={request.vault_cookie}" if opened else held  # type: ignore[attr-defined]


def wrk() -> str | None:
    """The load generator, where it is installed."""
    return shutil.which("wrk")
