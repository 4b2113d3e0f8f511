"""The code of the project as the laws read it: files, trees, functions, by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sutura"
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def apps() -> list[str]:
    """The apps which have landed."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/apps.py"))


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def python_files(*folders: Path) -> list[Path]:
    """The Python of these folders (default: the package), without migrations."""
    return sorted(
        path
        for folder in folders or (PACKAGE,)
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts
    )


def templates() -> list[Path]:
    """Every HTML template of every app."""
    return sorted(PACKAGE.glob("*/templates/**/*.html"))


def layer(name: str) -> list[Path]:
    """The files of one in-app layer: `services.py`, or every file of `services/`, of every app."""
    return sorted([*PACKAGE.glob(f"*/{name}.py"), *PACKAGE.glob(f"*/{name}/*.py")])


def dotted(path: Path) -> str:
    """`incidents.services.opening` for a file of the package; `tools.messages` for one beside it."""
    base = PACKAGE if path.is_relative_to(PACKAGE) else ROOT
    return ".".join(path.relative_to(base).with_suffix("").parts)


@dataclass(frozen=True)
class Function:
    """A function at the head of a module, under the name by which exceptions are listed."""

    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def plain(self) -> str:
        """The name without its module."""
        return self.node.name

    @property
    def public(self) -> bool:
        """Whether other modules may call it."""
        return not self.node.name.startswith("_")

    def calls(self) -> Iterator[ast.Call]:
        """Every call in it."""
        return (node for node in ast.walk(self.node) if isinstance(node, ast.Call))


def functions(path: Path) -> list[Function]:
    """The functions at the head of a module."""
    return [
        Function(f"{dotted(path)}.{node.name}", node)
        for node in tree(path).body
        if isinstance(node, FUNCTION)
    ]


def every_function(path: Path) -> Iterator[Function]:
    """All functions and methods of a module, named by their place in it."""

    def walk(node: ast.AST, prefix: str) -> Iterator[Function]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, FUNCTION):
                yield Function(f"{prefix}.{child.name}", child)
            inside = isinstance(child, (ast.ClassDef, *FUNCTION))
            yield from walk(child, f"{prefix}.{child.name}" if inside else prefix)

    return walk(tree(path), dotted(path))


def called(node: ast.Call) -> str:
    """The last word of what is called: `require`, `filter`, `get_object_or_404`."""
    target = node.func
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def decorators(function: Function) -> list[str]:
    """The decorators of a function, as written."""
    return [ast.unparse(decorator) for decorator in function.node.decorator_list]


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How long a function is, its docstring not counted."""
    body = node.body
    has_words = ast.get_docstring(node, clean=False) is not None
    words = body[0].end_lineno - body[0].lineno + 1 if has_words else 0
    return node.end_lineno - node.lineno + 1 - words


def unexcused(found: dict[str, str], excused: dict[str, str]) -> list[str]:
    """What breaks a law and is not excused, and every excuse that nobody needs any more."""
    faults = [f"{name}: {why}" for name, why in sorted(found.items()) if name not in excused]
    return faults + [
        f"{name}: excused in exceptions.py without need" for name in sorted(set(excused) - set(found))
    ]
