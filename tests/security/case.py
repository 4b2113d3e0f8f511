"""One address to walk to, and a query string."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Case:
    """One address with real arguments; `insider` is somebody for whom it opens (GET 200), "" where only POST does."""

    name: str
    url: str
    insider: str


def words(**asked: object) -> str:
    """A query string."""
    return f"?{urlencode(asked)}"
