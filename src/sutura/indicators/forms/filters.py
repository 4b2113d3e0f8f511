"""The days and the place for which figures are told, as they stand in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import may
from sutura.coordination.forms.figures import SpanForm
from sutura.indicators.querysets import READ
from sutura.places.models import Unit


def regions_of(user: Any, permission: str = READ) -> list[tuple[str, str]]:
    """The regions where somebody holds a permission, by name."""
    names = sorted(Unit.objects.region_names().items(), key=lambda one: one[1])
    return [(code, name) for code, name in names if may(user, permission, code)]


class FigureFilter(SpanForm):
    """From one day to another, in one region or the whole country."""

    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("The whole country")), *regions_of(by)]  # type: ignore[attr-defined]

    @property
    def place(self) -> str:
        """The region that is meant; none for the whole country."""
        return str(self.cleaned_data.get("region", "")) if self.is_valid() else ""
