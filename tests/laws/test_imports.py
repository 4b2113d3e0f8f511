"""Law: imports follow the arrow, and inside an app the order of the files; so do foreign keys."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps as installed

from tests.laws.source import PACKAGE, ROOT, apps

pytestmark = pytest.mark.once

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def arrow() -> list[set[str]]:
    """The layers from the top, each with the apps that may not know each other."""
    contract = next(item for item in CONTRACTS if item["id"] == "arrow")
    return [{name.strip(" ()") for name in layer.split("|")} for layer in contract["layers"]]


def test_every_app_has_its_place_in_both_contracts():
    placed = {name for layer in arrow() for name in layer} - {"config"}
    ordered = {
        name.removeprefix("sutura.")
        for item in CONTRACTS
        if item["id"] == "order"
        for name in item["containers"]
    }
    assert apps()
    assert set(apps()) <= placed
    assert set(apps()) <= ordered <= placed


def test_imports_keep_the_contracts(tmp_path: Path):
    """The contracts of pyproject.toml on the apps which have landed."""
    text = (ROOT / "pyproject.toml").read_text()
    landed = {f"sutura.{path.parent.name}" for path in PACKAGE.glob("*/__init__.py")}
    kept = [line for line in text.splitlines() if not absent_container(line, landed)]
    config = tmp_path / "pyproject.toml"
    config.write_text("\n".join(kept))
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", config]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert told.returncode == 0, told.stdout[-6000:] + told.stderr[-2000:]
    assert "3 kept, 0 broken" in told.stdout


def absent_container(line: str, landed: set[str]) -> bool:
    """Whether a line of the configuration names an app which has not landed."""
    word = line.strip().strip('",')
    return (
        word.startswith("sutura.")
        and word.count(".") == 1
        and word not in landed
        and line.startswith('    "')
    )


def test_foreign_keys_follow_the_arrow():
    """A key that points up the arrow slips past imports through its reverse relation."""
    depth = {name: number for number, layer in enumerate(arrow()) for name in layer}
    looked, wrong = 0, []
    for model in installed.get_models():
        # A version of a record names who wrote it; nobody reaches a record through that.
        if not model.__module__.startswith("sutura.") or hasattr(model, "tracked_fields"):
            continue
        mine = model._meta.app_label
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model._meta.app_label in depth:
                looked += 1
                theirs = field.related_model._meta.app_label
                if depth[theirs] < depth[mine] or (depth[theirs] == depth[mine] and theirs != mine):
                    wrong.append(f"{model._meta.label}.{field.name} points up to {theirs}")
    assert looked
    assert wrong == []
