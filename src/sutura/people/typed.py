"""What somebody typed in a form that could not be taken: it is handed back, and kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest

OURS = ("csrfmiddlewaretoken", "autosave", "next")
SECRET = ("password", "proof-", "credential", "code")


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """(field, words) of a form, without the marks of the form itself, passwords and codes."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OURS and not any(word in name for word in SECRET)
        for value in values
        if value
    ]
