"""What every form of the pages does: read what was posted, try the act, say a refusal at its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from sutura.access.errors import DomainError


def typed(request: HttpRequest) -> QueryDict | None:
    """What was posted, be it nothing; None when the form is only asked for."""
    return request.POST if request.method == "POST" else None


def done(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether what was typed is valid and the act went through; a refusal stands at its field."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    return form.is_valid()
