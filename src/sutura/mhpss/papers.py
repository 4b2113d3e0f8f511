"""What leaves the map as a file, on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sutura.audit.services import record
from sutura.mhpss.fourws import writing
from sutura.mhpss.models import Service
from sutura.mhpss.pages.services import narrowed
from sutura.mhpss.services.campaigns import services_of


def sheet(*, by: Any, kind: str, language: str, wanted: Mapping[str, Any], hxl: bool = True) -> bytes:
    """The services that a question finds, as a 4Ws workbook or as CSV."""
    found = narrowed(Service.objects.visible_to(by).on_the_map(), dict(wanted)).order_by("id")
    content = writing.workbook(found, language) if kind == "xlsx" else writing.table(found, language, hxl=hxl)
    with transaction.atomic():
        record(by, "mhpss.export", fields=f"{kind} {language}")
    return content


def prefilled(invitation: Any, *, by: Any) -> bytes:
    """The services of one organisation that its mapping round asks about, to correct and send back."""
    content = writing.workbook(services_of(invitation).order_by("id"), "fr")
    with transaction.atomic():
        record(by, "mhpss.prefill", of=invitation)
    return content
