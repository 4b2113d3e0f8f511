"""One cohort, one session, one enrolment, one certificate: what each page shows, names only to who manages there."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sutura.access.rules import may
from sutura.capacity.choices import TestKind
from sutura.capacity.forms.training import AttendanceForm
from sutura.capacity.models import Certificate, Cohort, Enrolment, Module, Pathway, Professional, Session
from sutura.capacity.querysets import MANAGE
from sutura.capacity.rules import gain, initials, mean_gain, spaced, typed_code
from sutura.capacity.services.results import LACKS, lacks_of
from sutura.places.models import Unit
from sutura.ui import wording

TESTS = tuple(TestKind)


def cohort_page(user: Any, cohort: Cohort) -> dict[str, Any]:
    """A cohort: its facts, its sessions, and who is enrolled."""
    enrolments = list(
        cohort.enrolments.select_related("professional", "certificate").prefetch_related(
            "tests", "attendances"
        )
    )
    sessions = list(cohort.sessions.with_present().select_related("module"))
    half_days = sum(each.half_days for each in sessions if not each.cancelled)
    lines = [line(user, each, half_days) for each in enrolments]
    mean, pairs = mean_gain((row["tests"][0], row["tests"][1]) for row in lines)
    return {
        "cohort": cohort,
        "facts": facts(cohort),
        "sessions": sessions,
        "lines": lines,
        "gain": mean,
        "pairs": pairs,
        "keeper": may(user, MANAGE, cohort.region),
    }


def line(user: Any, enrolment: Enrolment, half_days: int) -> dict[str, Any]:
    """One enrolment in the list of a cohort."""
    told = {test.kind: test.percent for test in enrolment.tests.all()}
    tests = [told.get(kind) for kind in TESTS]
    return {
        "enrolment": enrolment,
        "name": called(user, enrolment.professional),
        "present": len(enrolment.attendances.all()),
        "half_days": half_days,
        "tests": tests,
        "gain": gain(tests[0], tests[1]),
        "certificate": getattr(enrolment, "certificate", None),
        "over": enrolment.cohort.ends_on < timezone.localdate(),
    }


def facts(cohort: Cohort) -> list[dict[str, Any]]:
    """What a cohort is, as it reads."""
    names = Unit.objects.region_names()
    where = names.get(cohort.region, cohort.region)
    return [
        {"label": _("Pathway"), "value": cohort.pathway, "url": cohort.pathway.get_absolute_url()},
        {"label": _("Organised by"), "value": cohort.organiser},
        {"label": _("Funded by"), "value": cohort.funder or ""},
        {"label": _("Where"), "value": ", ".join(part for part in (cohort.place, where) if part)},
        {"label": _("Dates"), "value": wording.days(cohort.starts_on, cohort.ends_on)},
        {"label": _("Number of places"), "value": cohort.capacity},
        {"label": _("How people are chosen"), "value": cohort.criteria},
    ]


def session_page(user: Any, session: Session, typed: Any) -> dict[str, Any]:
    """A session and its sheet: one line a person, one box a half-day."""
    keeper = may(user, MANAGE, session.cohort.region)
    enrolments = list(session.cohort.enrolments.filter(left_on=None).select_related("professional"))
    known = {(each.enrolment_id, each.half_day) for each in session.attendances.all()}
    form = AttendanceForm(typed, session=session, enrolments=enrolments)
    said = set(typed.getlist("present")) if typed is not None else None
    sheet = [
        {"name": called(user, each.professional), "boxes": boxes(each, form.half_days, known, said)}
        for each in enrolments
    ]  # fmt: skip
    leads = session.leads.select_related("professional")
    return {
        "session": session,
        "form": form,
        "sheet": sheet if keeper else [],
        "present": len(known),
        "trainers": [called(user, each.professional) for each in leads],
        "keeper": keeper,
    }


def boxes(
    enrolment: Enrolment, half_days: range, known: set[tuple[int, int]], said: set[str] | None
) -> list[dict[str, Any]]:
    """The boxes of one person: as they were just typed, or as they are kept."""
    found = []
    for half in half_days:
        tick = f"{enrolment.public_id} {half}"
        ticked = tick in said if said is not None else (enrolment.pk, half) in known
        found.append({"tick": tick, "ticked": ticked, "half_day": half})
    return found


def enrolment_page(user: Any, enrolment: Enrolment) -> dict[str, Any]:
    """One person in one cohort: her tests, what she can do, what she lacks, her certificate."""
    tests = {test.kind: test for test in enrolment.tests.all()}
    marks = enrolment.marks.select_related("competency")
    percents = [tests[kind].percent if kind in tests else None for kind in TESTS]
    certificate = getattr(enrolment, "certificate", None)
    return {
        "enrolment": enrolment,
        "name": called(user, enrolment.professional),
        "named": may(user, MANAGE, enrolment.professional.region),
        "tests": list(tests.values()),
        "gain": gain(percents[0], percents[1]),
        "marks": list(marks),
        "lacking": [LACKS[name] for name in lacks_of(enrolment)],
        "certificate": certificate,
        "code": spaced(certificate.code) if certificate else "",
    }


def certificate_page(enrolment: Enrolment) -> dict[str, Any]:
    """A certificate as it is handed over: who completed what, in how many hours, and the code that proves it."""
    pathway = enrolment.cohort.pathway
    steps = list(pathway.steps.select_related("module"))
    return {
        "enrolment": enrolment,
        "modules": [step.module for step in steps],
        "hours": sum(step.module.hours for step in steps if step.is_mandatory),
        "certificate": enrolment.certificate,
        "code": spaced(enrolment.certificate.code),
    }


def catalogue(user: Any) -> dict[str, Any]:
    """Modules and pathways, every version."""
    return {
        "modules": Module.objects.visible_to(user),
        "pathways": Pathway.objects.visible_to(user),
        "keeper": may(user, MANAGE, ""),
    }


def called(user: Any, professional: Professional) -> str:
    """Her name to whoever manages her region; her code to the others."""
    return professional.name if may(user, MANAGE, professional.region) else professional.code


def checked(text: str) -> dict[str, Any]:
    """What anybody learns of a code: initials, pathway and day; or that there is no such certificate."""
    code = typed_code(text)
    if not code:
        return {}
    found = Certificate.objects.filter(code=code).select_related(
        "enrolment__professional", "enrolment__cohort__pathway"
    )
    certificate = found.first()
    if certificate is None:
        return {"unknown": True}
    return {
        "initials": initials(certificate.enrolment.professional.name),
        "pathway": certificate.enrolment.cohort.pathway,
        "issued_on": certificate.issued_on,
        "revoked_on": certificate.revoked_on,
    }
