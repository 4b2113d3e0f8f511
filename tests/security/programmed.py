"""The programme in one region, for the walks: a centre, a package with a child in it, an activity, all invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sutura.partners.services import add_organisation
from sutura.places.models import Unit
from sutura.response.models import Docket, Enrolment, Offer, Site
from sutura.response.services import programme
from sutura.response.services.prevention import note_activity
from sutura.response.services.sites import add_site
from tests.security.case import Case

LISTS_OF_PROGRAMME = {
    **{
        f"response:{name}": ("binta", {})
        for name in ("programme", "programme_book", "package_new", "cost_set", "activities", "activity_new")
    },
    "response:coverage": ("fatou", {}),
}
OF_PROGRAMME = (
    "centre", "beds_set", "package", "terms_set", "package_close", "programme_partner", "enrol", "enrolment_end",
    "docket_move",
)  # fmt: skip


@dataclass
class Programmed:
    """A centre and a package with a child."""

    centre: Site
    offer: Offer
    enrolment: Enrolment

    def cases(self, docket: Docket) -> Iterator[Case]:
        """Each address, and who reads it in Mopti."""
        for name in ("centre", "beds_set"):
            yield _case(name, self.centre.public_id)
        for name in ("package", "terms_set"):
            yield _case(name, self.offer.public_id)
        yield _case("package_close", self.offer.public_id, who="")
        yield _case("programme_partner", self.offer.organisation.public_id)
        for name in ("enrol", "docket_move"):
            yield _case(name, docket.public_id)
        yield _case("enrolment_end", self.enrolment.public_id)

    @property
    def marks(self) -> set[str]:
        """What no outsider may be told: centres and packages are no secret to whoever coordinates, children are."""
        return {str(self.enrolment.public_id)}


def give(docket: Docket, place: Unit, *, by: Any) -> Programmed:
    """A centre of ten places, a package of five with one child, an activity with ten girls, a year of costs."""
    region, today = docket.region, timezone.localdate()
    partner = add_organisation(
        name=f"Partenaire inventé de {region}", acronym=f"PI{region}", kind="nngo", by=by
    )
    centre = add_site(name=f"Centre inventé de {region}", kind="centre", place=place, run_by=partner, by=by)
    programme.set_beds(site=centre, valid_from=today, boys=6, girls=4, by=by)
    offer = programme.add_offer(
        organisation=partner, kind="school", place=place, valid_from=today, places=5, unit_cost=90_000, by=by
    )
    programme.set_cost(
        organisation=partner,
        region=region,
        year=today.year,
        item="care",
        planned=2_000_000,
        spent=1_000_000,
        by=by,
    )
    note_activity(
        kind="talk", theme="recruitment", place=place, held_on=today, organisation=partner, girls=10, by=by
    )
    enrolment = programme.enrol(docket=docket, offer=offer, precision="day", day=today, by=by)
    return Programmed(centre, offer, enrolment)


def _case(name: str, *arguments: object, who: str = "binta") -> Case:
    return Case(f"response:{name}", reverse(f"response:{name}", args=arguments), who)
