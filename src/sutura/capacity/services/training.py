"""Cohorts, sessions, enrolments and who came, half-day by half-day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import drop, keep, keep_all, record
from sutura.capacity.choices import Mode
from sutura.capacity.models import Attendance, Cohort, Enrolment, Lead, Module, Pathway, Professional, Session
from sutura.capacity.querysets import MANAGE
from sutura.partners.models import Organisation


@transaction.atomic
def open_cohort(
    *,
    code: str,
    pathway: Pathway,
    organiser: Organisation,
    region: str,
    starts_on: date,
    ends_on: date,
    by: Any,
    funder: Organisation | None = None,
    place: str = "",
    capacity: int | None = None,
    criteria: str = "",
) -> Cohort:
    """A cohort begins a pathway in a region."""
    require(by, MANAGE, region)
    code = code.strip()
    if ends_on < starts_on:
        raise Invalid(_("The end is before the beginning. Correct one of the two days."), field="ends_on")
    if Cohort.objects.filter(code__iexact=code).exists():
        raise Invalid(_("Another cohort bears this code. Choose a code of its own."), field="code")
    cohort = Cohort(
        code=code, pathway=pathway, organiser=organiser, funder=funder, region=region, place=place.strip(),
        starts_on=starts_on, ends_on=ends_on, capacity=capacity, criteria=criteria.strip(),
    )  # fmt: skip
    keep(cohort, by=by)
    record(by, "capacity.open_cohort", of=cohort)
    return cohort


@transaction.atomic
def change_cohort(
    *, cohort: Cohort, place: str, ends_on: date, capacity: int | None, criteria: str, by: Any
) -> Cohort:
    """More places, a later end, another room; whom it trains and where stays, and so does the old version."""
    require(by, MANAGE, cohort.region)
    held = Cohort.objects.select_for_update().get(pk=cohort.pk)
    said = {"place": place.strip(), "ends_on": ends_on, "capacity": capacity, "criteria": criteria.strip()}
    last = max([held.starts_on, *held.sessions.values_list("held_on", flat=True)])
    if ends_on < last:
        raise Invalid(_("The cohort begins, or has a session, after this day. Correct it."), field="ends_on")
    taken = held.enrolments.filter(left_on=None).count()
    if capacity is not None and capacity < taken:
        raise Invalid(_("More people are enrolled than that. Write a greater number."), field="capacity")
    changed = [name for name, value in said.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, said[name])
    if changed:
        keep(held, by=by)
        record(by, "capacity.change_cohort", of=held, fields=" ".join(changed))
    return held


@transaction.atomic
def add_session(
    *,
    cohort: Cohort,
    module: Module,
    held_on: date,
    half_days: int,
    by: Any,
    trainers: Iterable[Professional] = (),
    language: str = "",
    mode: str = Mode.IN_PERSON,
    cancelled: str = "",
) -> Session:
    """A module is given to a cohort, or was to be and was not: then say why."""
    require(by, MANAGE, cohort.region)
    if not cohort.starts_on <= held_on <= cohort.ends_on:
        raise Invalid(_("This day is outside the days of the cohort. Correct it."), field="held_on")
    if not cohort.pathway.steps.filter(module=module).exists():
        raise Invalid(
            _("This module is not in the pathway of the cohort. Choose one that is."), field="module"
        )
    session = keep(
        Session(
            cohort=cohort, module=module, held_on=held_on, half_days=half_days, language=language.strip(),
            mode=mode, cancelled=cancelled,
        ),
        by=by,
    )  # fmt: skip
    leads = [Lead(session=session, professional=trainer) for trainer in dict.fromkeys(trainers)]
    keep_all(Lead, leads, by=by)
    record(by, "capacity.add_session", of=session)
    return session


@transaction.atomic
def enrol(*, cohort: Cohort, professional: Professional, enrolled_on: date, by: Any) -> Enrolment:
    """Somebody joins a cohort."""
    require(by, MANAGE, cohort.region)
    held = Cohort.objects.select_for_update().get(pk=cohort.pk)  # two people fill the last place at once
    if held.enrolments.filter(professional=professional).exists():
        raise Invalid(
            _("She is enrolled in this cohort already: her line is in the list of the cohort."),
            field="professional",
        )
    if professional.same_as_id:
        raise Invalid(_("This card was joined to another one: choose that one."), field="professional")
    if held.capacity is not None and held.enrolments.filter(left_on=None).count() >= held.capacity:
        raise Invalid(_("All places of this cohort are taken. Raise their number, or choose another cohort."))
    if enrolled_on > min(timezone.localdate(), held.ends_on):
        raise Invalid(_("This day is after today, or after the cohort. Correct it."), field="enrolled_on")
    made = keep(Enrolment(cohort=held, professional=professional, enrolled_on=enrolled_on), by=by)
    record(by, "capacity.enrol", of=made)
    return made


@transaction.atomic
def leave(*, enrolment: Enrolment, left_on: date, left_for: str, by: Any) -> Enrolment:
    """Somebody leaves a cohort, for one of the reasons that are counted."""
    require(by, MANAGE, enrolment.cohort.region)
    if left_on < enrolment.enrolled_on or left_on > timezone.localdate():
        raise Invalid(_("This day is before she enrolled, or after today. Correct it."), field="left_on")
    if hasattr(enrolment, "certificate"):
        raise Invalid(_("She has a certificate of this cohort: she completed it."))
    enrolment.left_on, enrolment.left_for = left_on, left_for
    keep(enrolment, by=by)
    record(by, "capacity.leave", of=enrolment)
    return enrolment


@transaction.atomic
def void_enrolment(*, enrolment: Enrolment, by: Any, why: str) -> None:
    """Somebody was enrolled by mistake: she is not in the cohort, and did not leave it. The history keeps it."""
    require(by, MANAGE, enrolment.cohort.region)
    several = (enrolment.attendances, enrolment.tests, enrolment.marks)
    if any(rows.exists() for rows in several) or hasattr(enrolment, "certificate"):
        raise Invalid(_("She was at a session, or has a result of this cohort: let her leave it instead."))
    drop(enrolment, by=by, why=given_reason(why))
    record(by, "capacity.void_enrolment", of=enrolment)


@transaction.atomic
def note_attendance(*, session: Session, present: Collection[tuple[Enrolment, int]], by: Any) -> Session:
    """Who was there, half-day by half-day: what is ticked is all there is."""
    require(by, MANAGE, session.cohort.region)
    if session.cancelled and present:
        raise Invalid(_("This session was not held: nobody can have been there."))
    if session.held_on > timezone.localdate():
        raise Invalid(_("This session is still to come: note who is there on its day."))
    wanted = {(enrolment.pk, half_day) for enrolment, half_day in present if half_day <= session.half_days}
    known = {(each.enrolment_id, each.half_day): each for each in session.attendances.all()}
    for mark in sorted(known.keys() - wanted):
        drop(known[mark], by=by)
    made = [
        Attendance(session=session, enrolment_id=enrolment, half_day=half_day)
        for enrolment, half_day in sorted(wanted - known.keys())
    ]
    keep_all(Attendance, made, by=by)
    record(by, "capacity.note_attendance", of=session)
    return session
