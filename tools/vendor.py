"""Fetch the few foreign files that the pages and pictures use, at pinned versions, and record their hashes.

Run by a developer (`python -m tools.vendor`), never at install or at run time: the files are committed.
It packs each package by the npm client, copies only the files named here, strips source-map comments (they
make hashed static files fail), draws one sprite of the icons in use, and writes `vendor.json`.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

UI = Path(__file__).resolve().parent.parent / "src" / "sutura" / "ui"
VENDOR = UI / "static" / "ui" / "vendor"
LIST = VENDOR / "vendor.json"


class Package(NamedTuple):
    """A pinned package: its licence and, for each file wanted, where it goes below `ui/`."""

    name: str
    version: str
    licence: str
    files: dict[str, str]


HTMX = Package(
    "htmx.org",
    "4.0.1",
    "0BSD",
    {"dist/htmx.min.js": "static/ui/vendor/htmx.min.js", "LICENSE": "static/ui/vendor/htmx.LICENSE.txt"},
)
FONT = Package(
    "dejavu-fonts-ttf",
    "2.37.3",
    "Bitstream Vera and Arev fonts licence; changes in the public domain",
    {
        "ttf/DejaVuSansCondensed.ttf": "fonts/DejaVuSansCondensed.ttf",
        "ttf/DejaVuSansCondensed-Bold.ttf": "fonts/DejaVuSansCondensed-Bold.ttf",
        "LICENSE": "fonts/LICENSE.txt",
    },
)
LUCIDE = Package("lucide-static", "1.62.0", "ISC", {"LICENSE": "static/ui/vendor/lucide.LICENSE.txt"})
SPRITE = "static/ui/icons.svg"
ICONS = tuple(
    """
    archive arrow-left arrow-right arrow-up-right baby badge-check ban bell book-open building-2 calendar
    calendar-clock calendar-days chart-column check chevron-down chevron-left chevron-right circle
    circle-alert circle-check circle-dashed circle-dot circle-minus circle-question-mark circle-user circle-x
    clock copy door-open download external-link eye eye-off file-check file-spreadsheet file-text flag
    folder-open gavel git-compare-arrows hand-heart handshake history hospital hourglass house inbox info
    key-round languages layers link list list-checks list-filter lock log-out map map-pin message-square
    minus paperclip pencil phone play plus printer radio-tower refresh-cw save scale school search send
    shield shield-alert shield-check sliders-horizontal snowflake split sprout stamp table trending-up
    triangle-alert undo-2 upload user-plus user-round users x
    """.split()
)


def pack(package: Package, into: Path) -> Path:
    """Fetch one pinned package by the npm client and return the folder that it unpacks to."""
    folder = into / package.name
    folder.mkdir()
    subprocess.run(["npm", "pack", "--silent", f"{package.name}@{package.version}"], cwd=folder, check=True)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def copy(package: Package, source: Path) -> list[str]:
    """Copy the wanted files of one package, without source-map comments; return their places below `ui/`."""
    for inside, place in package.files.items():
        content = (source / inside).read_bytes()
        if place.endswith((".js", ".css")):
            content = re.sub(rb"\n?//[#@] ?sourceMappingURL=\S+", b"", content)
        target = UI / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return list(package.files.values())


def symbol(name: str, svg: str) -> str:
    """One icon file as a `<symbol>` of the sprite: shapes alone, on one line."""
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if shapes is None:
        raise ValueError(f"{name}: no <svg> element")
    body = re.sub(r"\s+", " ", shapes.group(1)).replace(" />", "/>").replace("> <", "><").strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>'


def draw_sprite(source: Path) -> str:
    """Write the sprite of the icons in use and return its place below `ui/`."""
    symbols = [symbol(name, (source / "icons" / f"{name}.svg").read_text("utf-8")) for name in ICONS]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg"><!-- lucide, ISC licence -->\n'
    (UI / SPRITE).write_text(sprite + "\n".join(symbols) + "\n</svg>\n", "utf-8")
    return SPRITE


def entry(package: Package, places: list[str]) -> dict[str, object]:
    """What `vendor.json` says of one package."""
    return {
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "files": {place: hashlib.sha256((UI / place).read_bytes()).hexdigest() for place in sorted(places)},
    }


def main() -> None:
    """Fetch, copy, draw and record everything."""
    entries = []
    with tempfile.TemporaryDirectory() as folder:
        for package in (HTMX, FONT, LUCIDE):
            source = pack(package, Path(folder))
            places = copy(package, source)
            if package is LUCIDE:
                places.append(draw_sprite(source))
            entries.append(entry(package, places))
    LIST.write_text(json.dumps(entries, indent=2) + "\n", "utf-8")
    print(f"{sum(len(e['files']) for e in entries)} files of {len(entries)} packages")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
