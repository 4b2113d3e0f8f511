"""The data inventory: every field of every table, its class and the tier that reads it, from the code itself.

python -m tools.inventory            print it
python -m tools.inventory --write    write docs/data-inventory.md
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs" / "data-inventory.md"
HEAD = """# Data inventory

Made by `python -m tools.inventory --write` from the class of every field (`class Privacy` of each model); a law
compares. Versions of a record (history) have the classes of the record. The tiers are those of the page *Who may do
what*:

| class | tier | what it means |
|---|---|---|
| open | S0 | may be published as it stands |
| internal | S1 | for people with a role here |
| personal | S2 | about a person, by code: role and region |
| identifying | S3 | could lead to a person: named roles of the region |
| (any, where there is sexual violence) | S4 | for its group of the region; others read month, cercle and counts |

A field is read at its own tier or at that of its row, whichever is higher.
"""


def models() -> list[type[Any]]:
    """The tables of the product, without versions."""
    from django.apps import apps

    found = [
        model
        for model in apps.get_models()
        if model.__module__.startswith("sutura.") and not hasattr(model, "tracked_fields")
    ]
    return sorted(found, key=lambda model: model._meta.label)


def page() -> str:
    """The whole page."""
    from django.utils import translation

    from sutura.security.privacy import ROWS, classes, tier_of

    parts = [HEAD]
    with translation.override("en"):
        for model in models():
            meta = model._meta
            head = "| field | what | class | tier |\n|---|---|---|---|\n"
            parts.append(f"\n## {meta.label}\nRows: {ROWS[meta.app_label]}.\n\n{head}")
            for column in meta.concrete_fields:
                told = str(column.verbose_name).replace("|", "/")
                parts.append(
                    f"| `{column.name}` | {told} | {classes(model)[column.name]} | {tier_of(model, column.name)} |\n"
                )
    return "".join(parts)


def main() -> int:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(prog="python -m tools.inventory")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sutura.config.settings")
    import django

    django.setup()
    if options.write:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        sys.stdout.write(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
