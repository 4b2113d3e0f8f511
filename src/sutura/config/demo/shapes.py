"""Believable shapes of invented facts: where, when, what, by whom. Weights, not data about anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

# Cercles by weight: the centre, then the three borders, then a little everywhere (published accounts, mrm.md 6).
CERCLES = {
    "ML0501": 9, "ML0502": 8, "ML0503": 3, "ML0504": 9, "ML0505": 8, "ML0506": 6, "ML0507": 4, "ML0508": 3,
    "ML0701": 7, "ML0702": 3, "ML0703": 7, "ML1001": 4, "ML1004": 3, "ML0601": 3, "ML0602": 4, "ML0603": 4,
    "ML0604": 4, "ML0605": 3, "ML0404": 5, "ML0402": 2, "ML0401": 1, "ML0801": 3, "ML0803": 1,
    "ML0207": 1, "ML0304": 1, "ML0106": 1, "ML0102": 1,
}  # fmt: skip
# By month: the dry season is the season of movement.
MONTHS = (9, 10, 11, 11, 10, 8, 6, 5, 5, 7, 8, 9)
STORIES = {
    "explosive": 15,
    "village": 17,
    "crossfire": 6,
    "recruitment": 24,
    "abduction": 11,
    "abducted_recruited": 8,
    "school": 11,
    "hospital": 4,
    "denial": 11,
    "sexual_violence": 4,
    "military_use": 2,
    "detention": 3,
}
# Most violations stay unattributed, armed groups come next, forces are few (mrm.md 4.9).
PARTIES = {
    "": 55, "JNIM": 16, "EIGS": 9, "DNA": 6, "DOZO": 4, "CMA": 2, "GATIA": 2, "PLATEFORME": 1, "FAMA": 4, "FSP": 1,
}  # fmt: skip
# Days from the event to the decision: most within the quarter, some much later.
WAITS = (9, 12, 16, 20, 24, 28, 32, 38, 45, 60, 90, 160)
CROSSFIRE = (("FAMA", "JNIM"), ("EIGS", "JNIM"), ("DNA", "JNIM"))
JOINT = ("FAMA", "FSP")


@dataclass(frozen=True)
class Draw:
    """One invented event before it becomes records."""

    number: int
    story: str
    day: date
    cercle: str
    parties: tuple[str, ...]
    attribution: str
    boys: int
    girls: int
    unknown: int
    status: str
    decided_on: date | None
    judged: bool = False
    """Whether people of the demonstration judge it; older decisions come as if from a file."""


def pick(random: Random, weights: dict[str, int]) -> str:
    """One key, by weight."""
    return random.choices(list(weights), list(weights.values()))[0]


def quarter_end(day: date) -> date:
    """The last day of the quarter of a day."""
    month = (day.month - 1) // 3 * 3 + 4
    return date(day.year + month // 12, (month - 1) % 12 + 1, 1) - timedelta(days=1)


def last_quarter(today: date) -> tuple[date, date]:
    """First and last day of the last closed quarter."""
    month = (today.month - 1) // 3 * 3 + 1
    end = date(today.year, month, 1) - timedelta(days=1)
    return date(end.year, end.month - 2, 1), end


def draw(number: int, random: Random, today: date, years: int = 3) -> Draw:
    """One event of the last three years; recent ones are more often still pending."""
    day = _day(random, today, years)
    story = pick(random, STORIES)
    parties, attribution = _parties(story, random)
    boys, girls, unknown = _children(story, random)
    status, decided_on = _decision(day, random, today)
    judged = decided_on is not None and decided_on >= last_quarter(today)[0]
    cercle = pick(random, CERCLES)
    return Draw(
        number, story, day, cercle, parties, attribution, boys, girls, unknown, status, decided_on, judged
    )


def _day(random: Random, today: date, years: int) -> date:
    span = 365 * years
    while True:
        day = today - timedelta(days=random.randint(1, span))
        # A slow rise over the years, and the season.
        if random.random() < MONTHS[day.month - 1] / 11 * (1 - 0.35 * (today - day).days / span):
            return day


def _parties(story: str, random: Random) -> tuple[tuple[str, ...], str]:
    if story == "crossfire":
        return random.choice(CROSSFIRE), "crossfire"
    if story == "detention":
        return ("FAMA",), "sole"
    if story == "village" and random.random() < 0.08:
        return JOINT, "joint"
    party = pick(random, PARTIES)
    if story == "explosive" and random.random() < 0.6:
        party = ""
    return ((party,), "sole") if party else ((), "unidentified")


def _children(story: str, random: Random) -> tuple[int, int, int]:
    if story in {"school", "hospital", "denial", "military_use"}:
        return 0, 0, 0
    if story == "sexual_violence":
        return 0, random.choice((1, 1, 1, 2)), 0
    if story == "abducted_recruited":
        return 1, 0, 0
    boys = random.choice((1, 1, 1, 2, 2, 3, 4))
    girls = random.choice((0, 0, 0, 1, 1, 2)) if story != "recruitment" else random.choice((0, 0, 0, 0, 1))
    unknown = 1 if random.random() < 0.07 else 0
    return boys, girls, unknown


def _decision(day: date, random: Random, today: date) -> tuple[str, date | None]:
    chance = random.random()
    decided = day + timedelta(days=random.choice(WAITS))
    close = quarter_end(day)
    # The task force hurries at the close of a quarter: most of what can be decided before it is.
    if decided > close and (close - day).days >= 8 and random.random() < 0.7:
        decided = close - timedelta(days=random.randint(0, 5))
    if decided >= today or chance < 0.10:
        return "pending", None
    if chance < 0.15:
        return "could_not_verify", decided
    if chance < 0.18:
        return "not_mrm", decided
    if chance < 0.19:
        return "did_not_occur", decided
    return "verified", decided
