"""Law: views reach models only through `visible_to`, are functions, and ask a permission that exists."""

from __future__ import annotations

import ast

from sutura.access.roles import PERMISSIONS
from tests.laws.exceptions import UNSCOPED_VIEWS, VIEW_CLASSES
from tests.laws.source import PACKAGE, called, every_function, layer, python_files, tree, unexcused

MANAGERS = {"objects", "_default_manager", "_base_manager", "history"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
ASKING = {"needs", "may", "require", "scope", "regions"}


def unscoped(node: ast.AST) -> list[str]:
    """Reaches for rows that do not pass by `visible_to`."""
    scoped = {
        id(step)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "visible_to"
        for step in ast.walk(call.func.value)
    }
    found = [
        ast.unparse(child)
        for child in ast.walk(node)
        if isinstance(child, ast.Attribute)
        and child.attr in MANAGERS
        and id(child) not in scoped
        # A class has managers; a record's own `history` is reached through the record, which was fetched scoped.
        and isinstance(child.value, ast.Name)
        and child.value.id[:1].isupper()
    ]
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and called(call) in SHORTCUTS and call.args:
            source = call.args[0]
            if isinstance(source, ast.Name) and source.id[:1].isupper():
                found.append(ast.unparse(call))
    return found


def test_views_reach_models_through_visible_to():
    found, looked = {}, 0
    for path in layer("views"):
        for function in every_function(path):
            looked += 1
            reached = unscoped(function.node)
            if reached:
                found[function.name] = f"reaches {', '.join(reached)}"
    assert looked
    assert unexcused(found, UNSCOPED_VIEWS) == []


def test_views_are_functions():
    found = {
        f"{path.relative_to(PACKAGE).parts[0]}.{node.name}": "is a class"
        for path in layer("views")
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and any("View" in ast.unparse(base) for base in node.bases)
    }
    assert unexcused(found, VIEW_CLASSES) == []


def test_every_permission_asked_for_exists():
    asked = {}
    for path in python_files():
        for call in (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)):
            if called(call) not in ASKING:
                continue
            for argument in call.args:
                if (
                    isinstance(argument, ast.Constant)
                    and isinstance(argument.value, str)
                    and "." in argument.value
                ):
                    asked[argument.value] = f"{path.parent.name}/{path.name}"
    assert asked
    assert {name: where for name, where in asked.items() if name not in PERMISSIONS} == {}
