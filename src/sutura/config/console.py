"""Finds the commands, reads what was typed in French or English, and turns refusals into one sentence."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn
from urllib.parse import urlsplit

from sutura.config import commands
from sutura.config.language import LANGUAGES, chosen, say

COMMAND = "a command of the server reads and writes the whole country, each act in the log under its own name"
# argparse speaks through gettext, for which no French exists; these are all the words it may say here.
ARGPARSE = {
    "usage: ": "usage : ",
    "positional arguments": "à donner",
    "options": "options",
    "show this help message and exit": "afficher cette aide",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "non compris : %s",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r n’est pas prévu (au choix : %(choices)s)",
    "invalid %(type)s value: %(value)r": "%(value)r n’est pas une valeur possible",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s est ambigu : %(matches)s",
    "one of the arguments %s is required": "il manque l’un de : %s",
    "not allowed with argument %s": "ne va pas avec %s",
    "ignored explicit argument %r": "valeur de trop : %r",
}


class Parser(argparse.ArgumentParser):
    """Refuses in one sentence, and names the way to help."""

    def error(self, message: str) -> NoReturn:
        hint = say(f"see {self.prog} --help", f"voir {self.prog} --help")
        self.exit(2, f"sutura: {message} ({hint})\n")


def modules() -> dict[str, ModuleType]:
    """Command name → module, by name."""
    found = {}
    for info in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"{commands.__name__}.{info.name}")
        if hasattr(module, "NAME"):
            found[module.NAME] = module
    return dict(sorted(found.items()))


def parser_for(known: dict[str, ModuleType]) -> Parser:
    """The parser of everything that can be typed."""
    argparse._ = translated  # type: ignore[attr-defined]  # its only door for another language
    language = argparse.ArgumentParser(add_help=False)
    language.add_argument(
        "--lang",
        choices=LANGUAGES,
        help=say("language of the answers (fr or en)", "langue des réponses (fr ou en)"),
    )
    parser = Parser(
        prog="./sutura",
        parents=[language],
        description=say(
            "Sutura: from an alert to a verified figure, for the children of Mali.",
            "Sutura : de l’alerte au chiffre vérifié, pour les enfants du Mali.",
        ),
        epilog=say(
            "DATABASE_URL names the database; without it, a file in your data folder.",
            "DATABASE_URL désigne la base ; à défaut, un fichier de votre dossier de données.",
        ),
    )
    title = say("commands", "commandes")
    below = parser.add_subparsers(dest="command", metavar=title.upper()[:-1], title=title)
    for name, module in known.items():
        text = module.summary()
        # The language may be said after the command too; there it must not overwrite what was said before.
        under = below.add_parser(name, help=text, description=text)
        languages = getattr(module, "LANGUAGES", LANGUAGES)
        under.add_argument("--lang", choices=languages, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        module.add_arguments(under)
    return parser


def translated(text: str) -> str:
    """argparse's words in the language of the command."""
    return ARGPARSE.get(text, text) if chosen() == "fr" else text


def unknown(name: str, known: dict[str, ModuleType]) -> str:
    """The sentence for a command that does not exist."""
    listed = ", ".join(known)
    return say(
        f"there is no command {name!r}; there are: {listed}", f"pas de commande {name!r} ; il y a : {listed}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused or failed, 2 not understood."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    known = modules()
    parser = parser_for(known)
    name = next((word for word in typed if not word.startswith("-") and word not in LANGUAGES), None)
    if name is not None and name not in known:
        print(f"sutura: {unknown(name, known)}", file=sys.stderr)
        return 2
    options = parser.parse_args(typed)
    if options.command is None:
        parser.print_help()
        return 0
    return perform(known[options.command], options)


def perform(module: ModuleType, options: argparse.Namespace) -> int:
    """Set Django up, bring schema and catalogues in order, run; every refusal is one sentence on standard error."""
    from sutura.config.env import BadSetting

    try:
        asked = getattr(module, "needs_database", lambda _options: getattr(module, "NEEDS_DATABASE", True))
        if asked(options):
            connect_as(owner=getattr(module, "AS_OWNER", False))
            start_django()
            return with_database(module, options)
        return module.run(options)
    except BadSetting as refusal:
        return refuse(refusal)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has left; nothing is wrong, and Python must not complain while closing it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def connect_as(*, owner: bool) -> None:
    """The owner of a PostgreSQL database is for the commands that make it; no other command, no child learns of it."""
    url = os.environ.pop("SUTURA_DATABASE_OWNER_URL", "")
    if owner and url:
        os.environ.setdefault(
            "SUTURA_SERVER_ROLE", urlsplit(os.environ.get("DATABASE_URL", "")).username or ""
        )
        os.environ["DATABASE_URL"] = url


def start_django() -> None:
    """Compile the catalogues, load the apps, speak the person's language."""
    import django
    from django.utils import translation

    from sutura.config.catalogues import compile_stale

    # The database and its neighbours hold children's facts: other accounts of the machine do not read them.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sutura.config.settings")
    compile_stale()
    django.setup()
    translation.activate(chosen())


def with_database(module: ModuleType, options: argparse.Namespace) -> int:
    """Run a command on a schema that fits it."""
    from django.db.utils import OperationalError

    from sutura.access.acting import beyond
    from sutura.access.errors import DomainError
    from sutura.config import schema

    try:
        with beyond(COMMAND):
            if getattr(module, "NEEDS_SCHEMA", True):
                schema.ensure(may_upgrade=wants_upgrade(module, options))
            if not getattr(module, "SERVES", False):
                return module.run(options)
        return module.run(options)  # each request is answered as whoever signed in
    except DomainError as refusal:
        return refuse(refusal)
    except OperationalError as error:
        # The text of a database error may hold values; its class says enough.
        return refuse(
            say(
                f"the database cannot be used ({type(error).__name__}): check DATABASE_URL and that it is running",
                f"base inutilisable ({type(error).__name__}) : vérifiez DATABASE_URL et qu’elle est en marche",
            )
        )


def wants_upgrade(module: ModuleType, options: argparse.Namespace) -> str:
    """`always` when asked for, `sqlite` for the commands that look after a person's own file, else `never`."""
    if getattr(options, "upgrade", False):
        return "always"
    return "sqlite" if getattr(module, "MIGRATES", False) else "never"


def refuse(reason: Any) -> int:
    """One sentence on standard error."""
    print(f"sutura: {reason}", file=sys.stderr)
    return 1
