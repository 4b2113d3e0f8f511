"""Foreign files are the ones recorded, at the versions pinned, and light enough for a thin link."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import sutura.ui
from tools import vendor

UI = Path(sutura.ui.__file__).parent
STATIC = UI / "static" / "ui"


def entries() -> list[dict]:
    """What `vendor.json` says."""
    return json.loads((STATIC / "vendor" / "vendor.json").read_text("utf-8"))


def zipped(name: str) -> int:
    """Weight of a static file over the wire."""
    return len(gzip.compress((STATIC / name).read_bytes(), 9))


def test_every_vendored_file_has_its_recorded_hash() -> None:
    recorded = {place: sha for entry in entries() for place, sha in entry["files"].items()}
    actual = {place: hashlib.sha256((UI / place).read_bytes()).hexdigest() for place in recorded}
    assert actual == recorded


def test_no_vendored_file_is_unrecorded() -> None:
    recorded = {place for entry in entries() for place in entry["files"]}
    there = {
        str(path.relative_to(UI)) for folder in (STATIC / "vendor", UI / "fonts") for path in folder.iterdir()
    }
    assert there - {"static/ui/vendor/vendor.json"} == recorded - {vendor.SPRITE}


def test_the_record_names_the_pinned_versions_and_licences() -> None:
    pinned = {
        (package.name, package.version, package.licence)
        for package in (vendor.HTMX, vendor.FONT, vendor.LUCIDE)
    }
    assert {(entry["name"], entry["version"], entry["licence"]) for entry in entries()} == pinned


def test_the_sprite_holds_exactly_the_icons_in_use() -> None:
    sprite = (STATIC / "icons.svg").read_text("utf-8")
    assert re.findall(r'<symbol id="([^"]+)"', sprite) == list(vendor.ICONS)


def test_no_source_map_is_asked_for() -> None:
    assert b"sourceMappingURL" not in (STATIC / "vendor" / "htmx.min.js").read_bytes()


def test_the_own_files_are_light() -> None:
    assert zipped("sutura.css") < 10_000
    assert zipped("sutura.js") < 3_000
    assert zipped("icons.svg") < 5_000


def test_every_icon_named_in_a_template_of_any_app_is_in_the_sprite() -> None:
    package = UI.parent
    named = {
        name
        for template in package.glob("*/templates/**/*.html")
        for name in re.findall(r'(?:\{% icon |icon=)"([a-z0-9-]+)"', template.read_text("utf-8"))
    }
    assert named - set(vendor.ICONS) == set()
