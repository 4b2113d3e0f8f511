"""Many who ask at once are served together: whoever comes first works for all that wait, the others take the answer.

Alone, one is served at once. While one round is under way the next one gathers; after a round of several, it is given
a moment until as many are there again, because a round costs nearly the same for two and for ten. Who comes alone after
many waits that moment too, once for each of them at most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Condition, Event
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
MOST = 64
"""Served in one round."""
COMPANY = 0.03
"""Seconds for which several are waited for at most."""


class _Turn(Generic[Asked, Answer]):
    """One who waits: for an answer, or to serve the next round."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.called = Event()
        self.serves = False
        self.answer: Answer | None = None


class Gathering(Generic[Asked, Answer]):
    """Serves several at once by `serve`, in the thread of one of them; an answer is None where it could not."""

    def __init__(self, serve: Callable[[Sequence[Asked]], Sequence[Answer | None]]) -> None:
        self.serve = serve
        self.company = Condition()
        self.expected = 0
        self.waiting: list[_Turn[Asked, Answer]] = []
        self.under_way = False

    def ask(self, asked: Asked) -> Answer | None:
        """The answer to one, served with whoever waits at the same time."""
        turn: _Turn[Asked, Answer] = _Turn(asked)
        with self.company:
            self.waiting.append(turn)
            if len(self.waiting) >= self.expected:
                self.company.notify()
            turn.serves, self.under_way = not self.under_way, True
        if not turn.serves:
            turn.called.wait()
        if turn.serves:
            self._round()
        return turn.answer

    def _round(self) -> None:
        """Serve whoever waits, oneself among them, then call the next to serve."""
        with self.company:
            if self.expected > 1:
                self.company.wait_for(lambda: len(self.waiting) >= self.expected, COMPANY)
            turns, self.waiting = self.waiting[:MOST], self.waiting[MOST:]
            # Slowly forgotten: who was late once is not left out of the next rounds too.
            self.expected = max(len(turns), self.expected - 1)
        try:
            answers = self.serve([turn.asked for turn in turns])
            for turn, answer in zip(turns, answers, strict=True):
                turn.answer = answer
        finally:
            with self.company:
                following = self.waiting[0] if self.waiting else None
                self.under_way = following is not None
            if following is not None:
                following.serves = True
                following.called.set()
            for turn in turns:
                turn.called.set()
