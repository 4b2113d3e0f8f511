"""How each known state looks: its word, its icon and its tone. Meaning never rests on colour alone."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class Status(NamedTuple):
    """A state as a reader meets it; tone is `accent`, `attention`, `quiet` or empty."""

    label: str | Promise
    icon: str
    tone: str


STATUSES: dict[str, Status] = {
    # Verification status of a violation.
    "pending": Status(pgettext_lazy("status", "Pending"), "clock", "attention"),
    "could_not_verify": Status(pgettext_lazy("status", "Could not verify"), "circle-question-mark", ""),
    "verified": Status(pgettext_lazy("status", "Verified"), "circle-check", "accent"),
    "not_mrm": Status(pgettext_lazy("status", "Not MRM"), "circle-minus", "quiet"),
    "did_not_occur": Status(pgettext_lazy("status", "Did not occur"), "circle-x", "quiet"),
    # Life of an alert or an incident.
    "new": Status(pgettext_lazy("status", "New"), "bell", "attention"),
    "open": Status(pgettext_lazy("status", "Open"), "folder-open", ""),
    "closed": Status(pgettext_lazy("status", "Closed"), "archive", "quiet"),
    "duplicate": Status(pgettext_lazy("status", "Duplicate"), "copy", "quiet"),
    "void": Status(pgettext_lazy("status", "Void"), "ban", "quiet"),
    "draft": Status(pgettext_lazy("status", "Draft"), "pencil", ""),
    # Life of an edition, and of a job.
    "frozen": Status(pgettext_lazy("status", "Frozen"), "snowflake", "accent"),
    "cleared": Status(pgettext_lazy("status", "Cleared"), "stamp", "accent"),
    "waiting": Status(pgettext_lazy("status", "Waiting"), "hourglass", ""),
    "done": Status(pgettext_lazy("status", "Done"), "check", "accent"),
    "failed": Status(pgettext_lazy("status", "Failed"), "triangle-alert", "attention"),
}
