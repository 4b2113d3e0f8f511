"""How far a long command is, as a bar on the terminal; a pipe and a program that reads hear nothing of it."""

from __future__ import annotations

import sys
import time

from sutura.config.language import say

EVERY = 0.2
"""Seconds between two looks."""
WIDTH = 24
_STAGES = {
    "open": ("opening the file", "ouverture du fichier"),
    "check": ("checking", "vérification"),
    "write": ("writing", "écriture"),
    "undo": ("taking back", "annulation"),
}


class Progress:
    """Draws on standard error when it is a terminal; `quiet`: not even there."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.drawn = sys.stderr.isatty() and not quiet
        self.due = 0.0
        self.shown = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not self.drawn or now < self.due:
            return
        self.due, self.shown = now + EVERY, True
        words = say(*_STAGES.get(stage, (f"reading {stage}", f"lecture de {stage}")))
        far = f" {bar(done, total)} {done} / {total}" if total else f" {done}" if done else " …"
        print(f"\r\033[K{words}{far}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the terminal clean."""
        if self.shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def bar(done: int, total: int) -> str:
    """A bar and the share in percent."""
    share = min(1.0, done / total)
    filled = round(share * WIDTH)
    return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {int(share * 100)} %"
