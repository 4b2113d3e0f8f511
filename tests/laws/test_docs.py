"""Law: the guide does not lie — its settings, permissions, headings, links and screen labels are those of the code."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.utils import translation

from sutura.access.roles import PERMISSIONS, ROLES
from sutura.intake.columns import FORMAT
from tests.laws.source import PACKAGE, ROOT, python_files
from tools import messages

pytestmark = pytest.mark.once

LANGUAGES = ("fr", "en")
GUIDE = ROOT / "docs" / "guide"
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)[^)]*\)")
SETTING = re.compile(r"^(SUTURA_\w+) =", re.MULTILINE)
VARIABLE = re.compile(r"""["'](SUTURA_[A-Z_]+|XDG_DATA_HOME|DATABASE_URL|DJANGO_SETTINGS_MODULE)["']""")
# Names that nobody sets: the list of apps, switches that one process of ours hands to another.
OURS = {"SUTURA_APPS", "SUTURA_BARE", "SUTURA_DEMO"}


def pages(language: str) -> dict[str, str]:
    """Every page of the guide in a language, by name."""
    return {page.name: page.read_text(encoding="utf-8") for page in sorted((GUIDE / language).glob("*.md"))}


def plain(text: str) -> str:
    """A label without its typography and its line breaks, as a writer types it."""
    return re.sub(r"\s+", " ", text).replace("’", "'").strip()


def cells(row: str) -> list[str]:
    """The cells of a row of a table."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_and_variable_is_in_the_guide(language: str):
    named = set(SETTING.findall((PACKAGE / "config" / "settings.py").read_text(encoding="utf-8")))
    sources = [
        *python_files(PACKAGE),
        *python_files(ROOT / "tools"),
        *python_files(ROOT / "tests"),
        ROOT / "sutura",
    ]
    for source in sources:
        if source != Path(__file__):
            named |= set(VARIABLE.findall(source.read_text(encoding="utf-8")))
    text = "\n".join(pages(language).values())
    assert {"SUTURA_TLS", "SUTURA_QUEUE_DAYS", "DATABASE_URL", "SUTURA_VENV"} <= named
    assert sorted(name for name in named - OURS if f"`{name}`" not in text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_permissions_is_the_law(language: str):
    rows = [row for page in pages(language).values() for row in page.splitlines() if row.startswith("| ")]
    heads = [cells(row) for row in rows if [f"`{role}`" for role in ROLES] == cells(row)[2:]]
    assert len(heads) == 1
    told = {
        cells(row)[0]: [cells(row)[1], *(cell == "●" for cell in cells(row)[2:])]
        for row in rows
        if len(cells(row)) == len(ROLES) + 2
    }
    with translation.override(language):
        law = {
            f"`{name}` {each.label}": [each.tier, *(name in role.permissions for role in ROLES.values())]
            for name, each in PERMISSIONS.items()
        }
    assert {plain(name): held for name, held in told.items() if name != "Permission"} == {
        plain(name): held for name, held in law.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_is_told_with_its_words(language: str):
    text = plain("\n".join(pages(language).values()))
    with translation.override(language):
        rows = [plain(f"| `{key}` | {role.label} | {role.summary} |") for key, role in ROLES.items()]
    assert [row for row in rows if row not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_of_the_workbook_is_in_the_guide(language: str):
    text = plain("\n".join(pages(language).values()))
    wanted = []
    for columns in FORMAT.values():
        for column in columns:
            name = f"`{column.name}`{'*' if column.mandatory else ''}"
            wanted.append(plain(f"{name} {column.french}") if language == "fr" else name)
    assert [heading for heading in wanted if heading not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_bold_are_labels_of_the_screens(language: str):
    known = set()
    for app in messages.apps():
        for entry in messages.kept(app):
            said = [entry.msgid] if language == "en" else [entry.msgstr, *entry.msgstr_plural.values()]
            known |= {plain(text) for text in said}
    bold = {
        (name, plain(label))
        for name, text in pages(language).items()
        for label in BOLD.findall(FENCED.sub("", text))
    }
    assert len(bold) > 50
    assert sorted((name, label) for name, label in bold if label not in known) == []


def test_both_languages_have_the_same_pages():
    french, english = pages("fr"), pages("en")
    assert len(french) == len(english) > 10
    shape = [[text.count("\n## "), text.count("\n### "), text.count("```")] for text in french.values()]
    assert shape == [
        [text.count("\n## "), text.count("\n### "), text.count("```")] for text in english.values()
    ]


def test_every_link_of_the_pages_leads_somewhere():
    written = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{os.path.relpath(page, ROOT)}: {link}"
        for page in written
        for link in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
        if not link.startswith(("http:", "https:", "mailto:")) and not (page.parent / link).exists()
    ]
    assert dead == []


def test_pictures_stay_small():
    pictures = [*(ROOT / "docs" / "pictures").glob("*.png")]
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size >= 120_000] == []
