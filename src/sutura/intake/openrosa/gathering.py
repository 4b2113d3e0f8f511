"""Many who ask at once are served together, by a thread of its own: a round costs nearly the same for two and for ten.

Alone, one is served at once. Who comes while a round is under way is in the next one, which is given a moment until as
many are there as were here at the same time. How many that is, is slowly forgotten: who comes alone after many waits
that moment too, once for each of them at most.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Event, Thread
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
MOST = 64
"""Served in one round."""
COMPANY = 0.03
"""Seconds for which several are waited for at most."""
IDLE = 30.0
"""Seconds after which the thread ends if nobody asks."""
PATIENCE = 60.0
"""Seconds for which an answer is waited for; whoever has waited so long takes another way."""


class _Turn(Generic[Asked, Answer]):
    """One who waits for an answer."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.called = Event()
        self.came = time.monotonic()
        self.answer: Answer | None = None


class Gathering(Generic[Asked, Answer]):
    """Serves several at once by `serve`; an answer is None where it could not. `rest`: done when the thread ends."""

    def __init__(
        self,
        serve: Callable[[Sequence[Asked]], Sequence[Answer | None]],
        *,
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        self.serve, self.rest = serve, rest
        self.company = Condition()
        self.waiting: deque[_Turn[Asked, Answer]] = deque()
        self.serving = False
        self.served = self.crowd = 0

    def ask(self, asked: Asked) -> Answer | None:
        """The answer to one, served with whoever waits at the same time."""
        turn: _Turn[Asked, Answer] = _Turn(asked)
        with self.company:
            self.waiting.append(turn)
            self.crowd = max(self.crowd, len(self.waiting) + self.served)
            if not self.serving:
                self._begin()
            elif len(self.waiting) in (1, self.crowd):
                self.company.notify()
        turn.called.wait(PATIENCE)
        return turn.answer

    def _begin(self) -> None:
        """Start the thread; where the system gives none, nobody waits for it."""
        try:
            Thread(target=self._serve, daemon=True).start()
            self.serving = True
        except RuntimeError:
            self._dismiss()

    def _dismiss(self) -> None:
        """Nobody serves any more: whoever waits takes another way."""
        self.serving = False
        while self.waiting:
            self.waiting.popleft().called.set()

    def _serve(self) -> None:
        """Round after round, until nobody has asked for a while."""
        try:
            while turns := self._next():
                self._round(turns)
        except BaseException:
            with self.company:
                self._dismiss()
            raise
        finally:
            self.rest()

    def _next(self) -> list[_Turn[Asked, Answer]]:
        """Whoever is in the next round; none, when the thread may end."""
        with self.company:
            since = time.monotonic()
            while not (self.waiting and len(self.waiting) >= self.crowd):
                until = max(since, self.waiting[0].came) + COMPANY if self.waiting else since + IDLE
                if not self.company.wait(until - time.monotonic()):
                    break
            turns = [self.waiting.popleft() for _each in range(min(MOST, len(self.waiting)))]
            self.served += len(turns)
            self.crowd = max(self.crowd - 1, len(self.waiting) + self.served)
            self.serving = bool(turns)
            return turns

    def _round(self, turns: list[_Turn[Asked, Answer]]) -> None:
        """Serve some, and call each of them."""
        try:
            answers = self.serve([turn.asked for turn in turns])
            for turn, answer in zip(turns, answers, strict=True):
                turn.answer = answer
        except Exception:
            logging.getLogger(__name__).exception("%d are not answered", len(turns))
        finally:
            with self.company:
                self.served -= len(turns)
            for turn in turns:
                turn.called.set()
