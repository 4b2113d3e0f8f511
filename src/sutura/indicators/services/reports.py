"""A report is sent by an account or once by a link, then judged by another person: nothing counts before."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, NotAllowed, given_reason
from sutura.access.rules import may, require
from sutura.audit.services import drop, keep, keep_all, record
from sutura.indicators.choices import State
from sutura.indicators.models import Definition, Report, ReportLink, Value
from sutura.indicators.querysets import ACCEPT, REPORT, spoken_for
from sutura.indicators.rules import Answer, fault_of_parts

Given = Mapping[tuple[int, str], Answer]
"""What was typed: number of the definition and part ("" for the total) → value and whole."""
FAULTS = {
    "blank": _("Fill in every part, or leave all of them empty."),
    "sum": _("The parts do not make the total. Correct one of them."),
    "whole": _("Write both numbers: the part and the whole."),
    "over": _("The part is larger than the whole. Correct one of them."),
    "empty": _("Write at least one number. What you do not know stays empty."),
}
LINK_REFUSALS = {
    "used": _("A report was already sent through this link. Ask whoever sent it for a new one."),
    "expired": _("This link has expired. Ask whoever sent it for a new one."),
    "closed": _("Nothing more is expected here: this report was sent. Thank you."),
}
OPEN = (State.DUE, State.RETURNED)


@transaction.atomic
def send_report(*, report: Report, given: Given, by: Any, words: str = "") -> Report:
    """Somebody sends what her organisation owes; or whoever judges reports types in what came on paper."""
    require(by, REPORT)
    held = _hold(report)
    if not speaks_for(by, held):
        raise NotAllowed(_("You do not sit for this organisation: its own delegate reports."))
    _send(held, given, words, by=by)
    held.sent_by, held.handed_by = by, None
    keep(held, by=by, why="sent")
    record(by, "indicators.send_report", of=held)
    return held


@transaction.atomic
def hand_out_link(*, report: Report, by: Any) -> ReportLink:
    """A link by which an organisation without an account sends this report once; an earlier one dies."""
    require(by, ACCEPT, report.region)
    held = _hold(report)
    if held.state not in OPEN:
        raise Invalid(LINK_REFUSALS["closed"])
    for earlier in held.links.filter(used_at=None, expires_at__gt=timezone.now()):
        earlier.expires_at = timezone.now()
        keep(earlier, by=by, why="replaced")
    link = keep(ReportLink(report=held, made_by=by), by=by)
    record(by, "indicators.hand_out_link", of=held)
    return link


@transaction.atomic
def send_by_link(*, link: ReportLink, given: Given, words: str = "") -> Report:
    """What an organisation sends through its link, which is spent; whoever handed it out does not judge it."""
    held = ReportLink.objects.select_for_update(of=("self",)).select_related("report").get(pk=link.pk)
    report = _hold(held.report)
    refusal = refusal_of(held, report)
    if refusal:
        raise Invalid(LINK_REFUSALS[refusal])
    _send(report, given, words, by=None)
    report.sent_by, report.handed_by = None, held.made_by
    keep(report, by=None, why="sent by link")
    held.used_at = timezone.now()
    keep(held, by=None, why="used")
    record(None, "indicators.send_by_link", of=report)
    return report


@transaction.atomic
def accept(*, report: Report, by: Any) -> Report:
    """Another person than who sent it finds it good: from now on it counts."""
    held = _judged(report, by=by)
    held.state, held.judged_by, held.reason = State.ACCEPTED, by, ""
    keep(held, by=by, why="accepted")
    record(by, "indicators.accept", of=held)
    return held


@transaction.atomic
def send_back(*, report: Report, why: str, by: Any) -> Report:
    """It goes back with the reason; it is owed again."""
    held = _judged(report, by=by)
    held.state, held.judged_by, held.reason = State.RETURNED, by, given_reason(why, 300)
    keep(held, by=by, why=held.reason)
    record(by, "indicators.send_back", of=held)
    return held


def speaks_for(by: Any, report: Report) -> bool:
    """Whether somebody may send this report: she sits for its organisation, or judges reports of the region."""
    return may(by, ACCEPT, report.region) or spoken_for(by).filter(pk=report.organisation_id).exists()


def may_judge(by: Any, report: Report) -> bool:
    """Whether somebody may accept or send back this report now."""
    return may(by, ACCEPT, report.region) and report.state == State.SENT and by.pk not in _authors(report)


def refusal_of(link: ReportLink, report: Report) -> str:
    """Why a link no longer opens, as a word; nothing if it does."""
    if link.used_at:
        return "used"
    if report.state not in OPEN:
        return "closed"
    return "expired" if link.expires_at <= timezone.now() else ""


def _authors(report: Report) -> set[int | None]:
    return {report.sent_by_id, report.handed_by_id}


def _hold(report: Report) -> Report:
    """The report as it stands now, nobody else changing it until the act is done."""
    found = Report.objects.select_for_update(of=("self",)).select_related("round__body", "organisation")
    return found.get(pk=report.pk)


def _judged(report: Report, *, by: Any) -> Report:
    require(by, ACCEPT, report.region)
    held = _hold(report)
    if held.state != State.SENT:
        raise Invalid(_("Only a report that was sent can be judged."))
    if by.pk in _authors(held):
        raise NotAllowed(_("You sent this report, or its link: another person judges it."))
    return held


def _send(report: Report, given: Given, words: str, *, by: Any) -> None:
    """Check and keep the values of a report; what it said before stays in the history."""
    if report.state not in OPEN:
        raise Invalid(_("This report was sent already. Ask for it to be sent back if it is wrong."))
    asked = {item.definition_id: item.definition for item in report.round.items.select_related("definition")}
    for pk, definition in asked.items():
        _check(definition, {part: answer for (number, part), answer in given.items() if number == pk})
    told = [(pk, part, answer) for (pk, part), answer in given.items() if pk in asked]
    if not told:
        raise Invalid(FAULTS["empty"])
    for value in report.values.all():
        drop(value, by=by, why="sent again")
    rows = [
        Value(report=report, definition=asked[pk], category=part, value=answer.value, whole=answer.whole)
        for pk, part, answer in told
    ]
    keep_all(Value, rows, by=by)
    report.state, report.words = State.SENT, words.strip()
    report.sent_on = report.sent_on or timezone.localdate()


def _check(definition: Definition, answers: Mapping[str, Answer]) -> None:
    """One indicator: its parts make its total or are all empty, and a percentage has its whole."""
    total, field = answers.get(""), f"v{definition.pk}"
    parts = {part.value: answers[part].value if part in answers else None for part in definition.categories}
    fault = fault_of_parts(total.value if total else None, parts)
    if fault:
        raise Invalid(FAULTS[fault], field=field)
    if total and definition.has_whole and not total.whole:
        raise Invalid(FAULTS["whole"], field=field)
    if total and definition.unit == "percent" and (total.whole or Decimal(0)) < total.value:
        raise Invalid(FAULTS["over"], field=field)
