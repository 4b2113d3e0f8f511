"""Invented judgements: three opinions by three people, two sittings held and one to come, answers given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db.models import QuerySet

from sutura.config.demo.accounts import focal_point
from sutura.config.demo.shapes import Draw, last_quarter
from sutura.incidents import services as incidents
from sutura.incidents.models import Incident, Violation
from sutura.ledger.rules import GRAVE_TYPES
from sutura.people.models import Account
from sutura.verification import services as verification
from sutura.verification.evidence import evidence_of, lacks_of
from sutura.verification.rules import EXCUSABLE, blocking

IMPORTED = "Décision prise avant Sutura, reprise d’un fichier (inventé)."
EXCEPTION = "Sources secondaires concordantes ; un entretien exposerait l’enfant (inventé)."
ATTENDANCE = "Coprésidence technique (fictive)\nAssociation Jigiya (fictive)\nONG Tilwate Enfance (fictive)"
REASONS = {
    "verified": (
        "Récits concordants de deux sources qui ne se connaissent pas (inventé).",
        "Témoin direct entendu par une personne formée ; dates et lieu recoupés (inventé).",
        "Constat sur place après les faits, photographies versées au dossier (inventé).",
    ),
    "could_not_verify": ("Accès impossible et une seule source, secondaire (inventé).",),
    "not_mrm": ("Différend foncier sans lien avec le conflit (inventé).",),
    "did_not_occur": ("La visite sur place a montré que le fait n’a pas eu lieu (inventé).",),
}
RESPONSES = (["medical"], ["psychosocial"], ["advocacy"], ["medical", "psychosocial"], ["justice"])
ITEMS = 9
"""What one sitting decides, more or less."""


@dataclass(frozen=True)
class Panel:
    """Who judges, and on which day this is poured."""

    cast: dict[str, Account]
    today: date
    random: Random

    def say(self, violation: Violation, level: str, status: str, day: date) -> None:
        """Give one opinion, dated a day between the facts and today."""
        people = {"technical": self.cast["moussa"], "ctfmr": self.cast["seydou"]}
        verification.give_opinion(
            violation=violation,
            level=level,
            status=status,
            given_on=min(max(day, violation.incident.occurred_on), self.today),
            by=people.get(level) or focal_point(self.cast, violation.region),
            reason=self.random.choice(REASONS[status]),
            exception=needed(violation, status),
        )

    def prepare(self, violation: Violation, status: str, until: date) -> None:
        """The first two opinions, on two days before a third."""
        wait = (until - violation.incident.occurred_on).days
        for level, share in (("focal_point", 0.4), ("technical", 0.75)):
            day = violation.incident.occurred_on + timedelta(days=int(wait * share))
            self.say(violation, level, status, day)


def needed(violation: Violation, status: str) -> str:
    """The written exception, where the file has too few primary sources to verify."""
    if status != "verified":
        return ""
    found = lacks_of(evidence_of([violation])[violation.pk])
    return EXCEPTION if set(blocking(found, "")) & set(EXCUSABLE) else ""


def decide_before(*, opened: Iterable[tuple[Draw, Incident]], by: Account) -> None:
    """Decisions older than the last closed quarter came with the file that told the incidents."""
    old = [incident.pk for draw, incident in opened if draw.decided_on and not draw.judged]
    violations = Violation.objects.filter(incident__in=old).exclude(status="pending").order_by("pk")
    verification.record_imported_decisions(violations=list(violations), by=by, why=IMPORTED)


def judge(panel: Panel, opened: Iterable[tuple[Draw, Incident]]) -> list[tuple[Violation, str]]:
    """Three opinions on each recent decision, part of them in two sittings.

    Returns what is ready for the task force of the last closed quarter and kept back for later.
    """
    due = [(draw, incident) for draw, incident in opened if draw.judged and draw.decided_on]
    due.sort(key=lambda pair: (pair[0].decided_on or panel.today, pair[0].number))
    judged = []
    for draw, incident in due:
        for violation in incident.violations.select_related("incident").order_by("pk"):
            assert draw.decided_on is not None
            panel.prepare(violation, draw.status, draw.decided_on)
            judged.append((violation, draw.status, draw.decided_on))
    start, end = last_quarter(panel.today)
    closed = [one for one in judged if start <= one[2] <= end]
    kept = [one for one in closed if one[1] == "verified" and one[0].type in GRAVE_TYPES][-2:]
    sittings = [(end - timedelta(days=9), closed), (panel.today - timedelta(days=6), judged)]
    done = {one[0].pk for one in kept}
    for day, offered in sittings:
        fit = [one for one in offered if one[0].pk not in done and one[2] <= day]
        done |= sit(panel, day, fit[-ITEMS:])
    for violation, status, day in judged:
        if violation.pk not in done:
            panel.say(violation, "ctfmr", status, day)
    return [(violation, status) for violation, status, _day in kept]


def sit(panel: Panel, day: date, items: list[tuple[Violation, str, date]]) -> set[int]:
    """One sitting, held and closed; the violations which it decided."""
    secretary = panel.cast["kadidia"]
    sitting = verification.convene_sitting(held_on=day, by=secretary, venue="Bamako", attendance=ATTENDANCE)
    told = {violation.pk: status for violation, status, _day in items}
    agenda = verification.put_on_agenda(
        sitting=sitting, violations=[violation for violation, _status, _day in items], by=secretary
    )
    for item in agenda:
        status = told[item.violation_id]
        verification.decide_in_sitting(
            item=item,
            status=status,
            reason=panel.random.choice(REASONS[status]),
            exception=needed(item.violation, status),
            by=panel.cast["seydou"],
        )
    verification.close_sitting(sitting=sitting, by=secretary)
    return set(told)


def leave_waiting(panel: Panel, waiting: QuerySet[Violation]) -> None:
    """Of what is pending, some have one opinion, some two, and the next sitting has its agenda."""
    old = waiting.filter(incident__occurred_on__lt=panel.today - timedelta(days=20))
    ready = []
    for number, violation in enumerate(old.select_related("incident").order_by("-pk")[:27]):
        lacks = blocking(lacks_of(evidence_of([violation])[violation.pk]), EXCEPTION)
        status = "could_not_verify" if lacks or number % 5 == 4 else "verified"
        day = violation.incident.occurred_on + timedelta(days=12)
        if number % 3:
            panel.prepare(violation, status, day)
            ready.append(violation)
        else:
            panel.say(violation, "focal_point", status, day)
    secretary = panel.cast["kadidia"]
    soon = panel.today + timedelta(days=12)
    sitting = verification.convene_sitting(held_on=soon, by=secretary, venue="Bamako")
    verification.put_on_agenda(sitting=sitting, violations=ready[:ITEMS], by=secretary)


def respond(panel: Panel, count: int = 30) -> None:
    """What was done for the child or with the party, given or still due."""
    decided = Violation.objects.filter(status="verified", incident__state="open").select_related("incident")
    for number, violation in enumerate(decided.order_by("-decided_on", "pk")[: 2 * count : 2]):
        given = number % 3 != 2
        assert violation.decided_on is not None
        after = violation.decided_on + timedelta(days=panel.random.randint(1, 15))
        incidents.add_response(
            violation=violation,
            by=focal_point(panel.cast, violation.region),
            kinds=RESPONSES[number % len(RESPONSES)],
            status="provided" if given else "pending",
            made_on=min(after, panel.today) if given else None,
            due_on=None if given else panel.today + timedelta(days=number),
            notes="Réponse inventée pour la démonstration.",
        )
