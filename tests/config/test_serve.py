"""The server as a person starts it: an address on standard output, its pages and static files, all its processes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from sutura.config.commands.serve import first_free, free

pytestmark = pytest.mark.once

NOT_OURS = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SUTURA_STATIC", "SUTURA_STATIC_FINDERS"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Sutura that was started in an empty data folder."""
    port = first_free("127.0.0.1", 8700)
    environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "sutura", "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env={**environment, "SUTURA_DATA": str(tmp_path_factory.mktemp("data"))},
    )
    try:
        said = process.stdout.readline()
        yield re.search(r"http://\S+", said)[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)
        process.stdout.close()


def get(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and bytes of an address."""
    with urlopen(Request(address, headers=headers), timeout=10) as answer:
        return answer.status, dict(answer.headers), answer.read()


@pytest.mark.slow
def test_the_first_page_is_there_and_its_style_compressed(served: str):
    status, headers, page = get(f"{served}sign-in/")
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    style = re.search(rb'href="/(static/[^"]+\.css)"', page)[1].decode()
    status, headers, _body = get(served + style, **{"Accept-Encoding": "br"})
    assert (status, headers["Content-Encoding"]) == (200, "br")
    assert "immutable" in headers["Cache-Control"]
    # One server at a time on a port.
    assert not free("127.0.0.1", int(served.rstrip("/").rpartition(":")[2]))


@pytest.mark.slow
def test_connections_that_stay_are_shared_among_the_processes(served: str):
    port = int(served.rstrip("/").rpartition(":")[2])
    with ExitStack() as held:
        for _each in range(16):
            link = held.enter_context(closing(HTTPConnection("127.0.0.1", port, timeout=30)))
            link.request("GET", "/sign-in/")
            assert link.getresponse().read()
            time.sleep(0.02)
        holders = Counter(process for inode in established(port) for process in with_open(inode))
    assert (len(holders), sum(holders.values()), min(holders.values()) > 1) == (2, 16, True)


def established(port: int) -> list[str]:
    """The sockets of the server through which somebody holds a connection (proc(5), `net/tcp`)."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [words[9] for words in lines if words[1].endswith(f":{port:04X}") and words[3] == "01"]


def with_open(inode: str) -> set[str]:
    """The processes that have a socket open."""
    found = set()
    for file in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):  # gone meanwhile, or somebody else's
            if str(file.readlink()) == f"socket:[{inode}]":
                found.add(file.parts[2])
    return found
