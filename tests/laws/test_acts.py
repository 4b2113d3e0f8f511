"""Law: every act that the code records has its words in the log, in every language, and no words are left over."""

from __future__ import annotations

import ast

import pytest

from sutura.desk.choices import ACTS
from tests.laws.source import PACKAGE, called, python_files, tree

pytestmark = pytest.mark.once

RECORDS = {"record", "record_each"}


def acts_of(call: ast.Call) -> list[ast.expr]:
    """Where a call names an act: the second word of `record`, or `act=` in words handed to what records."""
    own = isinstance(call.func, ast.Name) or ast.unparse(call.func).startswith(("services.", "audit."))
    named = call.args[1:2] if own and called(call) in RECORDS else []
    handed = [
        word.value for word in call.keywords if word.arg == "act" and isinstance(word.value, ast.Constant)
    ]
    return [*named, *handed]


def test_every_act_is_told_in_words():
    told, unclear = set(), []
    for path in python_files():
        for call in (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)):
            for act in acts_of(call):
                if isinstance(act, ast.Constant):
                    told.add(act.value)
                elif ast.unparse(act) != "act":  # handed on by a function whose callers name it
                    unclear.append(f"{path.relative_to(PACKAGE)}: {ast.unparse(act)}")
    assert told
    assert unclear == []
    assert sorted(told) == sorted(ACTS)
