from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sutura.coordination.models import Body
from sutura.coordination.services.bodies import add_member, open_body
from sutura.indicators.models import Definition, Report, Round
from sutura.indicators.rules import Answer
from sutura.indicators.services import load_register
from sutura.indicators.services.reports import accept, send_report
from sutura.indicators.services.rounds import expect, open_round
from sutura.partners.models import Organisation
from sutura.partners.services import add_organisation
from sutura.people.models import Account
from tests.people import MOPTI, cast
from tests.registers import load_places

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


@dataclass
class Office:
    """The common framework, a body that asks, two organisations and who speaks for them."""

    body: Body
    help: Organisation
    listen: Organisation
    mariam: Account  # sits for the first
    other: Account  # sits for the second
    fatou: Account  # asks and judges
    second: Account  # judges too


@pytest.fixture
def office(machine: Account, fatou: Account) -> Office:
    """What every test of indicators begins with."""
    load_places(by=machine)
    load_register(by=machine)
    body = open_body(
        by=machine, kind="consultation", name_fr="Cadre inventé", name_en="Invented framework", acronym="CCT-INV",
        level="national",
    )  # fmt: skip
    help_, listen = (
        add_organisation(by=machine, name=name, acronym=acronym, kind="nngo")
        for name, acronym in (("Aide inventée", "AID"), ("Écoute inventée", "ECO"))
    )
    mariam, other = cast("mariam", "body_member"), cast("other", "body_member")
    for account, organisation in ((mariam, help_), (other, listen)):
        add_member(
            body=body, organisation=organisation, starts_on=timezone.localdate() - timedelta(days=9), account=account,
            by=machine,
        )  # fmt: skip
    return Office(body, help_, listen, mariam, other, fatou, cast("second", "coordinator"))


def definition(code: str) -> Definition:
    """The version in force of an indicator."""
    return Definition.objects.current().get(indicator__code=code)


def round_of(
    office: Office, *codes: str, first: date = FIRST, last: date = LAST, due: date | None = None
) -> Round:
    """A round which asks both organisations, the first in Mopti."""
    made = open_round(
        title=f"Période {first:%m %Y}", body=office.body, first=first, last=last,
        due_on=due or last + timedelta(days=10), definitions=[definition(code) for code in codes], by=office.fatou,
    )  # fmt: skip
    expect(round=made, organisations=[office.help, office.listen], regions=[MOPTI], by=office.fatou)
    return made


def of(round: Round, organisation: Organisation) -> Report:
    """What an organisation owes in a round."""
    return round.reports.get(organisation=organisation)


def numbers(code: str, total: Any, whole: Any = None, **parts: Any) -> dict[tuple[int, str], Answer]:
    """What is typed of one indicator."""
    pk = definition(code).pk
    told = {(pk, ""): Answer(Decimal(total), None if whole is None else Decimal(whole))}
    return told | {(pk, part): Answer(Decimal(count)) for part, count in parts.items()}


def accepted(office: Office, report: Report, by: Account, **told: Any) -> Report:
    """A report that was sent by one and accepted by another."""
    return accept(report=send_report(report=report, by=by, **told), by=office.fatou)


def browser(account: Account) -> Client:
    """The browser of somebody."""
    found = Client()
    found.force_login(account)
    return found
