"""Freeze figures: the number, the version of its definition, the rule and the records, as they stand today."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import record
from sutura.indicators.figures import Told, told
from sutura.indicators.models import Bulletin, Definition, Figure


@transaction.atomic
def freeze(*, title: str, first: date, last: date, by: Any) -> Bulletin:
    """The figures of every indicator in use over these days; no later rule or record changes them."""
    require(by, "indicators.write", "")
    if last < first:
        raise Invalid(_("The end is before the beginning. Correct one of the two days."), field="last")
    if first > timezone.localdate():
        raise Invalid(_("This day is still to come: begin today or before."), field="first")
    bulletin = Bulletin(title=title.strip(), first=first, last=last, frozen_by=by)
    found = Definition.objects.current().filter(indicator__retired_on=None).select_related("body")
    figures = [frozen(definition, first, last) for definition in found.in_order()]
    bulletin.sha256 = fingerprint(bulletin, figures)
    Bulletin.objects.bulk_create([bulletin])
    for figure in figures:
        figure.bulletin = bulletin
    Figure.objects.bulk_create(figures)
    record(by, "indicators.freeze", of=bulletin, fields=bulletin.sha256[:12])
    return bulletin


def frozen(definition: Definition, first: date, last: date) -> Figure:
    """One figure as it is told now, in both languages."""
    said: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            now = told(definition, first, last)
            said[language] = now.refusal or now.basis
    return Figure(
        definition=definition, value=now.value, part=now.answer.value if now.answer else None,
        whole=now.answer.whole if now.answer else None, basis=_written(said), records=_written(_records(now)),
    )  # fmt: skip


def _records(now: Told) -> dict[str, Any]:
    return {"kind": now.kind, "part": list(now.part), "whole": None if now.whole is None else list(now.whole)}


def _written(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def fingerprint(bulletin: Bulletin, figures: list[Figure]) -> str:
    """SHA-256 of the whole bulletin, in hexadecimal."""
    lines = [f"{bulletin.title} {bulletin.first} {bulletin.last}"]
    lines += [f"{each.definition_id} {each.value} {each.basis} {each.records}" for each in figures]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
