"""Law: what is installed is what pyproject.toml pins, and each file of it has its hash."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.laws.source import ROOT

pytestmark = pytest.mark.once

LINE = re.compile(r"^([\w.-]+)(?:\[[\w,.-]+\])?==([\w.]+)", re.MULTILINE)


def listed(name: str) -> dict[str, str]:
    """Package → version of a hashed list."""
    return {package.lower(): version for package, version in LINE.findall((ROOT / name).read_text())}


def direct(group: str) -> dict[str, str]:
    """Package → version that pyproject.toml pins."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] if group == "runtime" else project["dependency-groups"][group]
    return {package.lower(): version for line in wanted for package, version in LINE.findall(line)}


def test_every_direct_dependency_is_pinned_and_listed():
    runtime, development = direct("runtime"), direct("dev")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert len(runtime) == len(project["project"]["dependencies"])
    assert len(development) == len(project["dependency-groups"]["dev"])
    assert runtime.items() <= listed("requirements.txt").items()
    assert {**runtime, **development}.items() <= listed("requirements-dev.txt").items()
    assert listed("requirements.txt").items() <= listed("requirements-dev.txt").items()


def test_every_listed_package_has_its_hash():
    text = (ROOT / "requirements-dev.txt").read_text()
    blocks = re.split(r"\n(?=[\w.-]+(?:\[[\w,.-]+\])?==)", text)
    assert [block.split()[0] for block in blocks if LINE.match(block) and "--hash=sha256:" not in block] == []
