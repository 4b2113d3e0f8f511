"""Codes for children who are followed across incidents: made by chance, so that nobody is tempted to write a name."""

from __future__ import annotations

import secrets

from sutura.incidents.models import Child

# Letters and digits that nobody mistakes when a code is read out on the phone.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_key() -> str:
    """A code such as `E-7KX2-M9RB` which no child has yet."""
    while True:
        letters = "".join(secrets.choice(LETTERS) for _ in range(8))
        key = f"E-{letters[:4]}-{letters[4:]}"
        if not Child.objects.filter(key=key).exists():
            return key
