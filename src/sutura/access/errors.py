"""Refusals with one clear sentence, in the reader's language."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Something the rules of the field refuse; `str()` is one sentence for the person who asked.

    `field` names the form field the sentence belongs to, if one does.
    """

    def __init__(self, message: object, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class Invalid(DomainError):
    """What was given cannot be true, or is not complete."""


class NotAllowed(DomainError, PermissionDenied):
    """This person may not do this here; a page which does not say so itself answers 403, never 500."""

    def __init__(self, message: object | None = None) -> None:
        super().__init__(message or _("Your role does not allow this here. Ask whoever keeps the accounts."))


def given_reason(why: str, most: int = 500) -> str:
    """A reason which is one, without the outer spaces, no longer than its column."""
    why = (why or "").strip()
    if not why:
        raise Invalid(_("Say why."), field="why")
    return why[:most]
