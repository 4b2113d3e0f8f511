"""Draws a photograph anew: its points and nothing else; run by `security.limited`, imports nothing of ours.

What a camera writes beside the picture (place, device, hour, owner, a smaller copy) and what a hostile hand hides
behind it stay with the original.
"""

from __future__ import annotations

import io
import sys
import warnings

POINTS = 50_000_000
SIDE = 6000
"""Longer sides are made smaller: no camera of the field needs more, and memory does."""
WRITTEN = {"JPEG": {"quality": 90}, "PNG": {}, "WEBP": {"quality": 90}}


def main(_words: list[str]) -> int:
    """Standard input to standard output; fails on whatever is not one of the three kinds, whole and of a true size."""
    from PIL import Image, ImageOps

    warnings.simplefilter("error")  # Pillow only warns of a picture which is too large, up to twice its limit
    Image.MAX_IMAGE_PIXELS = POINTS
    content = sys.stdin.buffer.read()
    with Image.open(io.BytesIO(content), formats=list(WRITTEN)) as given:
        kind = given.format or ""
        if given.width * given.height > POINTS:
            raise MemoryError
        given.draft(None, (SIDE, SIDE))
        picture = ImageOps.exif_transpose(given)
        picture.thumbnail((SIDE, SIDE))
        wanted = (
            "RGB" if kind == "JPEG" or picture.mode not in ("RGBA", "LA", "P", "L", "1") else picture.mode
        )
        picture = picture.convert("RGBA" if wanted == "P" else wanted)
    picture.info = {}
    out = io.BytesIO()
    picture.save(out, kind, **WRITTEN[kind])
    sys.stdout.buffer.write(out.getvalue())
    return 0
