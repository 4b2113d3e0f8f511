"""Law: every label has its French, and one English label has one French in all apps."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import pytest

from tests.laws.exceptions import TWO_FRENCH
from tests.laws.source import PACKAGE, apps, python_files, templates, tree, unexcused
from tools import messages

pytestmark = pytest.mark.once

GETTEXT = {"_", "gettext", "gettext_lazy"}
TRANSLATE = re.compile(r"""\{%\s*(?:translate|trans)\s+(["'])(.*?)\1""")


def labels_by_eye(app: str) -> set[str]:
    """The plain labels of an app, found without gettext: `_("…")` in Python and {% translate "…" %} in templates."""
    found = set()
    for path in python_files(PACKAGE / app):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    for path in templates():
        if path.is_relative_to(PACKAGE / app):
            found |= {text for _, text in TRANSLATE.findall(path.read_text(encoding="utf-8"))}
    return found


def test_every_label_found_by_eye_has_its_french():
    missing = {}
    for app in apps():
        french = {entry.msgid for entry in messages.kept(app) if not messages.faults_of(entry)}
        lacking = labels_by_eye(app) - french
        if lacking:
            missing[app] = sorted(lacking)
    assert any(labels_by_eye(app) for app in apps())
    assert missing == {}


def test_catalogues_are_complete():
    """With gettext: everything extracted is there, in French, with its placeholders, and nothing else."""
    if not messages.gettext_present():
        pytest.skip("gettext is not installed (xgettext)")
    wrong = [fault for app in apps() for fault in messages.faults(app, messages.extract(app))]
    assert wrong == []


def test_one_english_has_one_french():
    """Django merges the catalogues: of two French for one label, the first app's would silently win everywhere."""
    said: dict[tuple[str, str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for app in apps():
        for entry in messages.kept(app):
            french = entry.msgstr or "|".join(entry.msgstr_plural.values())
            if french:
                said[messages.key(entry)][french].add(app)
    found = {
        label[1]: "; ".join(f"{french!r} in {', '.join(sorted(where))}" for french, where in ways.items())
        for label, ways in said.items()
        if len(ways) > 1
    }
    assert said
    assert unexcused(found, TWO_FRENCH) == []
