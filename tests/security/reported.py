"""What the indicators of one region hold, for the walks: a round, reports in three states, a bulletin, a link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sutura.coordination.models import Body
from sutura.indicators.models import Bulletin, Definition, Figure, Report, ReportLink, Round
from sutura.indicators.rules import Answer
from sutura.indicators.services import bulletins, load_register, reports, rounds
from sutura.indicators.tokens import token_of
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from tests.people import cast

OF_INDICATOR = ("indicator", "records", "indicator_change", "indicator_retire")
OF_ROUND = ("round", "round_expect", "dhis2")
OF_INDICATORS = {
    f"indicators:{name}"
    for name in (
        *OF_INDICATOR, *OF_ROUND, "dhis2_json", "report", "report_send", "report_accept", "report_back", "report_link",
        "answer", "bulletin", "figure",
    )
}  # fmt: skip
LISTS = ("list indicator_new rounds round_new bulletins bulletin_new mandate exports code_new").split()
LISTS_OF_INDICATORS: dict[str, tuple[str, dict[str, str]]] = {
    **{f"indicators:{name}": ("fatou", {}) for name in LISTS},
    "indicators:export_file": ("fatou", {"kind": "xlsx"}),
}


@dataclass
class Reported:
    """The records that hang on one round."""

    definition: Definition
    round: Round
    due: Report
    sent: Report
    bulletin: Bulletin
    figure: Figure
    link: ReportLink

    def urls(self) -> Iterator[tuple[str, str, str]]:
        """Those of this region: name, address, and who gets in; nobody by a mere look where something is posted."""
        for name in ("round_expect", "dhis2", "dhis2_json"):
            yield to(name, "fatou", self.round.public_id)
        for name, record in (
            ("report", self.due), ("report_send", self.due), ("report_accept", self.sent), ("report_back", self.sent),
        ):  # fmt: skip
            yield to(name, "fatou", record.public_id)
        yield to("report_link", "", self.due.public_id)

    def country_urls(self) -> Iterator[tuple[str, str, str]]:
        """What is one for the whole country."""
        for name in OF_INDICATOR:
            yield to(name, "fatou", self.definition.indicator.public_id)
        yield to("round", "fatou", self.round.public_id)
        yield to("bulletin", "fatou", self.bulletin.public_id)
        yield to("figure", "fatou", self.bulletin.public_id, self.figure.pk)

    @property
    def open_url(self) -> tuple[str, str, str]:
        """What whoever holds a link opens."""
        return to("answer", "", token_of(self.link))


def to(name: str, insider: str, *arguments: Any) -> tuple[str, str, str]:
    """An address of indicators: its name, where it is, and who gets in."""
    return f"indicators:{name}", reverse(f"indicators:{name}", args=arguments), insider


def ask(body: Body, organisation: Organisation, *, by: Any) -> Reported:
    """One of each in the region of a body."""
    load_register(by=by)
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    definition = Definition.objects.current().get(indicator__code="CCT11")
    made = rounds.open_round(
        title=f"Collecte inventée {body.region}", body=body, first=last.replace(day=1), last=last, due_on=last,
        definitions=[definition], by=by,
    )  # fmt: skip
    other = add_organisation(by=by, name=f"Autre ONG fictive de {body.region}", kind="nngo")
    rounds.expect(round=made, organisations=[organisation, other], regions=[body.region], by=by)
    given = {(definition.pk, ""): Answer(Decimal(7))}
    sent = reports.send_report(report=made.reports.get(organisation=other), given=given, by=by)
    bulletin = bulletins.freeze(title=f"Bulletin inventé {body.region}", first=made.first, last=last, by=by)
    due = made.reports.get(organisation=organisation)
    link = reports.hand_out_link(report=due, by=cast(f"judge-{body.region}", "coordinator"))
    return Reported(definition, made, due, sent, bulletin, bulletin.figures.earliest("pk"), link)
