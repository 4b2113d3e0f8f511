"""`./sutura import KIND FILE`: the files that come in, each kind by its own words."""

from __future__ import annotations

import argparse
import importlib
from importlib.util import find_spec
from types import ModuleType

from sutura.config.commands.import_lists import ListCommand
from sutura.config.language import LANGUAGES, say

NAME = "import"
MIGRATES = True
# What can be imported → the module beside this one that does it: summary(), add_arguments(parser), run(options).
KINDS = {"incidents": "import_incidents", "leads": "import_leads", "services": "import_services"}
UNDO = {"undo": "import_undo"}
# Lists of a register: all by one module, which is told the kind.
LISTS = ("facilities", "places", "trainees", "recommendations")


def summary() -> str:
    """One sentence for the help."""
    return say(
        "import a file: incidents, leads, services, facilities, places, trainees, recommendations",
        "importer un fichier : incidents, pistes, services, structures, lieux, personnes formées, recommandations",
    )


def modules() -> dict[str, ModuleType | ListCommand]:
    """Kind of file → what imports it, in order."""
    names = {kind: f"{__package__}.{name}" for kind, name in KINDS.items()}
    found: dict[str, ModuleType | ListCommand] = {
        kind: importlib.import_module(name) for kind, name in names.items() if find_spec(name) is not None
    }
    undo = {name: importlib.import_module(f"{__package__}.{module}") for name, module in UNDO.items()}
    return found | {kind: ListCommand(kind) for kind in LISTS} | undo


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed: the kind of file, then what that kind asks for."""
    title = say("kinds of file", "sortes de fichiers")
    below = parser.add_subparsers(dest="kind", metavar=say("KIND", "SORTE"), title=title, required=True)
    for kind, module in modules().items():
        text = module.summary()
        under = below.add_parser(kind, help=text, description=text)
        under.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        module.add_arguments(under)


def run(options: argparse.Namespace) -> int:
    """Hand over to the kind of file."""
    return modules()[options.kind].run(options)
