"""Where the field's real files are: the folder `shared` beside the project, or the one SUTURA_SHARED names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("SUTURA_SHARED") or ROOT.parent / "shared")


def shared(*parts: str) -> Path:
    """The path of a shared file or folder; skips the test, saying so, when it is absent."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"real data absent: {'/'.join(parts)} (set SUTURA_SHARED to the shared folder)")
    return path
