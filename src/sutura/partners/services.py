"""What may happen to the directory of organisations. Nothing is deleted: what is no more is closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.access.rules import require
from sutura.audit.services import drop, keep, record
from sutura.partners.choices import Level, OrganisationKind, Sector
from sutura.partners.models import Organisation, PlaceInConsortium
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
