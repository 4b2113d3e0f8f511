"""Which child is in which centre and in which package, read from the lines of dockets that stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sutura.response.choices import Kind
from sutura.response.models import Docket, Enrolment, Step
from sutura.response.querysets import DocketQuerySet
from sutura.response.rules.programme import ENDS_STAY, Stay, end_of_chain, stays


@dataclass(frozen=True)
class InCentre:
    """A child in a centre, now or before."""

    docket: Docket
    stay: Stay


@dataclass(frozen=True)
class InPackage:
    """A child in a package, with the lines that stand for its beginning and its end."""

    enrolment: Enrolment
    begun: Step
    ended: Step | None

    def touches(self, first: date, last: date) -> bool:
        """Whether it may have gone on within some days."""
        came = self.begun.day is None or self.begun.day <= last
        return came and (self.ended is None or self.ended.day is None or self.ended.day >= first)


def in_centres(dockets: DocketQuerySet) -> list[InCentre]:
    """Every stay in a centre: two questions, whatever the number of children."""
    housed = Step.objects.among(docket__in=dockets, kind=Kind.CARE, site__isnull=False).values("docket")
    lines = Step.objects.among(docket__in=housed, kind__in=(*ENDS_STAY, Kind.ENCOUNTER)).standing()
    by_docket: defaultdict[int, list[Step]] = defaultdict(list)
    for step in lines.select_related("docket").order_by("docket_id", "id"):
        by_docket[step.docket_id].append(step)
    found = []
    for steps in by_docket.values():
        latest, sites = max(step.episode for step in steps), {step.pk: step.site_id for step in steps}
        for number in sorted({step.episode for step in steps}):
            facts = [step.fact for step in steps if step.episode == number]
            found += [
                InCentre(steps[0].docket, stay)
                for stay in stays(facts, sites, latest=number == latest)
                if stay.site
            ]
    return found


def in_packages(dockets: DocketQuerySet) -> list[InPackage]:
    """Every child in a package whose beginning stands: two questions."""
    enrolments = Enrolment.objects.among(docket__in=dockets).select_related("docket", "offer__organisation")
    lines = Step.objects.among(docket__in=enrolments.values("docket"), kind__in=(Kind.PACKAGE, ""))
    steps = {step.pk: step for step in lines}
    corrections = {step.corrects_id: (step.pk, str(step.kind)) for step in steps.values() if step.corrects_id}

    def stands(number: int | None) -> Step | None:
        last, kind = end_of_chain(number, corrections) if number else (0, "")
        return None if kind == "" else steps[last]

    both = [(each, stands(each.begun_id), stands(each.ended_id)) for each in enrolments]
    return [InPackage(each, begun, ended) for each, begun, ended in both if begun is not None]
