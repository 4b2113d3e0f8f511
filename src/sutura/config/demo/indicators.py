"""Invented rounds of reports over three months, with one late and one sent back; a bulletin; some codes of DHIS2."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sutura.coordination.models import Body
from sutura.indicators.models import Definition, Round
from sutura.indicators.rules import Answer, next_first, period_of
from sutura.indicators.services import bulletins, codes, reports, rounds
from sutura.partners.models import Organisation
from sutura.people.models import Account

ASKED = ("CCT11", "CCT12", "O5.4", "O1.1")
EXPECTED = (("OTE", "ML07"), ("AJI", "ML05"), ("IFS", "ML05"), ("CHF", "ML01"))
# what becomes of the report of each, the oldest month first
COURSE = {
    "OTE": ("accepted", "accepted", "due"),
    "AJI": ("accepted", "accepted", "accepted"),
    "IFS": ("accepted", "late", "sent"),
    "CHF": ("accepted", "returned", "due"),
}
CODES = (
    ("data_set", "", "SMSPS_M"), ("element", "CCT11", "SMSPS_SENSIB"), ("element", "CCT12", "SMSPS_APPUI"),
    ("category", "women", "F_18P"), ("category", "men", "M_18P"), ("category", "girls", "F_0_17"),
    ("category", "boys", "M_0_17"), ("org_unit", "ML05", "ML05"), ("org_unit", "ML07", "ML07"),
)  # fmt: skip


def count(*, cast: dict[str, Account], today: date) -> None:
    """Fill rounds, reports, a bulletin and codes."""
    body, known = Body.objects.get(acronym="CCT"), {each.acronym: each for each in Organisation.objects.all()}
    asked = [Definition.objects.current().get(indicator__code=code) for code in ASKED]
    for place, back in enumerate((3, 2, 1)):
        first, last = period_of("month", next_first(today.replace(day=1), -back))
        made = rounds.open_round(
            title=f"{first:%m/%Y} (inventé)", body=body, first=first, last=last, due_on=last + timedelta(days=10),
            definitions=asked, by=cast["fatou"],
        )  # fmt: skip
        for acronym, region in EXPECTED:
            rounds.expect(round=made, organisations=[known[acronym]], regions=[region], by=cast["fatou"])
            answer(made, known[acronym], COURSE[acronym][place], asked, number=place, cast=cast)
    first, last = period_of("quarter", next_first(today.replace(day=1), -3))
    title = f"Bulletin des indicateurs, {last:%m/%Y} (inventé)"
    bulletins.freeze(title=title, first=first, last=last, by=cast["fatou"])
    for kind, subject, code in CODES:
        codes.set_code(kind=kind, subject=subject, code=code, by=cast["fatou"])


def answer(
    made: Round,
    organisation: Organisation,
    becomes: str,
    asked: list[Definition],
    *,
    number: int,
    cast: dict[str, Account],
) -> None:
    """One report, as far as it came; the delegate of one organisation sends hers herself."""
    if becomes in ("due", "late"):
        return
    sender = cast["mariam"] if organisation.acronym == "OTE" else cast["kadidia"]
    report = made.reports.get(organisation=organisation)
    report = reports.send_report(report=report, given=numbers(asked, number + report.pk % 5), by=sender)
    if becomes == "accepted":
        reports.accept(report=report, by=cast["fatou"])
    elif becomes == "returned":
        reports.send_back(
            report=report, why="Les enfants sont comptés deux fois (inventé).", by=cast["fatou"]
        )


def numbers(asked: list[Definition], more: int) -> dict[tuple[int, str], Answer]:
    """Invented numbers whose parts make their total."""
    given: dict[tuple[int, str], Answer] = {}
    for place, definition in enumerate(asked, start=1):
        parts = {part.value: Decimal(6 + more + place + at) for at, part in enumerate(definition.categories)}
        total = sum(parts.values(), Decimal(0)) or Decimal(8 + 2 * more)
        given[definition.pk, ""] = Answer(total, Decimal(40) if definition.has_whole else None)
        given |= {(definition.pk, part): Answer(value) for part, value in parts.items()}
    return given
