"""Form fields and controls for the field: a day, a count, a choice shown as a list of large targets."""

from __future__ import annotations

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day by the browser's own calendar (ISO in the page, words on the screen)."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day: by calendar, or typed as 2026-11-21 or 21/11/2026."""

    widget = DayInput
    input_formats = ("%Y-%m-%d", "%d/%m/%Y")


class CountField(forms.IntegerField):
    """How many: zero or more, with the number keys on a phone."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 100_000)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Narrow, so that its width says what is expected."""
        return {**super().widget_attrs(widget), "class": "short"}


class OneOfField(forms.ChoiceField):
    """One choice of a few, all in sight."""

    widget = forms.RadioSelect


class SomeOfField(forms.MultipleChoiceField):
    """Any of several choices, all in sight."""

    widget = forms.CheckboxSelectMultiple
