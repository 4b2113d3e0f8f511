"""Who is acting: what the second wall goes by. Nobody unless it was said, and then no protected row exists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

BEYOND = "*"
"""Stands for no account: work that reads or writes the whole country, and has said why."""


@dataclass(frozen=True)
class Actor:
    """The number of the account that acts, `BEYOND`, or nobody; `reading`: it answers a page, and writes nothing."""

    uid: str = ""
    reading: bool = False


NOBODY = Actor()
_actor: ContextVar[Actor] = ContextVar("actor", default=NOBODY)


def actor() -> Actor:
    """Who is acting now."""
    return _actor.get()


@contextmanager
def acting(account: object, *, reading: bool = False) -> Iterator[None]:
    """All that is asked of the database inside is asked by this account; a stranger is nobody."""
    token = _actor.set(Actor(str(getattr(account, "pk", None) or ""), reading))
    try:
        yield
    finally:
        _actor.reset(token)


@contextmanager
def beyond(reason: str) -> Iterator[None]:
    """Read and write beyond the actor's regions, for a reason a protection lead can judge (law: `test_walls`)."""
    assert reason
    token = _actor.set(Actor(BEYOND))
    try:
        yield
    finally:
        _actor.reset(token)
