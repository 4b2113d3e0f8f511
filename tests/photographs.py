"""Photographs as a phone takes them: points, and beside them the place, the device and words."""

from __future__ import annotations

import io

from PIL import Image

LATITUDE, MAKER = (14.0, 29.0, 7.0), "zqR0000 phone"


def photograph(kind: str = "JPEG", size: tuple[int, int] = (32, 24), words: str = "zqR0000 place") -> bytes:
    """A picture with EXIF (GPS, device), a comment, and bytes after its end."""
    picture = Image.new("RGB", size, (40, 90, 150))
    exif = Image.Exif()
    exif[0x010F] = MAKER
    exif.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "W", 4: (4.0, 11.0, 30.0)})
    more = {"comment": words.encode()} if kind == "JPEG" else {}
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, **more)
    return out.getvalue() + words.encode()


def place_in(content: bytes) -> dict:
    """The GPS part of a picture, empty when it has none."""
    with Image.open(io.BytesIO(content)) as picture:
        return dict(picture.getexif().get_ifd(0x8825))
