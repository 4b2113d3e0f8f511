"""Rounds: who owes what and by when, completeness and timeliness by organisation and region; one report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.indicators.choices import State
from sutura.indicators.models import Report, Round
from sutura.indicators.pages.definitions import tabs
from sutura.indicators.querysets import ACCEPT, WRITE
from sutura.indicators.rules import Tally, is_late, tally
from sutura.indicators.services.reports import may_judge, speaks_for
from sutura.places.models import Unit
from sutura.ui import wording
from sutura.ui.statuses import Status

LOOKS = {
    State.DUE: ("hourglass", ""),
    State.SENT: ("inbox", ""),
    State.RETURNED: ("undo-2", "attention"),
    State.ACCEPTED: ("badge-check", "accent"),
}


def look(report: Report, due_on: Any) -> Status:
    """The pill of a report: late once its day is over and it is still owed."""
    if is_late(state=report.state, due_on=due_on, today=timezone.localdate()):
        return Status(_("late"), "triangle-alert", "attention")
    return Status(report.get_state_display(), *LOOKS[State(report.state)])


def percent(share: float | None) -> str:
    """A share in words; a dash where nothing was expected."""
    return wording.NONE if share is None else f"{round(100 * share)}\u00a0%"


def counted(reports: Iterable[Report]) -> Tally:
    """What was expected and came, of these reports."""
    return tally((each.state, each.sent_on, each.round.due_on) for each in reports)


def round_list(user: Any) -> dict[str, Any]:
    """Every round with how complete it is, and what one owes oneself."""
    reports: dict[int, list[Report]] = {}
    for report in Report.objects.visible_to(user).select_related("round"):
        reports.setdefault(report.round_id, []).append(report)
    rows: list[dict[str, Any]] = []
    for each in Round.objects.visible_to(user).select_related("body"):
        told = counted(reports.get(each.pk, []))
        rows.append({
            "round": each, "period": wording.days(each.first, each.last), "tally": told,
            "completeness": percent(told.completeness), "timeliness": percent(told.timeliness),
        })  # fmt: skip
    return {"rows": rows, "tabs": tabs("rounds"), "keeper": may(user, WRITE)}


def round_page(user: Any, found: Round) -> dict[str, Any]:
    """One round: its indicators, its reports, how complete it is by organisation and by region."""
    reports = list(
        Report.objects.visible_to(user).filter(round=found).select_related("organisation", "round")
    )
    names, told = Unit.objects.region_names(), counted(reports)
    where = lambda report: names.get(report.region, _("The whole country"))  # noqa: E731 - one use, two columns
    return {
        "round": found,
        "period": wording.days(found.first, found.last),
        "items": [item.definition for item in found.items.select_related("definition__indicator")],
        "figures": figures(told),
        "rows": [
            {
                "report": each,
                "where": where(each),
                "look": look(each, found.due_on),
                "mine": speaks_for(user, each),
            }
            for each in reports
        ],
        "groups": [
            (
                _("By organisation"),
                _("Organisation"),
                grouped(reports, lambda report: str(report.organisation)),
            ),
            (_("By region"), _("Region"), grouped(reports, where)),
        ],
        "keeper": may(user, WRITE, found.body.region),
    }


def figures(told: Tally) -> list[dict[str, Any]]:
    """Completeness and timeliness, in the words of the health information system."""
    part = _("%(part)s of %(whole)s")
    return [
        {"label": _("Completeness"), "value": percent(told.completeness),
         "basis": part % {"part": told.received, "whole": told.expected}
         + " · " + _("reports received, of those expected"), "url": "#reports"},
        {"label": _("Timeliness"), "value": percent(told.timeliness),
         "basis": part % {"part": told.on_time, "whole": told.expected}
         + " · " + _("received by their day, of those expected"), "url": "#reports"},
    ]  # fmt: skip


def grouped(reports: Iterable[Report], of: Callable[[Report], str]) -> list[dict[str, Any]]:
    """The same two figures for each organisation, or each region."""
    found: dict[str, list[Report]] = {}
    for report in reports:
        found.setdefault(of(report), []).append(report)
    rows = [(label, counted(there)) for label, there in sorted(found.items())]
    return [
        {"label": label, "tally": told, "completeness": percent(told.completeness),
         "timeliness": percent(told.timeliness)}
        for label, told in rows
    ]  # fmt: skip


def report_page(user: Any, report: Report) -> dict[str, Any]:
    """One report: its numbers for whoever may read them, and what may be done with it now."""
    names = Unit.objects.region_names()
    readable = Report.objects.opened_by(user).filter(pk=report.pk).exists()
    owed = report.state in (State.DUE, State.RETURNED)
    return {
        "report": report,
        "where": names.get(report.region, _("The whole country")),
        "period": wording.days(report.round.first, report.round.last),
        "look": look(report, report.round.due_on),
        "readable": readable,
        "lines": lines(report) if readable else [],
        "sends": owed and speaks_for(user, report),
        "hands": owed and may(user, ACCEPT, report.region),
        "judges": may_judge(user, report),
        "waits": report.state == State.SENT and not may_judge(user, report),
    }


def lines(report: Report) -> list[dict[str, Any]]:
    """Each indicator asked for, with what was told of it."""
    values = {(value.definition_id, value.category): value for value in report.values.all()}
    found = []
    for item in report.round.items.select_related("definition__indicator"):
        definition = item.definition
        total = values.get((definition.pk, ""))
        parts = [
            wording.says(part.label, wording.number(values[definition.pk, part.value].value))
            for part in definition.categories
            if (definition.pk, part.value) in values
        ]
        found.append({"definition": definition, "total": total, "parts": parts})
    return found
