"""Indicators and their definitions: what was said before stays, the next version follows it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.indicators.choices import Method, Origin, Unit
from sutura.indicators.models import Aim, Definition, Indicator


@transaction.atomic
def add_indicator(*, code: str, aim: Aim, level: str, by: Any, **said: Any) -> Indicator:
    """A new indicator, with the first version of its definition."""
    require(by, "indicators.write", "")
    code = code.strip().upper()
    if Indicator.objects.filter(code=code).exists():
        raise Invalid(_("Another indicator bears this code. Choose a code of its own."), field="code")
    last = Indicator.objects.filter(aim=aim).last()
    indicator = Indicator(code=code, aim=aim, level=level, position=last.position + 1 if last else 0)
    keep(indicator, by=by)
    _keep_version(indicator, 1, said, by=by)
    record(by, "indicators.add_indicator", of=indicator)
    return indicator


@transaction.atomic
def redefine(*, indicator: Indicator, by: Any, **said: Any) -> Indicator:
    """The next version of a definition; figures frozen and reports accepted before keep theirs."""
    require(by, "indicators.write", "")
    held = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    last = held.definitions.last()
    if last and all(getattr(last, name) == value for name, value in said.items()):
        raise Invalid(
            _("Nothing is different from version %(n)s. Change something, or leave.") % {"n": last.version}
        )
    _keep_version(held, last.version + 1 if last else 1, said, by=by)
    record(by, "indicators.redefine", of=held, fields=f"version={last.version + 1 if last else 1}")
    return held


@transaction.atomic
def retire(*, indicator: Indicator, by: Any) -> Indicator:
    """It is no longer followed; its values and figures stay."""
    require(by, "indicators.write", "")
    if indicator.retired_on:
        raise Invalid(_("This indicator is retired already."))
    indicator.retired_on = timezone.localdate()
    keep(indicator, by=by)
    record(by, "indicators.retire", of=indicator)
    return indicator


def _keep_version(indicator: Indicator, version: int, said: dict[str, Any], *, by: Any) -> Definition:
    definition = Definition(indicator=indicator, version=version, valid_from=timezone.localdate(), **said)
    _check(definition)
    return keep(definition, by=by)


def _check(definition: Definition) -> None:
    """What does not go together is refused with the field that says so."""
    computed = definition.origin == Origin.COMPUTED
    if computed and not definition.measure:
        raise Invalid(_("Choose how the registers compute it."), field="measure")
    if not computed and definition.measure:
        raise Invalid(_("Organisations report it: leave the computation empty."), field="measure")
    recounts = Method.RECOUNT in (definition.places, definition.periods)
    if recounts and not computed:
        raise Invalid(
            _("Only what the registers compute is counted again. Choose another method."), field="places"
        )
    if definition.unit == Unit.PERCENT and not definition.denominator_fr:
        raise Invalid(_("A percentage is of something: write the whole."), field="denominator_fr")
    if definition.split and definition.unit != Unit.NUMBER:
        raise Invalid(_("Only a number is told apart by sex or age."), field="split")
    ratio = Method.RATIO in (definition.places, definition.periods)
    if ratio and definition.unit != Unit.PERCENT:
        raise Invalid(_("Only a percentage is divided again. Choose another method."), field="places")
    if definition.unit == Unit.PERCENT and Method.SUM in (definition.places, definition.periods):
        raise Invalid(_("Percentages are never added up. Choose another method."), field="places")
