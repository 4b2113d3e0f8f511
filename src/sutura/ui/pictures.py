"""Charts and maps as PNG pictures for documents, by a rasteriser that needs no browser and no system font."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import resvg_py

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu Sans"
# The rasteriser drops words silently when it finds no font, so it is given ours and no other.
FILES = [str(FONTS / name) for name in ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf")]


@lru_cache(
    maxsize=32
)  # a note is taken more than once, in more than one shape; drawing is half of what it costs
def png(svg: str, *, width: int = 1200, background: str = "#ffffff") -> bytes:
    """An SVG drawing as PNG bytes, `width` pixels wide, words in the shipped font; raises ValueError on bad SVG."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        background=background,
        font_files=FILES,
        skip_system_fonts=True,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        serif_family=FAMILY,
        monospace_family=FAMILY,
    )
    return bytes(drawn)
