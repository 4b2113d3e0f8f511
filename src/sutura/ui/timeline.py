"""What the component of the timeline draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """One line: what, when, who, in what words; `before` holds words that these replaced."""

    title: str
    moment: datetime
    by: str
    text: str = ""
    icon: str = "circle-dot"
    tone: str = ""
    before: str = ""
