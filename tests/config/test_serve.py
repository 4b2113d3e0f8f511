"""The server as a person starts it: an address on standard output, a first page at once, static files compressed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from sutura.config.commands.serve import first_free, free

pytestmark = pytest.mark.once

NOT_OURS = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SUTURA_STATIC", "SUTURA_STATIC_FINDERS"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a Sutura that was started in an empty data folder."""
    port = first_free("127.0.0.1", 8700)
    environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "sutura", "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env={**environment, "SUTURA_DATA": str(tmp_path)},
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
def test_the_first_page_is_there_at_once_and_its_style_compressed(served: str):
    before = time.monotonic()
    status, headers, page = get(f"{served}sign-in/")
    assert status == 200
    assert time.monotonic() - before < 1
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    style = re.search(rb'href="/(static/[^"]+\.css)"', page)[1].decode()
    status, headers, _body = get(served + style, **{"Accept-Encoding": "br"})
    assert (status, headers["Content-Encoding"]) == (200, "br")
    assert "immutable" in headers["Cache-Control"]
    # One server at a time on a port.
    assert not free("127.0.0.1", int(served.rstrip("/").rpartition(":")[2]))
