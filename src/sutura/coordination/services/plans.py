"""Open an action plan, write its versions, put one in force; and the strategic axes of reference documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, keep_all, record
from sutura.coordination.choices.plans import PlanStage
from sutura.coordination.following import needed
from sutura.coordination.models import Axis, Body, Helper, Plan, PlanLine, PlanVersion
from sutura.library.models import Document
from sutura.ui.wording import number as printed

AUTHORITY = _("Name the authority that validated it.")


@transaction.atomic
def open_plan(
    *, body: Body, title: str, starts_on: date, ends_on: date, by: Any, document: Document | None = None
) -> PlanVersion:
    """A new plan of a body, with its first version to be written."""
    require(by, "coordination.manage", body.region)
    _check_days(starts_on, ends_on)
    plan = Plan(body=body, title=needed(title, "title", _("Give the plan a title.")), document=document)
    _check_title(plan)
    keep(plan, by=by)
    version = keep(PlanVersion(plan=plan, number=1, starts_on=starts_on, ends_on=ends_on), by=by)
    record(by, "coordination.open_plan", of=plan)
    return version


@transaction.atomic
def change_plan(
    *, version: PlanVersion, title: str, starts_on: date, ends_on: date, by: Any,
    document: Document | None = None,
) -> PlanVersion:  # fmt: skip
    """Change what a plan is called, and the days of the version being written; its activities stay inside them."""
    found = written(version, by=by)
    plan = found.plan
    _check_days(starts_on, ends_on)
    plan.title = needed(title, "title", _("Give the plan a title."))
    _check_title(plan)
    used = found.lines.aggregate(first=Min("starts_on"), last=Max("ends_on"))
    if used["first"] and (used["first"] < starts_on or used["last"] > ends_on):
        raise Invalid(
            _("An activity would fall outside these days: move it first, or choose wider days."),
            field="starts_on" if used["first"] < starts_on else "ends_on",
        )
    if document != plan.document and found.lines.exclude(axis=None).exists():
        raise Invalid(
            _("Activities already follow the axes of the present document: take them off first."), field="document"
        )  # fmt: skip
    plan.document, found.starts_on, found.ends_on = document, starts_on, ends_on
    keep(plan, by=by)
    keep(found, by=by)
    record(by, "coordination.change_plan", of=plan)
    return found


@transaction.atomic
def draft_plan(*, plan: Plan, by: Any) -> PlanVersion:
    """A new version, which plans what the last one planned until it is changed. One draft at a time."""
    require(by, "coordination.manage", plan.body.region)
    Plan.objects.select_for_update().get(pk=plan.pk)  # two drafts at once would take one number
    last = PlanVersion.objects.filter(plan=plan).order_by("-number")[0]
    if last.is_draft:
        raise Invalid(_("Version %(n)s is still being written: validate it first.") % {"n": last.number})
    version = PlanVersion(plan=plan, number=last.number + 1, starts_on=last.starts_on, ends_on=last.ends_on)
    keep(version, by=by)
    lines, helpers = [], []
    for old in last.lines.told():
        new = PlanLine(
            version=version, activity=old.activity, axis=old.axis, kind=old.kind, title=old.title,
            result=old.result, lead=old.lead, region=old.region, starts_on=old.starts_on, ends_on=old.ends_on,
            budget=old.budget,
        )  # fmt: skip
        lines.append(new)
        helpers += [Helper(line=new, organisation=each.organisation) for each in old.helpers.all()]
    keep_all(PlanLine, lines, by=by)
    keep_all(Helper, helpers, by=by)
    record(by, "coordination.draft_plan", of=plan)
    return version


@transaction.atomic
def validate_plan(*, version: PlanVersion, on: date, authority: str, by: Any) -> PlanVersion:
    """Note that an authority validated a version: it comes into force, the one before is replaced."""
    found = written(version, by=by)
    if on > timezone.localdate():
        raise Invalid(_("Choose today or a day before."), field="on")
    authority = needed(authority, "authority", AUTHORITY)
    lines = list(found.lines.told())
    if not lines:
        raise Invalid(_("There is nothing to validate yet: add an activity first."))
    over = [str(each.activity.number) for each in lines if each.activity.funded > (each.budget or 0)]
    if over:
        raise Invalid(
            ngettext(
                "Activity %(which)s has received more than this version plans for it: raise its budget first.",
                "Activities %(which)s have received more than this version plans for them: raise their budgets first.",
                len(over),
            )
            % {"which": ", ".join(over)}
        )
    for older in PlanVersion.objects.select_for_update().filter(plan=found.plan, stage=PlanStage.VALIDATED):
        if older.validated_on and on < older.validated_on:
            raise Invalid(_("The version in force was validated after that day. Correct it."), field="on")
        older.stage = PlanStage.REPLACED
        keep(older, by=by)
    found.stage, found.validated_on, found.authority = PlanStage.VALIDATED, on, authority
    keep(found, by=by)
    record(by, "coordination.validate_plan", of=found.plan, fields=str(found.number))
    return found


@transaction.atomic
def add_axis(*, document: Document, number: int, title: str, by: Any) -> Axis:
    """One more axis of a reference document, as the document words it."""
    require(by, "coordination.manage", document.region)
    axis = Axis(document=document, number=number, title=needed(title, "title", _("Write the axis.")))
    _check_number(axis)
    keep(axis, by=by)
    record(by, "coordination.add_axis", of=axis)
    return axis


@transaction.atomic
def change_axis(*, axis: Axis, number: int, title: str, by: Any) -> Axis:
    """Correct the number or the words of an axis; the old ones are kept."""
    require(by, "coordination.manage", axis.document.region)
    axis.number, axis.title = number, needed(title, "title", _("Write the axis."))
    _check_number(axis)
    keep(axis, by=by)
    record(by, "coordination.change_axis", of=axis)
    return axis


def written(version: PlanVersion, *, by: Any) -> PlanVersion:
    """The version as it stands now, held, if the person keeps its body and it is a draft."""
    require(by, "coordination.manage", version.plan.body.region)
    held = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan__body", "plan__document")
    found = held.get(pk=version.pk)
    if not found.is_draft:
        raise Invalid(_("This version is validated and no longer changes: begin a new version."))
    return found


def _check_days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Invalid(_("The end is before the beginning. Correct one of the two days."), field="ends_on")


def _check_title(plan: Plan) -> None:
    if Plan.objects.filter(body=plan.body, title=plan.title).exclude(pk=plan.pk).exists():
        raise Invalid(
            _("This body already has a plan of this title: begin a new version of it, or choose another title."),
            field="title",
        )  # fmt: skip


def _check_number(axis: Axis) -> None:
    if Axis.objects.filter(document=axis.document, number=axis.number).exclude(pk=axis.pk).exists():
        raise Invalid(
            _("This document already has an axis %(n)s: choose another number.") % {"n": printed(axis.number)},
            field="number",
        )  # fmt: skip
