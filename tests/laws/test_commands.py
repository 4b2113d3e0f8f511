"""Law: every command loads without Django, helps in both languages, and is in the README and the guide."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sutura.config import console
from tests.laws.source import ROOT

SET_HERE = {"LANG", "LC_ALL", "LC_MESSAGES", "SUTURA_LANG", "DJANGO_SETTINGS_MODULE", "DATABASE_URL"}


def ask(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own, in a folder of its own."""
    command = [sys.executable, "-P", "-m", "sutura", *arguments]
    clean = {name: value for name, value in os.environ.items() if name not in SET_HERE}
    return subprocess.run(command, capture_output=True, text=True, env={**clean, **environment}, check=False)


def test_commands_load_without_django():
    program = (
        "import sys, json; from sutura.config import console; names = list(console.modules());"
        "print(json.dumps([names, 'django.db.models' in sys.modules]))"
    )
    told = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True)
    names, django = json.loads(told.stdout)
    assert {"demo", "init", "serve", "test"} <= set(names)
    assert not django


@pytest.mark.parametrize(("language", "word"), [("fr", "usage : "), ("en", "usage: ")])
def test_every_command_helps_in_both_languages(language: str, word: str):
    for name in console.modules():
        told = ask(name, "--help", "--lang", language)
        assert told.returncode == 0, told.stderr
        assert told.stdout.startswith(f"{word}./sutura {name}")


def test_help_is_french_unless_the_locale_is_english():
    assert "commandes" in ask("--help").stdout
    assert "commands" in ask("--help", LANG="en_GB.UTF-8").stdout


def test_an_unknown_command_is_refused_in_one_sentence():
    told = ask("danse")
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert "danse" in told.stderr


def test_a_wrong_setting_is_refused_in_one_sentence(tmp_path: Path):
    told = ask("init", DATABASE_URL="mysql://nowhere/x", SUTURA_DATA=str(tmp_path))
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert "DATABASE_URL" in told.stderr


def test_every_command_is_in_the_readme_and_the_guide():
    pages = [ROOT / "README.md", *(ROOT / "docs" / "guide" / "fr").glob("**/*.md")]
    written = [page.read_text(encoding="utf-8") for page in pages if page.exists()]
    if len(written) < 2:
        pytest.skip("README.md and docs/guide/fr are not both written yet")
    for name in console.modules():
        assert f"./sutura {name}" in written[0], name
        assert any(f"./sutura {name}" in text for text in written[1:]), name
