"""In which language a command speaks, decided before Django is there to ask."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

LANGUAGES = ("fr", "en")


def chosen(arguments: Sequence[str] | None = None) -> str:
    """`fr` or `en`: --lang first, then SUTURA_LANG and the locale; French when nothing says otherwise."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for index, word in enumerate(words):
        if word == "--lang" or word.startswith("--lang="):
            value = word.partition("=")[2] or " ".join(words[index + 1 : index + 2])
            return "en" if value.startswith("en") else "fr"
    for name in ("SUTURA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "en" if os.environ[name].startswith("en") else "fr"
    return "fr"


def say(en: str, fr: str) -> str:
    """The sentence in the language of whoever typed the command."""
    return en if chosen() == "en" else fr
