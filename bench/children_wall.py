"""The lists of children followed on PostgreSQL, its second wall raised: the same pages, the same limits."""

from __future__ import annotations

from pathlib import Path

from bench import children, stage, wall
from bench.measure import Result, Skip
from sutura.config.language import say
from tools import postgres


def run(folder: Path, small: bool) -> list[Result]:
    """A cluster of its own, the server's role asking."""
    if postgres.programs() is None:
        raise Skip(say("no PostgreSQL server programs", "pas de programmes serveur PostgreSQL"))
    with postgres.cluster(("listen_addresses=", "shared_buffers=256MB")) as owner:
        wall.settle(folder, owner)
        from sutura.access.acting import beyond

        with beyond("the bench"):
            stage.open_cast()
        with wall.by_hand(owner) as ask:
            return children.judged("PostgreSQL", small, lambda: ask("ANALYZE"))
