"""A paper of a body as PDF: set in a process of bounded time and memory, with our own fonts, without a network."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sutura.access.errors import DomainError
from sutura.coordination.papers import Paper
from sutura.security import child
from sutura.ui.pictures import FONTS
from sutura.ui.wording import language, says

MIME = "application/pdf"
SECONDS = 20
_PRESS = Path(__file__).with_name("press_process.py")


class NotPrinted(DomainError):
    """The press did not finish this paper."""

    def __init__(self) -> None:
        super().__init__(_("This paper is too long for a PDF. Take the Word document."))


def as_pdf(paper: Paper) -> bytes:
    """The bytes of the document; raises NotPrinted for what the press cannot finish."""
    try:
        with child.reading(_PRESS, str(FONTS), content=_given(paper), seconds=SECONDS) as printed:
            return printed.read()
    except (child.Stopped, child.NotUnderstood) as reason:
        raise NotPrinted from reason


def _given(paper: Paper) -> bytes:
    """What the press reads: the words as data, in the language of the reader."""
    words = {
        "draft": _("Draft: not validated yet."),
        "stamp": pgettext("across a page", "DRAFT"),
        "page": _("Page {n} of {of}"),
    }
    facts = [(says(label, "").rstrip(), value) for label, value in paper.facts]
    return json.dumps({**asdict(paper), "facts": facts, "lang": language(), "words": words}).encode()
