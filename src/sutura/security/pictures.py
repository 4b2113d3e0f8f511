"""Photographs leave as they look, and without what the camera wrote beside them: above all the place."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sutura.security import child
from sutura.security.filetypes import NotTaken

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
MOST = 64 * 1024 * 1024
_DRAWER = Path(__file__).with_name("picture_process.py")


def redrawn(content: bytes) -> bytes:
    """The picture alone, of the same kind; raises NotTaken for what cannot be drawn."""
    try:
        with child.reading(_DRAWER, content=content, seconds=20) as drawn:
            return drawn.read(MOST)
    except child.NotUnderstood as reason:
        said = _("This picture cannot be read: it is damaged. Open it on the phone and save it again.")
        raise NotTaken(said) from reason
    except child.Stopped as reason:
        said = _("This picture is too large: 50 million points at most. Make it smaller.")
        raise NotTaken(said) from reason
