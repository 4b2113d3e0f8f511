"""A recorded shape of a JSON file, and what of a file does not fit it: a small part of JSON Schema is enough."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

FOLDER = Path(__file__).parent / "schemas"
PLAIN: dict[str, Any] = {"string": str, "number": (int, float)}
PARSED: dict[str, Any] = {"uuid": UUID, "date": date.fromisoformat}


def recorded(name: str) -> dict[str, Any]:
    """The shape that this file must have."""
    shape: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return shape


def misfits(value: Any, shape: dict[str, Any], at: str = "") -> Iterator[str]:
    """Where a value does not fit; nothing when all of it does."""
    if value is None and shape.get("nullable"):
        return
    if "enum" in shape:
        if value not in shape["enum"]:
            yield f"{at}: {value!r} is none of {shape['enum']}"
    elif shape["type"] == "object":
        yield from _object(value, shape, at)
    elif shape["type"] == "array":
        for index, each in enumerate(value):
            yield from misfits(each, shape["items"], f"{at}[{index}]")
    elif shape["type"] in PLAIN:
        if not isinstance(value, PLAIN[shape["type"]]) or isinstance(value, bool):
            yield f"{at}: {value!r} is no {shape['type']}"
    else:
        try:
            PARSED[shape["type"]](value)
        except (TypeError, ValueError):
            yield f"{at}: {value!r} is no {shape['type']}"


def _object(value: Any, shape: dict[str, Any], at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at}: {value!r} is no object"
        return
    yield from (f"{at}.{name} is missing" for name in shape.get("required", ()) if name not in value)
    yield from (f"{at}.{name} is not foreseen" for name in value if name not in shape["properties"])
    for name, inner in shape["properties"].items():
        if name in value:
            yield from misfits(value[name], inner, f"{at}.{name}")
