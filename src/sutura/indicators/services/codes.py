"""The codes by which indicators, parts and places are known in a DHIS2."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.indicators.choices import Category, CodeKind
from sutura.indicators.models import Dhis2Code, Indicator
from sutura.places.models import Unit

UNKNOWN = {
    CodeKind.ELEMENT: _("No indicator has this code. Take it from the list of indicators, such as CCT11."),
    CodeKind.CATEGORY: _("Write total, women, men, girls or boys."),
    CodeKind.ORG_UNIT: _("No region has this code. Take its P-code, such as ML05, or ML for the country."),
}
COUNTRY, TOTAL = "ML", "total"


@transaction.atomic
def set_code(*, kind: str, code: str, by: Any, subject: str = "") -> Dhis2Code:
    """What something is called there; said again, it replaces what was said before."""
    require(by, "indicators.write", "")
    subject = subject.strip()
    if kind == CodeKind.DATA_SET:
        subject = ""
    elif subject not in known(kind):
        raise Invalid(UNKNOWN[CodeKind(kind)], field="subject")
    found = Dhis2Code.objects.filter(kind=kind, subject=subject).first() or Dhis2Code(
        kind=kind, subject=subject
    )
    found.code = code.strip()
    keep(found, by=by)
    record(by, "indicators.set_code", of=found)
    return found


def known(kind: str) -> set[str]:
    """What may be given a code."""
    if kind == CodeKind.ELEMENT:
        return set(Indicator.objects.values_list("code", flat=True))
    if kind == CodeKind.CATEGORY:
        return {TOTAL, *Category.values}
    return {COUNTRY, *Unit.objects.region_names()}
