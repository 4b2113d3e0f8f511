"""What the registers of capacity hold in one region, for the walks: one of each record, all of it invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sutura.capacity.models import (
    Cohort,
    CourseUnit,
    Enrolment,
    Group,
    Initiative,
    JointTheme,
    Module,
    NeedRaised,
    Pathway,
    PeerScheme,
    Professional,
    QualityVisit,
    Session,
    Supervision,
)
from sutura.capacity.services import (
    catalogue,
    following,
    groups,
    initial,
    initiatives,
    people,
    results,
    training,
)
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation

OF_COHORT = ("cohort", "cohort_change", "session_new", "enrol")
OF_ENROLMENT = ("enrolment", "test_new", "mark_new", "leave", "certify", "certificate", "revoke")
OF_PERSON = ("person", "person_change")
OF_GROUP = ("group", "group_change", "sitting_new")
OF_FOLLOWING = (("supervision", "supervision_note"), ("scheme", "contact_new"), ("quality_visit",))
OF_UNIT = ("unit", "unit_step")
OF_INITIATIVE = ("initiative", "initiative_change")
OF_COUNTRY = ("module", "pathway")
OF_CAPACITY = {
    f"capacity:{name}"
    for names in (
        OF_COHORT,
        OF_ENROLMENT,
        OF_PERSON,
        OF_GROUP,
        OF_COUNTRY,
        OF_UNIT,
        OF_INITIATIVE,
        *OF_FOLLOWING,
        ("session", "same", "plan", "theme_answer", "verify"),
    )
    for name in names
}
READ = "home cohorts sessions modules groups raised following initial initiatives".split()
KEPT = (
    "cohort_new module_new pathway_new people person_new doubles refreshers register_file group_new rule reading"
    " supervision_new scheme_new quality_visit_new course_new unit_new initiative_new theme_new"
).split()
OF_TRAINING: dict[str, tuple[str, dict[str, Any]]] = {
    f"capacity:{name}": (insider, {})
    for insider, names in (("fatou", READ), ("secretary", KEPT))
    for name in names
}


@dataclass
class Trained:
    """The records that hang on one cohort."""

    module: Module
    pathway: Pathway
    cohort: Cohort
    session: Session
    person: Professional
    other: Professional
    enrolment: Enrolment
    group: Group
    need: NeedRaised
    followed: tuple[Supervision, PeerScheme, QualityVisit]
    unit: CourseUnit
    initiative: Initiative
    theme: JointTheme

    def urls(self) -> Iterator[tuple[str, str]]:
        """Name of the address, and the address."""
        for name in OF_COHORT:
            yield to(name, self.cohort)
        for name in OF_ENROLMENT:
            yield to(name, self.enrolment)
        for name in OF_PERSON:
            yield to(name, self.person)
        for name in OF_GROUP:
            yield to(name, self.group)
        for names, record in zip(OF_FOLLOWING, self.followed, strict=True):
            yield from (to(name, record) for name in names)
        for name in OF_INITIATIVE:
            yield to(name, self.initiative)
        yield to("theme_answer", self.theme)
        yield to("plan", self.need)
        yield to("session", self.session)
        yield to("same", self.person, self.other)

    def country_urls(self) -> Iterator[tuple[str, str, str]]:
        """What is one for the whole country, and who opens it."""
        yield *to("unit", self.unit), "fatou"
        yield *to("unit_step", self.unit), "secretary"
        yield *to("module", self.module), "fatou"
        yield *to("pathway", self.pathway), "fatou"


def train(region: str, organisation: Organisation, *, by: Any) -> Trained:
    """One of each in a region."""
    today = timezone.localdate()
    module = catalogue.add_module(
        code=f"M{region}", title="Module inventé", hours=6, competencies=["Écouter"], by=by
    )
    pathway = catalogue.add_pathway(
        title=f"Parcours inventé {region}", cadre="community", modules=[module], attendance_percent=50,
        valid_from=today, by=by,
    )  # fmt: skip
    cohort = training.open_cohort(
        code=f"INV-{region}", pathway=pathway, organiser=organisation, region=region, starts_on=today, ends_on=today,
        by=by,
    )  # fmt: skip
    session = training.add_session(cohort=cohort, module=module, held_on=today, half_days=1, by=by)
    person, other = (
        people.add_professional(
            name=name,
            sex="woman",
            cadre="community",
            region=region,
            phone="70000000",
            consented_on=today,
            by=by,
        )
        for name in ("Une inventée", "Une autre inventée")
    )
    enrolment = training.enrol(cohort=cohort, professional=person, enrolled_on=today, by=by)
    training.note_attendance(session=session, present=[(enrolment, 1)], by=by)
    results.certify(enrolment=enrolment, issued_on=today, signatories="Un service inventé", by=by)
    group = groups.open_group(
        code=f"GAPP-{region}", name="Groupe inventé", region=region, host=organisation, opened_on=today,
        facilitator=person, by=by,
    )  # fmt: skip
    sitting = groups.note_sitting(group=group, held_on=today, women=5, needs=["training"], by=by)
    need = sitting.needs.get()
    followed = (
        following.begin_supervision(
            professional=person, supervisor=other, kind="peers", every_days=30, starts_on=today, by=by
        ),
        following.open_scheme(
            kind="experience", name="Pairs inventés", region=region, organisation=organisation, opened_on=today,
            supporters=3, supervised=1, by=by,
        ),
        following.note_quality_visit(visited_on=today, visitors="Un service", marks={}, cohort=cohort, by=by),
    )  # fmt: skip
    unit = proposed(module, region, by=by)
    initiative = initiatives.add_initiative(
        title="Initiative inventée", sector="health", carried="outside", organisation=organisation, region=region,
        themes=["grief"], starts_on=today, by=by,
    )  # fmt: skip
    theme = initiatives.raise_theme(
        theme="grief",
        region=region,
        sectors=["health", "education"],
        why="À inventer",
        raised_on=today,
        by=by,
    )
    return Trained(
        module,
        pathway,
        cohort,
        session,
        person,
        other,
        enrolment,
        group,
        need,
        followed,
        unit,
        initiative,
        theme,
    )


def proposed(module: Module, region: str, *, by: Any) -> CourseUnit:
    """A module proposed to a course of an invented institute."""
    institute = add_organisation(
        by=by, name=f"Institut inventé {region}", acronym=f"II{region}", kind="training"
    )
    course = initial.add_course(institute=institute, name="Filière inventée", level="diploma", by=by)
    return initial.propose_unit(course=course, module=module, hours=6, since=timezone.localdate(), by=by)


def to(name: str, *records: Any) -> tuple[str, str]:
    """An address of capacity and its name."""
    return f"capacity:{name}", reverse(f"capacity:{name}", args=[one.public_id for one in records])
