"""A file between its dry run and its confirmation: kept a day at most, readable by the server alone."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path

from django.conf import settings

DAY = 24 * 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def folder() -> Path:
    """Where waiting files are; no address serves it."""
    return Path(settings.MEDIA_ROOT) / "intake-leads"


def hold(data: bytes) -> str:
    """Keep a file and return the word that finds it; files older than a day go."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in place.iterdir():
        if time.time() - old.stat().st_mtime > DAY:
            old.unlink(missing_ok=True)
    token = secrets.token_urlsafe(32)
    path = place / token
    path.touch(mode=0o600)
    path.write_bytes(data)
    return token


def held(token: str) -> bytes | None:
    """The file, if it is still there."""
    if not TOKEN.fullmatch(token):
        return None
    path = folder() / token
    return path.read_bytes() if path.is_file() else None


def release(token: str) -> None:
    """Take the file away."""
    if TOKEN.fullmatch(token):
        (folder() / token).unlink(missing_ok=True)
