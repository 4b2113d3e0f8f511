"""What the pages of the directory show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.partners.models import Organisation
from sutura.places.models import Unit


def rows(found: Iterable[Organisation]) -> list[dict[str, Any]]:
    """Each organisation with the name of its region."""
    names = Unit.objects.region_names()
    return [{"organisation": one, "where": _where(one, names)} for one in found]


def file_rows(one: Organisation) -> list[dict[str, Any]]:
    """What the directory says of an organisation, as rows of label, value, address."""
    parent = one.parent
    return [
        {"label": _("Acronym"), "value": one.acronym},
        {"label": _("Kind"), "value": one.get_kind_display()},
        {"label": _("Sectors"), "value": ", ".join(one.sector_words)},
        {"label": _("Where"), "value": _where(one, Unit.objects.region_names())},
        {
            "label": _("Stands under"),
            "value": parent or "",
            "url": parent.get_absolute_url() if parent else "",
        },
        {"label": _("Address for convening"), "value": one.contact_email},
    ]


def regions_of(user: Any) -> list[tuple[str, str]]:
    """The regions whose organisations somebody keeps, by name."""
    names = sorted(Unit.objects.region_names().items(), key=lambda one: one[1])
    return [(code, name) for code, name in names if may(user, "partners.manage", code)]


def _where(one: Organisation, names: dict[str, str]) -> str:
    return names.get(one.region, one.region) if one.region else _("whole country")
