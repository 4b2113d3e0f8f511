"""Law: the page of roles is whole — no permission without a role, no role without a guide."""

from __future__ import annotations

import pytest

from sutura.access.roles import PERMISSIONS, ROLES
from tests.laws.source import ROOT


def test_every_permission_is_in_a_role():
    held = set().union(*(role.permissions for role in ROLES.values()))
    assert held == set(PERMISSIONS)


def test_every_role_says_what_it_is_for():
    assert len(ROLES) > 1
    assert [
        key for key, role in ROLES.items() if not str(role.label) or not str(role.summary).endswith(".")
    ] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_role_is_in_the_guide(language: str):
    pages = list((ROOT / "docs" / "guide" / language).glob("**/*.md"))
    if not pages:
        pytest.skip(f"docs/guide/{language} is not written yet")
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert [key for key in ROLES if f"`{key}`" not in text] == []
