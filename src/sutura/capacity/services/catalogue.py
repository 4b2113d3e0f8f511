"""What is taught: modules, what they teach, and pathways. A new version is a new row; what was given keeps its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, keep_all, record
from sutura.capacity.models import Competency, Module, Pathway, Step
from sutura.capacity.querysets import MANAGE


@transaction.atomic
def add_module(
    *,
    code: str,
    title: str,
    hours: int,
    by: Any,
    competencies: Iterable[str] = (),
    objectives: str = "",
    harmonised_on: date | None = None,
    refresh_months: int | None = None,
) -> Module:
    """A module, or the next version of the one that bears this code; with what it teaches."""
    require(by, MANAGE, "")
    code = code.strip().upper()
    last = Module.objects.filter(code=code).first()
    module = keep(
        Module(
            code=code, version=last.version + 1 if last else 1, title=title.strip(), hours=hours,
            objectives=objectives.strip(), harmonised_on=harmonised_on, refresh_months=refresh_months,
        ),
        by=by,
    )  # fmt: skip
    taught = dict.fromkeys(words.strip() for words in competencies if words.strip())
    keep_all(Competency, [Competency(module=module, words=words) for words in taught], by=by)
    record(by, "capacity.add_module", of=module)
    return module


@transaction.atomic
def add_pathway(
    *,
    title: str,
    cadre: str,
    modules: Iterable[Module],
    attendance_percent: int,
    valid_from: date,
    by: Any,
    optional: Iterable[Module] = (),
    test_percent: int | None = None,
) -> Pathway:
    """A pathway, or its next version: its modules in the order given, and what completes it."""
    require(by, MANAGE, "")
    mandatory, extra = list(dict.fromkeys(modules)), list(dict.fromkeys(optional))
    if not mandatory:
        raise Invalid(_("Choose at least one module that nobody may miss."), field="modules")
    if set(mandatory) & set(extra):
        raise Invalid(
            _("A module is mandatory or optional: choose it in one of the two lists."), field="optional"
        )
    title = title.strip()
    last = Pathway.objects.filter(title=title).first()
    pathway = keep(
        Pathway(
            title=title, version=last.version + 1 if last else 1, cadre=cadre, valid_from=valid_from,
            attendance_percent=attendance_percent, test_percent=test_percent,
        ),
        by=by,
    )  # fmt: skip
    steps = [
        Step(pathway=pathway, module=module, order=order, is_mandatory=order <= len(mandatory))
        for order, module in enumerate([*mandatory, *extra], start=1)
    ]
    keep_all(Step, steps, by=by)
    record(by, "capacity.add_pathway", of=pathway)
    return pathway
