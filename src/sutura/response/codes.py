"""Codes of dockets, made by chance: none is that of the child in another register, and none tells an order."""

from __future__ import annotations

import secrets

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # none that anybody mistakes when a code is read out on the phone


def new_code(letter: str = "R") -> str:
    """A code such as `R-7KX2-M9RB`; the database refuses the rare double."""
    letters = "".join(secrets.choice(LETTERS) for _each in range(8))
    return f"{letter}-{letters[:4]}-{letters[4:]}"
