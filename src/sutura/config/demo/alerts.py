"""Invented alerts in every state, some late, and notes on how far each cercle can be reached."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from sutura.alerts import services
from sutura.alerts.models import Alert
from sutura.config.demo.accounts import focal_point
from sutura.config.demo.shapes import CERCLES, pick
from sutura.config.demo.words import ALERTS, MARK, ORGANISATIONS
from sutura.incidents import services as incidents
from sutura.incidents.parts import IncidentBundle, ViolationPart
from sutura.people.models import Account

KINDS = (
    "recruitment_use",
    "attack_school",
    "maiming",
    "recruitment_use",
    "denial_humanitarian_access",
    "killing",
)
HOURS = (2, 5, 9, 20, 26, 40, 50, 75, 90, 130, 200, 300)
LEVELS = ("green", "amber", "amber", "red", "red")


def receive_all(
    *, by: Account, cast: dict[str, Account], places: dict[str, list[Any]], random: Random, count: int = 26
) -> int:
    """Alerts of the last fortnight: a third triaged, the others waiting with their clock running."""
    now = timezone.now()
    tellers = {"ML05": cast["awa"], "ML01": cast["oumar"]}
    for number in range(count):
        which = number % len(ALERTS)
        received = now - timedelta(hours=HOURS[number % len(HOURS)] + number)
        place = random.choice(places[pick(random, CERCLES)])
        alert = services.receive(
            by=tellers.get(place.region, by),
            types=[KINDS[which]],
            place=place,
            happened_on=timezone.localdate(received) - timedelta(days=random.randint(0, 3)),
            boys=random.randint(0, 2),
            children_unknown=which == 5,
            party_type="unidentified" if which % 2 else "armed_group",
            source_category=random.choice(("community", "witness", "staff", "victim")),
            organisation=random.choice(ORGANISATIONS),
            access=random.choice(("green", "amber", "red", "unknown")),
            needs_medical=which == 2,
            told=MARK + ALERTS[which],
            received_at=received,
        )
        triage(alert, number, by=focal_point(cast, place.region))
    return count


def triage(alert: Alert, number: int, *, by: Account) -> None:
    """Every third alert was looked at."""
    if number % 9 == 4:
        reason = "Accident de la route sans lien avec le conflit (inventé)."
        services.set_not_mrm(alert=alert, by=by, reason=reason)
    elif number % 9 == 7:
        services.ask(alert=alert, by=by, about=("children", "tellers"), question="Qui les a vus ? (inventé)")
    elif number % 9 == 2:
        services.protect_first(alert=alert, by=by, done="Orientation médicale faite le jour même (inventé).")


def open_some(*, cast: dict[str, Account], count: int = 3) -> None:
    """Awa has begun the files of a few alerts of Mopti; what they lack is on her home."""
    awa = cast["awa"]
    fresh = (
        Alert.objects.filter(region="ML05", state="new").exclude(place=None).order_by("-received_at", "pk")
    )
    for number, alert in enumerate(fresh[:count]):
        kind = ViolationPart(type=alert.types[0], key="v", boys=alert.boys)
        bundle = IncidentBundle(
            place=alert.place,
            occurred_on=alert.happened_on,
            alert=alert,
            title="Dossier à compléter",
            account_restricted=told_of(alert),
            account_shareable=MARK + "Faits en cours de documentation." if number else "",
            reporting_organisation=alert.organisation,
            violations=(kind,) if number != 1 else (),
        )
        incident = incidents.open_incident(bundle=bundle, by=awa, why="alerte")
        services.mark_opened(alert=alert, by=awa, reference=incident.ref)


def told_of(alert: Alert) -> str:
    """The words which were sealed into an invented alert."""
    return MARK + next(story for kind, story in zip(KINDS, ALERTS, strict=True) if kind == alert.types[0])


def note_access(*, by: Account, cercles: list[Any], random: Random) -> int:
    """Two cercles in three were looked at lately; of the others nothing is known, and the map says so."""
    noted = 0
    for cercle in cercles:
        if random.random() < 0.34:
            continue
        services.note_access(
            by=by,
            unit=cercle,
            level=random.choice(LEVELS) if cercle.code in CERCLES else "green",
            observed_on=timezone.localdate() - timedelta(days=random.randint(1, 80)),
            source="Réunion de coordination régionale (inventé)",
            visited=random.random() < 0.5,
        )
        noted += 1
    return noted
