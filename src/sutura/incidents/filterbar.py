"""The filters of the list, drawn by hand: the template engine took as long for eight fields as for all the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class QuickField:
    """One filter as the filter bar of `ui` reads it, with its markup ready."""

    is_hidden = False

    def __init__(self, bound: forms.BoundField) -> None:
        self.html_name, self.label = bound.html_name, str(bound.label)
        self.field: Any = bound.field
        self.id = f"id_{bound.html_name}"
        self.value = bound.form.data.get(bound.html_name, "") if bound.form.is_bound else ""

    def as_field_group(self) -> SafeString:
        """Label and control; every word escaped."""
        label = f'<div class="field"><label for="{self.id}">{escape(self.label)}</label>'
        return mark_safe(f"{label}{self.control()}</div>")  # noqa: S308 - put together of escaped words

    def control(self) -> str:
        """A drop-down, or a line to type in."""
        names = f'name="{self.html_name}" id="{self.id}"'
        if isinstance(self.field, forms.ChoiceField):
            return f"<select {names}>{''.join(self.options())}</select>"
        kind = "date" if isinstance(self.field, forms.DateField) else "text"
        return f'<input type="{kind}" {names} value="{escape(self.value)}">'

    def options(self) -> Iterator[str]:
        """The choices, the one in force marked."""
        for code, words in self.field.choices:
            chosen = " selected" if code == self.value else ""
            yield f'<option value="{escape(code)}"{chosen}>{escape(words)}</option>'


class FilterBar:
    """A form of filters as `ui/components/filter_bar.html` reads one."""

    def __init__(self, form: Any) -> None:
        self.visible_fields = [QuickField(bound) for bound in form]
        self.hidden_fields: list[QuickField] = []
        self.in_force = form.in_force

    def __iter__(self) -> Iterator[QuickField]:
        return iter(self.visible_fields)
