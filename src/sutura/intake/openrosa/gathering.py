"""Many who ask at once are served together: whoever comes first works for all that wait, the others take the answer.

Nobody waits for company: alone, one is served at once. While one round is under way the next one gathers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event, Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
MOST = 64
"""Served in one round."""


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
        self.lock = Lock()
        self.waiting: list[_Turn[Asked, Answer]] = []
        self.under_way = False

    def ask(self, asked: Asked) -> Answer | None:
        """The answer to one, served with whoever waits at the same time."""
        turn: _Turn[Asked, Answer] = _Turn(asked)
        with self.lock:
            self.waiting.append(turn)
            turn.serves, self.under_way = not self.under_way, True
        if not turn.serves:
            turn.called.wait()
        if turn.serves:
            self._round()
        return turn.answer

    def _round(self) -> None:
        """Serve whoever waits, oneself among them, then call the next to serve."""
        with self.lock:
            turns, self.waiting = self.waiting[:MOST], self.waiting[MOST:]
        try:
            answers = self.serve([turn.asked for turn in turns])
            for turn, answer in zip(turns, answers, strict=True):
                turn.answer = answer
        finally:
            with self.lock:
                following = self.waiting[0] if self.waiting else None
                self.under_way = following is not None
            if following is not None:
                following.serves = True
                following.called.set()
            for turn in turns:
                turn.called.set()
