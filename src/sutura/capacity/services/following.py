"""Supervision, peer support and quality visits: that they took place, how often, and how well."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, keep_all, record
from sutura.capacity.choices import QualityItem
from sutura.capacity.models import (
    Cohort,
    Group,
    PeerContact,
    PeerScheme,
    Professional,
    QualityVisit,
    Supervision,
    SupervisionMeeting,
    VisitMark,
)
from sutura.capacity.querysets import MANAGE
from sutura.capacity.rules import faults_of_note
from sutura.capacity.services.groups import NOTE_FAULTS
from sutura.partners.models import Organisation


@transaction.atomic
def begin_supervision(
    *,
    professional: Professional,
    supervisor: Professional,
    kind: str,
    every_days: int,
    starts_on: date,
    by: Any,
    ends_on: date | None = None,
) -> Supervision:
    """Somebody is supervised from a day on, at a rhythm."""
    require(by, MANAGE, professional.region)
    if professional == supervisor:
        raise Invalid(_("Nobody supervises herself. Choose another person."), field="supervisor")
    if ends_on and ends_on < starts_on:
        raise Invalid(_("The end is before the beginning. Correct one of the two days."), field="ends_on")
    supervision = Supervision(
        professional=professional, supervisor=supervisor, kind=kind, every_days=every_days, starts_on=starts_on,
        ends_on=ends_on,
    )  # fmt: skip
    keep(supervision, by=by)
    record(by, "capacity.begin_supervision", of=supervision)
    return supervision


@transaction.atomic
def note_supervision(*, supervision: Supervision, held_on: date, minutes: int, by: Any) -> SupervisionMeeting:
    """They met. What was said stays between them."""
    require(by, MANAGE, supervision.professional.region)
    _within(held_on, supervision.starts_on, "held_on")
    if supervision.meetings.filter(held_on=held_on).exists():
        raise Invalid(_("The meeting of this day is noted already."), field="held_on")
    made = keep(SupervisionMeeting(supervision=supervision, held_on=held_on, minutes=minutes), by=by)
    record(by, "capacity.note_supervision", of=supervision)
    return made


@transaction.atomic
def open_scheme(
    *,
    kind: str,
    name: str,
    region: str,
    organisation: Organisation,
    opened_on: date,
    supporters: int,
    supervised: int,
    by: Any,
    charter_on: date | None = None,
) -> PeerScheme:
    """A scheme of peer support begins."""
    require(by, MANAGE, region)
    if supervised > supporters:
        raise Invalid(
            _("More are supervised than there are. Correct one of the two numbers."), field="supervised"
        )
    scheme = PeerScheme(
        kind=kind, name=name.strip(), region=region, organisation=organisation, opened_on=opened_on,
        supporters=supporters, supervised=supervised, charter_on=charter_on,
    )  # fmt: skip
    keep(scheme, by=by)
    record(by, "capacity.open_scheme", of=scheme)
    return scheme


@transaction.atomic
def note_contact(
    *,
    scheme: PeerScheme,
    met_on: date,
    people: int,
    minutes: int,
    purpose: str,
    by: Any,
    alerted: bool = False,
) -> PeerContact:
    """A contact took place: how many people and what for, without a word of what was said."""
    require(by, MANAGE, scheme.region)
    _within(met_on, scheme.opened_on, "met_on")
    contact = PeerContact(
        scheme=scheme, met_on=met_on, people=people, minutes=minutes, purpose=purpose, alerted=alerted
    )
    keep(contact, by=by)
    record(by, "capacity.note_contact", of=scheme)
    return contact


@transaction.atomic
def note_quality_visit(
    *,
    visited_on: date,
    visitors: str,
    marks: Mapping[str, int | None],
    by: Any,
    cohort: Cohort | None = None,
    group: Group | None = None,
    strengths: str = "",
    improvements: str = "",
) -> QualityVisit:
    """A visit to a cohort or to a practice group, item by item; words as short and neutral as a note."""
    subject = cohort or group
    if subject is None or (cohort and group):
        raise Invalid(_("Choose what was visited: a cohort, or a practice group."), field="cohort")
    require(by, MANAGE, subject.region)
    begun = subject.starts_on if isinstance(subject, Cohort) else subject.opened_on
    _within(visited_on, begun, "visited_on")
    for field, text in (("strengths", strengths), ("improvements", improvements)):
        for fault in faults_of_note(text):
            raise Invalid(NOTE_FAULTS[fault], field=field)
    visit = QualityVisit(
        cohort=cohort, group=group, region=subject.region, visited_on=visited_on, visitors=visitors.strip(),
        strengths=strengths.strip(), improvements=improvements.strip(),
    )  # fmt: skip
    keep(visit, by=by)
    keep_all(
        VisitMark,
        [VisitMark(visit=visit, item=item, mark=marks.get(item)) for item in QualityItem.values],
        by=by,
    )
    record(by, "capacity.note_quality_visit", of=visit)
    return visit


def _within(day: date, begun: date, field: str) -> None:
    if not begun <= day <= timezone.localdate():
        raise Invalid(_("This day is before the beginning, or after today. Correct it."), field=field)
