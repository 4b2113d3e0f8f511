"""What the register of children followed holds in one region, for the walks: one docket and its lines, all invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from sutura.mhpss.models import Service
from sutura.places.models import Unit
from sutura.response.models import Docket, Evidence, FlaggedNeed, Referral, Site, Step
from sutura.response.services.dockets import note_step, open_docket
from sutura.response.services.evidence import keep_evidence
from sutura.response.services.limits import load_register
from sutura.response.services.referrals import refer
from sutura.response.services.sites import add_site
from sutura.response.tokens import token_of
from tests.photographs import photograph
from tests.security.caring import CARE_LISTS, OF_CARE, care_cases, flagged
from tests.security.case import Case
from tests.security.programmed import LISTS_OF_PROGRAMME, OF_PROGRAMME, Programmed, give
from tests.security.schooled import LISTS as OF_SCHOOL_LISTS
from tests.security.schooled import OF_SCHOOLS, Schooled, attend
from tests.security.visited import OF_VISITS, VISIT_LISTS, Visited, visit_place

LISTS = {
    **{f"response:{name}": ("binta", {}) for name in ("home", "docket_new", "limits", "sites", "site_new")},
    "response:limits_new": ("binta", {}),
    "response:counts": ("fatou", {}),
    "response:referrals": ("binta", {}),
    "response:indicators": ("binta", {}),
    "response:indicator": ("binta", {"name": "in_time"}),
    **CARE_LISTS,
    **VISIT_LISTS,
    **LISTS_OF_PROGRAMME,
    **OF_SCHOOL_LISTS,
}  # fmt: skip
OF_DOCKET = ("docket", "docket_change", "referral_new")
OF_LINE = ("correct", "take_back", "evidence_new")
OTHERS = "step_new evidence site_close referral consent_withdraw referral_link".split()
OF_RESPONSE = {
    *(f"response:{name}" for name in (*OF_DOCKET, *OF_LINE, *OTHERS, *OF_PROGRAMME)),
    *OF_CARE,
    *OF_VISITS,
    *OF_SCHOOLS,
}


@dataclass
class Returning:
    """A child in detention, by code."""

    docket: Docket
    step: Step
    evidence: Evidence
    site: Site
    referral: Referral
    need: FlaggedNeed
    visited: Visited
    programme: Programmed
    schooled: Schooled

    def cases(self) -> Iterator[Case]:
        """Each address, and who reads it in Mopti."""
        for name in OF_DOCKET:
            yield _case(name, self.docket.public_id)
        for name in OF_LINE:
            yield _case(name, self.step.public_id)
        yield _case("step_new", self.docket.public_id, "handover")
        yield _case("evidence", self.evidence.public_id)
        yield _case("site_close", self.site.public_id, who="")
        yield _case("referral", self.referral.public_id)
        yield _case("consent_withdraw", self.referral.public_id, who="")
        yield from care_cases(self.docket, self.need, self.referral)
        yield from self.visited.cases()
        yield from self.programme.cases(self.docket)
        yield from self.schooled.cases()

    @property
    def open_url(self) -> Case:
        """The link of a referral, for whoever holds it."""
        return _case("referral_link", token_of(self.referral), who="")

    @property
    def marks(self) -> set[str]:
        """What no outsider may be told."""
        return {
            self.docket.ref,
            *(str(one.public_id) for one in (self.docket, self.step, self.evidence, self.site, self.need)),
            *self.visited.marks,
            *self.programme.marks,
            *self.schooled.marks,
        }


def bring_back(region: str, *, by: Any) -> Returning:
    """A child arrested and detained in a region."""
    load_register(by=by)
    place = Unit.objects.filter(region=region, level=2).order_by("code")[0]
    known = {"precision": "day", "day": timezone.localdate(), "place": place}
    site = add_site(name=f"Prison inventée de {region}", kind="prison", place=place, by=by)
    docket = open_docket(region=region, sex="boy", association="alleged", answer="arrested", by=by, **known)
    step = note_step(docket=docket, kind="detention", answer="prison", site=site, by=by, **known)
    evidence = keep_evidence(
        step=step, paper="warrant", file=ContentFile(photograph(), name="mandat.jpg"), by=by
    )
    return Returning(
        docket, step, evidence, site, _refer(docket, by=by), flagged(docket, by=by),
        visit_place(site, docket, by=by), give(docket, place, by=by), attend(region, by=by),
    )  # fmt: skip


def _refer(docket: Docket, *, by: Any) -> Referral:
    today = timezone.localdate()
    service = Service.objects.on_the_map().filter(region=docket.region).first()
    assert service is not None
    return refer(
        docket=docket, service=service, need="legal", urgency="24", given_by="child", given_on=today, expires_on=today,
        by=by,
    )  # fmt: skip


def _case(name: str, *arguments: object, who: str = "binta") -> Case:
    return Case(f"response:{name}", reverse(f"response:{name}", args=arguments), who)
