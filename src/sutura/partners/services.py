"""What may happen to organisations, projects and visits. Nothing is deleted: what is no more is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import drop, keep, record
from sutura.partners.choices import Level, OrganisationKind, ProjectState, Sector
from sutura.partners.models import Organisation, Part, PlaceInConsortium, Project, Visit
from sutura.partners.rules import goes_round, key


@transaction.atomic
def add_organisation(
    *,
    name: str,
    kind: str,
    by: Any,
    acronym: str = "",
    sectors: Iterable[str] = (),
    level: str = Level.NATIONAL,
    region: str = "",
    parent: Organisation | None = None,
    contact_email: str = "",
) -> Organisation:
    """A new organisation of the directory; without a region it works for the whole country."""
    require(by, "partners.manage", region)
    organisation = Organisation(
        name=name.strip(), folded=key(name), acronym=acronym.strip(), kind=kind, sectors=_codes(sectors),
        level=level, region=region, parent=parent, contact_email=contact_email,
    )  # fmt: skip
    _check(organisation)
    keep(organisation, by=by)
    record(by, "partners.add_organisation", of=organisation)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, by: Any, why: str = "", **said: Any) -> Organisation:
    """Change what the directory says of an organisation; the old version stays."""
    require(by, "partners.manage", organisation.region)
    if "region" in said:
        require(by, "partners.manage", said["region"])
    if "sectors" in said:
        said["sectors"] = _codes(said["sectors"])
    if "name" in said:
        said["folded"] = key(said["name"])
    changed = [field for field, value in said.items() if getattr(organisation, field) != value]
    for field in changed:
        setattr(organisation, field, said[field])
    _check(organisation)
    if changed:
        keep(organisation, by=by, why=why)
        record(by, "partners.change_organisation", of=organisation, fields=" ".join(changed))
    return organisation


@transaction.atomic
def set_consortium(
    *, consortium: Organisation, organisations: Iterable[Organisation], by: Any
) -> Organisation:
    """Say which organisations make up a consortium."""
    require(by, "partners.manage", consortium.region)
    wanted = {organisation.pk: organisation for organisation in organisations}
    if wanted and consortium.kind != OrganisationKind.CONSORTIUM:
        raise Invalid(_("Only a consortium is made up of organisations."), field="organisations")
    if consortium.pk in wanted:
        raise Invalid(_("A consortium cannot be part of itself."), field="organisations")
    places = {place.organisation_id: place for place in consortium.places.all()}
    for number in places.keys() - wanted.keys():
        drop(places[number], by=by)
    for number in sorted(wanted.keys() - places.keys()):
        keep(PlaceInConsortium(consortium=consortium, organisation=wanted[number]), by=by)
    record(by, "partners.set_consortium", of=consortium, fields=f"{len(wanted)}")
    return consortium


@transaction.atomic
def add_project(
    *,
    title: str,
    lead: Organisation,
    starts_on: date,
    by: Any,
    partners: Iterable[Organisation] = (),
    funder: Organisation | None = None,
    sectors: Iterable[str] = (),
    regions: Iterable[str] = (),
    ends_on: date | None = None,
    budget: int | None = None,
    state: str = ProjectState.UNDER_WAY,
) -> Project:
    """A project that partners carry out; without a region it is of the whole country."""
    chosen = set(regions)
    for region in chosen or {""}:
        require(by, "partners.manage", region)
    project = Project(
        title=title.strip(), lead=lead, funder=funder, sectors=_codes(sectors), regions=" ".join(sorted(chosen)),
        starts_on=starts_on, ends_on=ends_on, budget=budget, state=state,
    )  # fmt: skip
    _check_project(project)
    keep(project, by=by)
    _set_parts(project, partners, by=by)
    record(by, "partners.add_project", of=project)
    return project


@transaction.atomic
def change_project(
    *, project: Project, by: Any, partners: Iterable[Organisation] | None = None, **said: Any
) -> Project:
    """Change what is said of a project, in every region where it works or will."""
    now = set(project.regions.split())
    wanted = set(said.get("regions", now))
    for region in (now or {""}) | (wanted or {""}):
        require(by, "partners.manage", region)
    said["regions"] = " ".join(sorted(wanted))
    if "sectors" in said:
        said["sectors"] = _codes(said["sectors"])
    changed = [name for name, value in said.items() if getattr(project, name) != value]
    for name in changed:
        setattr(project, name, said[name])
    _check_project(project)
    if changed:
        keep(project, by=by)
    if partners is not None:
        _set_parts(project, partners, by=by)
    record(by, "partners.change_project", of=project, fields=" ".join(changed))
    return project


@transaction.atomic
def note_visit(
    *,
    organisation: Organisation,
    visited_on: date,
    visitors: str,
    findings: str,
    by: Any,
    region: str = "",
    follow_up_on: date | None = None,
) -> Visit:
    """A visit of technical support took place: what was found, and until when it is followed up."""
    require(by, "partners.manage", region)
    if visited_on > timezone.localdate():
        raise Invalid(_("This day is after today. Correct it."), field="visited_on")
    if follow_up_on and follow_up_on < visited_on:
        raise Invalid(_("The follow-up comes after the visit. Correct the day."), field="follow_up_on")
    visit = Visit(
        organisation=organisation, region=region, visited_on=visited_on, visitors=visitors.strip(),
        findings=findings.strip(), follow_up_on=follow_up_on,
    )  # fmt: skip
    keep(visit, by=by)
    record(by, "partners.note_visit", of=visit)
    return visit


@transaction.atomic
def follow_up(*, visit: Visit, followed_up_on: date, outcome: str, by: Any) -> Visit:
    """What a visit asked for was done: on which day, and what."""
    require(by, "partners.manage", visit.region)
    held = Visit.objects.select_for_update().get(pk=visit.pk)
    if held.follow_up_on is None or held.followed_up_on:
        raise Invalid(_("No follow-up is owed on this visit. Open its page again."))
    if not held.visited_on <= followed_up_on <= timezone.localdate():
        raise Invalid(_("Choose a day from the visit to today."), field="followed_up_on")
    held.followed_up_on, held.outcome = followed_up_on, outcome.strip()
    keep(held, by=by, why="followed up")
    record(by, "partners.follow_up", of=held)
    return held


def _set_parts(project: Project, partners: Iterable[Organisation], *, by: Any) -> None:
    wanted = {one.pk: one for one in partners if one.pk != project.lead_id}
    parts = {part.organisation_id: part for part in project.parts.all()}
    for number in parts.keys() - wanted.keys():
        drop(parts[number], by=by)
    for number in sorted(wanted.keys() - parts.keys()):
        keep(Part(project=project, organisation=wanted[number]), by=by)


def _check_project(project: Project) -> None:
    if project.ends_on and project.ends_on < project.starts_on:
        raise Invalid(_("The end is before the beginning. Correct one of the two days."), field="ends_on")


def _codes(sectors: Iterable[str]) -> str:
    """Codes of sectors as they are kept, in the order of the field."""
    chosen = set(sectors)
    return " ".join(sector.value for sector in Sector if sector in chosen)


def _check(organisation: Organisation) -> None:
    if not organisation.folded:
        raise Invalid(_("Write a name with letters or digits."), field="name")
    if organisation.kind not in OrganisationKind.values:
        raise Invalid(_("Choose a kind of the list."), field="kind")
    if Organisation.objects.filter(folded=organisation.folded).exclude(pk=organisation.pk).exists():
        raise Invalid(_("The directory already has an organisation of this name."), field="name")
    if (organisation.level == Level.NATIONAL) != (organisation.region == ""):
        raise Invalid(
            _("Choose a region below the national level, and none at the national level."), field="region"
        )
    if organisation.parent_id:
        parents = dict(Organisation.objects.values_list("pk", "parent_id"))
        if organisation.pk and goes_round(organisation.pk, organisation.parent_id, parents):
            raise Invalid(_("An organisation cannot stand under itself."), field="parent")
