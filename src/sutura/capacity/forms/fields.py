"""Choices out of the registers: each form offers what whoever fills it may see, and the regions she keeps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from sutura.access.rules import may
from sutura.capacity.querysets import MANAGE, READ
from sutura.places.models import Unit


class RegionField(forms.ChoiceField):
    """One of the regions where the person keeps the register; the whole country where `whole` allows it."""

    def __init__(self, *, whole: bool = False, **kwargs: Any) -> None:
        self.whole = whole
        super().__init__(**{"label": _("Region"), "required": not whole, **kwargs})


class OneOfRegister(forms.ModelChoiceField):
    """A record of a register, by its public id."""

    def __init__(self, model: type[Model], **kwargs: Any) -> None:
        super().__init__(queryset=model._default_manager.none(), **{"to_field_name": "public_id", **kwargs})


class SomeOfRegister(forms.ModelMultipleChoiceField):
    """Several records of a register."""

    def __init__(self, model: type[Model], **kwargs: Any) -> None:
        super().__init__(
            queryset=model._default_manager.none(),
            **{"to_field_name": "public_id", "widget": forms.CheckboxSelectMultiple, **kwargs},
        )


class RegisterForm(forms.Form):
    """A form whose choices are those of whoever fills it."""

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, RegionField):
                field.choices = places_of(by, whole=field.whole)
            elif isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.model.objects.visible_to(by)  # type: ignore[union-attr]


class PlacedFilter(forms.Form):
    """Filters as they stand in the address; one of them is the region."""

    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = places_of(by, permission=READ)
        self.fields["region"].choices = [("", _("All")), *held]  # type: ignore[attr-defined]

    @property
    def in_force(self) -> dict[str, Any]:
        """What is understood of the filters, by name."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


def places_of(user: Any, *, whole: bool = False, permission: str = MANAGE) -> list[tuple[str, Any]]:
    """Where somebody holds a permission, by name; headed by the whole country where that is a place too."""
    names = sorted(Unit.objects.region_names().items(), key=lambda one: one[1])
    held = [(code, name) for code, name in names if may(user, permission, code)]
    return [("", _("the whole country")), *held] if whole and may(user, permission, "") else held
