"""Law: a file has at most 400 lines, a function 40, a view 20, a template 150; exceptions by name."""

from __future__ import annotations

import pytest

from tests.laws.exceptions import TOO_LONG
from tests.laws.source import ROOT, dotted, every_function, layer, lines, python_files, templates, unexcused

pytestmark = pytest.mark.once

FILE, FUNCTION, VIEW, TEMPLATE = 400, 40, 20, 150


def test_nothing_is_too_long():
    found = {}
    views = set(layer("views"))
    code = python_files(ROOT / "src", ROOT / "tools")
    for path in [*code, *python_files(ROOT / "tests")]:
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > FILE:
            found[dotted(path)] = f"{length} lines in a file, {FILE} at most"
    for path in code:
        most = VIEW if path in views else FUNCTION
        for function in every_function(path):
            if lines(function.node) > most:
                found[function.name] = f"{lines(function.node)} lines in a function, {most} at most"
    for path in templates():
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > TEMPLATE:
            found[str(path.relative_to(ROOT))] = f"{length} lines in a template, {TEMPLATE} at most"
    assert code
    assert unexcused(found, TOO_LONG) == []
