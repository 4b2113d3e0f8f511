"""How a file is handed to a browser: to be kept, never shown in place, and without any right if it is opened anyway."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponseBase

POLICY = "default-src 'none'; sandbox"
A = TypeVar("A", bound=HttpResponseBase)


def as_download(answer: A, name: str) -> A:
    """The answer with the headers of a file; `name` is of our making, and says nothing of a person."""
    plain = f'filename="{name}"' if name.isascii() and '"' not in name else f"filename*=UTF-8''{quote(name)}"
    answer["Content-Disposition"] = f"attachment; {plain}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "private, no-store"
    return answer
