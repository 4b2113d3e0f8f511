"""Long work on a page which tells how far it is: one answer, written while the work is done, without JavaScript.

The work has a thread and a connection of its own: it ends, whole or not at all, even when the browser has left. It
begins with the first words of the answer, once all that the request itself writes is written: SQLite lets one writer in
at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from sutura.access.errors import DomainError
from sutura.intake.registers.kinds import Tell

LONG = 50_000
"""Bytes of a file from which its page tells how far it is: a second or two of work."""
AT_LEAST, SHARE = 0.5, 0.1
"""Seconds between two words, and the share of the time that has passed: few words, however long it takes."""
SILENCE = 5.0
"""Seconds after which a blank is sent: nobody on the way takes the silence for an end."""
HERE = "[[…]]"
CUT = gettext_lazy("The work was cut before its end. Nothing was written, and the file is still there.")
"""Said when the fault is ours, not the file's."""

Work = Callable[[Tell], str]
"""What is done, telling how far it is; the address of the page where to go on."""


def watched(request: HttpRequest, work: Work, **page: Any) -> HttpResponse:
    """The page that shows how far the work is, and at its end the way on.

    `page`: `title`, and `back`, where the file is found when the work did not come to its end.
    """
    before, after = render_to_string("intake/working.html", page | {"here": HERE}, request).split(HERE)
    answer: Any = StreamingHttpResponse(_words(before, Working(work, page["back"]), after))
    answer["Cache-Control"] = "no-store"
    # Each word leaves at once: neither packed here nor gathered on the way.
    answer["Content-Encoding"] = "identity"
    answer["X-Accel-Buffering"] = "no"
    return answer


def _words(before: str, work: Working, after: str) -> Iterator[str]:
    yield before
    yield from work.words()
    yield after


class Working:
    """Work in a thread of its own, in the language and under the name of the request that asked for it."""

    def __init__(self, work: Work, back: str) -> None:
        self.work, self.back = work, back
        self.context, self.language = copy_context(), get_language()
        self.said: SimpleQueue[str | None] = SimpleQueue()
        self.started = self.due = monotonic()
        self.count = 0

    def words(self) -> Iterator[str]:
        """Begin, and hand on each word as it comes."""
        Thread(target=self.context.run, args=(self.begin,), daemon=True).start()
        while True:
            try:
                word = self.said.get(timeout=SILENCE)
            except Empty:
                word = "\n"
            if word is None:
                return
            yield word

    def begin(self) -> None:
        """In the language of the page, with a connection that is given back."""
        try:
            with override(self.language):
                self.run()
        finally:
            connections.close_all()
            self.said.put(None)

    def run(self) -> None:
        """To the end, whatever it is: the way on, or one sentence."""
        try:
            self.say("intake/work_done.html", next=self.work(self.tell))
        except DomainError as refusal:
            self.say("intake/work_cut.html", why=str(refusal), back=self.back)
        except Exception:
            logging.getLogger(__name__).exception("import cut")
            self.say("intake/work_cut.html", why=CUT, back=self.back)

    def tell(self, stage: str, done: int, total: int) -> None:
        """How far it is, now and then."""
        now = monotonic()
        if now < self.due:
            return
        self.due = now + max(AT_LEAST, SHARE * (now - self.started))
        self.count += 1
        far = {"value": done, "max": total} if total else {}
        self.say("ui/components/progress.html", label=stage_words(stage), id=f"step-{self.count}", **far)

    def say(self, template: str, **told: Any) -> None:
        """One word of the page."""
        self.said.put(render_to_string(template, told))


def stage_words(stage: str) -> str:
    """What is done, for a reader; a stage without words of its own is the sheet that is read."""
    words = {
        "open": _("Opening the file"),
        "check": _("Checking the rows"),
        "write": _("Writing the records"),
    }
    return words.get(stage) or _("Reading the sheet “%(sheet)s”") % {"sheet": stage}
