"""Tests, competencies shown, certificates: what a training changed, never what somebody is treated for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import keep, record
from sutura.capacity.choices import TestKind
from sutura.capacity.models import Certificate, Competency, Enrolment, Mark, TestResult
from sutura.capacity.querysets import MANAGE
from sutura.capacity.rules import lacking, new_code

LACKS = {
    "sessions": _("no session of the cohort was held"),
    "attendance": _("too few half-days attended"),
    "modules": _("a mandatory module was missed"),
    "test": _("the last test does not reach what the pathway asks"),
}


@transaction.atomic
def note_test(
    *, enrolment: Enrolment, kind: str, taken_on: date, percent: int, by: Any, instrument: str = ""
) -> TestResult:
    """The result of a test, in percent; the last test only means something beside the first."""
    require(by, MANAGE, enrolment.cohort.region)
    _not_later(taken_on, "taken_on")
    tests = {test.kind: test for test in enrolment.tests.all()}
    if kind in tests:
        raise Invalid(_("This test is noted already. Choose another one."), field="kind")
    if kind == TestKind.POST and TestKind.PRE not in tests:
        raise Invalid(
            _("There is no test before the training to compare with. Note that one first."), field="kind"
        )
    first = tests.get(TestKind.PRE)
    if first and taken_on < first.taken_on:
        raise Invalid(_("This day is before the first test. Correct it."), field="taken_on")
    test = TestResult(
        enrolment=enrolment, kind=kind, taken_on=taken_on, percent=percent, instrument=instrument.strip()
    )
    keep(test, by=by)
    record(by, "capacity.note_test", of=enrolment)
    return test


@transaction.atomic
def note_mark(*, enrolment: Enrolment, competency: Competency, level: int, seen_on: date, by: Any) -> Mark:
    """How far somebody showed a competency of the pathway."""
    require(by, MANAGE, enrolment.cohort.region)
    _not_later(seen_on, "seen_on")
    if not enrolment.cohort.pathway.steps.filter(module=competency.module_id).exists():
        raise Invalid(_("This pathway does not teach this. Choose another competency."), field="competency")
    known = Mark.objects.filter(enrolment=enrolment, competency=competency, seen_on=seen_on).first()
    mark = known or Mark(enrolment=enrolment, competency=competency, seen_on=seen_on)
    mark.level = level
    keep(mark, by=by)
    record(by, "capacity.note_mark", of=enrolment)
    return mark


@transaction.atomic
def certify(*, enrolment: Enrolment, issued_on: date, signatories: str, by: Any) -> Certificate:
    """Somebody completed the pathway by its own rule; nothing else gives a certificate."""
    require(by, MANAGE, enrolment.cohort.region)
    _not_later(issued_on, "issued_on")
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if held.left_on:
        raise Invalid(_("She left this cohort."))
    if Certificate.objects.filter(enrolment=held).exists():
        raise Invalid(_("She has this certificate already."))
    missing = lacks_of(held)
    if missing:
        said = ", ".join(str(LACKS[name]) for name in missing)
        raise Invalid(format_lazy(_("The pathway is not completed: {what}."), what=said))
    certificate = Certificate(
        enrolment=held, code=new_code(), issued_on=issued_on, signatories=signatories.strip()
    )
    keep(certificate, by=by)
    record(by, "capacity.certify", of=held)
    return certificate


@transaction.atomic
def revoke(*, enrolment: Enrolment, why: str, by: Any) -> Certificate:
    """A certificate no longer stands; whoever checks its code is told so."""
    require(by, MANAGE, enrolment.cohort.region)
    certificate = Certificate.objects.select_for_update().get(enrolment=enrolment)
    if certificate.revoked_on:
        raise Invalid(_("This certificate is revoked already."))
    certificate.revoked_on, certificate.revoked_for = timezone.localdate(), why.strip()
    keep(certificate, by=by)
    record(by, "capacity.revoke", of=enrolment)
    return certificate


def lacks_of(enrolment: Enrolment) -> list[str]:
    """What somebody lacks to complete her pathway."""
    held = list(enrolment.cohort.sessions.held())
    there = list(enrolment.attendances.select_related("session"))
    post = enrolment.tests.filter(kind=TestKind.POST).first()
    return lacking(
        enrolment.cohort.pathway.rule,
        held=sum(session.half_days for session in held),
        present=len(there),
        post=post.percent if post else None,
        attended={each.session.module_id for each in there},
    )


def _not_later(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise Invalid(_("This day is after today. Correct it."), field=field)
