"""A form before it is published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Draft:
    """The sheet, the form made of it, what it is called, the files it asks for, and what was remarked."""

    form_id: str
    version: str
    title: str
    source: bytes
    xform: bytes
    media: frozenset[str] = frozenset()
    choices: bytes = b""
    """Choices that stand beside the form, in a file of their own."""
    warnings: tuple[str, ...] = ()
