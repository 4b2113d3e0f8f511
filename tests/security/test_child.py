"""The process which reads a stranger's bytes can do nothing else, and always ends."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from sutura.security import child

pytestmark = pytest.mark.once

SCRIPT = Path(__file__).parent / "children" / "idle.py"


def said(*words: str, content: bytes = b"", seconds: int = 2) -> str:
    with child.reading(SCRIPT, *words, content=content, seconds=seconds) as out:
        return out.read().decode()


def test_it_gets_the_bytes_and_no_key_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUTURA_SECRET_KEY", "zq")
    monkeypatch.setenv("DATABASE_URL", "zq")
    assert said("tell", content=b"x" * 5_000_000) in ("5000000 ['LANG']", "5000000 ['LANG', 'LC_CTYPE']")


@pytest.mark.parametrize("act", ["memory", "hang", "spin"])
def test_it_is_stopped(act: str) -> None:
    started = time.monotonic()
    with pytest.raises(child.Stopped):
        said(act, seconds=1)
    assert time.monotonic() - started < 8


@pytest.mark.parametrize("act", ["connect", "start", "fork", "write"])
def test_it_may_do_nothing_else(act: str, tmp_path: Path) -> None:
    with pytest.raises(child.NotUnderstood):
        said(act, str(tmp_path / "x"))
    assert list(tmp_path.iterdir()) == []


def test_no_card_of_the_network_is_in_its_sight() -> None:
    cards = {line.partition(":")[0].strip() for line in said("network").splitlines()[2:]}
    leaving = subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True, check=False)
    # Where the system lets no process leave its network, the socket itself is refused: the test above.
    assert cards == {"lo"} or leaving.returncode != 0


def test_leaving_early_ends_it() -> None:
    started = time.monotonic()
    with pytest.raises(KeyError), child.reading(SCRIPT, "hang", content=b"", seconds=30):
        raise KeyError
    assert time.monotonic() - started < 8
