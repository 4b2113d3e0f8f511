"""What somebody typed in a form that could not be taken yet: it goes with the page, and is kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest

MARKS = {"csrfmiddlewaretoken", "proof-of", "proof-password", "proof-code", "proof-credential"}
SECRETS = {"password", "old", "new_password1", "new_password2", "code", "credential", "autosave", "next"}


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """(field, words) of a form which goes on after a question of ours, without the marks of the two forms."""
    if request.method != "POST":
        return []
    return [(name, word) for name, words in request.POST.lists() if name not in MARKS for word in words]


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """(field, words) of a form, for her to read again: no password, no code."""
    return [(name, word) for name, word in carried(request) if word and name not in SECRETS]
