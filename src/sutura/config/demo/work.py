"""Invented workshops, conferences and missions of both bodies, their actions, a mandate and its days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from sutura.coordination.models import Body, Event
from sutura.coordination.services import mandates, reminders
from sutura.coordination.services import work as services
from sutura.library.models import Document
from sutura.partners.models import Organisation
from sutura.people.models import Account

REPORT = "Rapport inventé pour la démonstration : ce qu’on a vu, discuté et décidé, sans donnée de cas."
OFFICES = {
    "DNI": "Chef de division (fictif)",
    "IFS": "Formatrice (fictive)",
    "OTE": "Coordonnatrice (fictive)",
}


class Told(NamedTuple):
    """One of them: body, kind, title, region, days from today, length, who leads, who came, output, action."""

    body: str
    kind: str
    title: str
    region: str
    apart: int
    days: int
    leads: tuple[str, ...] = ()
    came: tuple[tuple[str, int, int], ...] = ()
    output: str = ""
    action: tuple[str, str] = ("", "")


HELD = (
    Told("CCT", "thematic", "Harmoniser les modules communautaires (inventé)", "", -150, 3, ("IFS", "DNI"),
         (("DNI", 6, 2), ("OTE", 4, 3), ("AJI", 3, 2), ("IFS", 5, 3)), "Module communautaire, version commune",
         ("IFS", "Diffuser le module commun aux formateurs (inventé).")),
    Told("CCT", "thematic", "Paquet minimum d’activités (inventé)", "", -96, 2, ("DNI", "IFS"),
         (("DNI", 5, 2), ("AFE", 3, 2), ("CHF", 4, 2)), "Liste du paquet minimum, projet"),
    Told("CCT", "regional", "Déployer le cadre opérationnel à Sikasso (inventé)", "ML03", -70, 2, ("DNI",),
         (("DNI", 4, 1), ("AJI", 6, 4)), "Plan de déploiement de Sikasso",
         ("DNI", "Installer le point focal de Sikasso (inventé).")),
    Told("CCT", "regional", "Déployer le cadre opérationnel à Mopti (inventé)", "ML05", -42, 2, ("OTE",),
         (("DRI-M", 5, 2), ("OTE", 4, 2)), "Carte des services de Mopti"),
    Told("CCT", "conference", "La santé mentale des enfants en crise (inventé)", "", -55, 1, ("IFS",),
         (("IFS", 62, 38),), "Actes de la conférence"),
    Told("CCT", "mission", "Appui à la direction régionale de Gao (inventé)", "ML07", -30, 4, ("OTE",),
         (), "", ("OTE", "Équiper le centre d’écoute de Gao (inventé).")),
    Told("GT-MOPTI", "mission", "Suivi conjoint à Bandiagara (inventé)", "ML05", -24, 3, ("AJI",),
         (), "", ("AJI", "Rouvrir un espace ami des enfants (inventé).")),
    Told("GT-MOPTI", "thematic", "Orienter un enfant, sans donnée de cas (inventé)", "ML05", -50, 1, ("DRI-M",),
         (("DRI-M", 4, 1), ("AJI", 5, 3)), "Fiche d’orientation commune"),
)  # fmt: skip
PLANNED = (
    Told("CCT", "thematic", "Outils de suivi de la qualité (inventé)", "", 19, 2, ("IFS",)),
    Told("CCT", "regional", "Déployer le cadre opérationnel à Gao (inventé)", "ML07", 33, 2, ("OTE",)),
    Told("CCT", "national", "Capitaliser une année de travail (inventé)", "", 88, 2),
    Told("GT-MOPTI", "mission", "Visite des espaces amis des enfants (inventé)", "ML05", 9, 2, ("AJI",)),
)  # fmt: skip
# Days from today, days worked, on what.
DAYS = (
    (-150, 3, "Atelier d’harmonisation"), (-128, 12, "Termes de référence des groupes"), (-96, 2, "Paquet minimum"),
    (-82, 10, "Carte des services"), (-70, 3, "Atelier de Sikasso"), (-42, 2, "Atelier de Mopti"),
    (-30, 4, "Mission à Gao"), (-14, 7, "Bulletin et tableau de bord"),
)  # fmt: skip


def carry_out(*, cast: dict[str, Account], today: date) -> None:
    """Fill the lists of workshops and missions, the targets, the mandates and Mariam's reminders."""
    by = cast["fatou"]
    bodies = {body.acronym: body for body in Body.objects.filter(acronym__in=("CCT", "GT-MOPTI"))}
    known = {each.acronym: each for each in Organisation.objects.exclude(acronym="")}
    for told in HELD:
        tell(told, plan(told, bodies, known, today, by=by), known, today, by=by)
    for told in PLANNED:
        plan(told, bodies, known, today, by=by)
    begun = today - timedelta(days=170)
    mandates.set_programme(
        body=bodies["CCT"], starts_on=begun, ends_on=begun + timedelta(days=350), thematic=3, national=1,
        conferences=2, regions=("ML03", "ML05", "ML06", "ML07"), by=by,
    )  # fmt: skip
    mandates.set_programme(
        body=bodies["GT-MOPTI"], starts_on=begun, ends_on=begun + timedelta(days=350), thematic=2, national=0,
        conferences=0, regions=(), by=by,
    )  # fmt: skip
    work_days(bodies, cast, begun, today)
    reminders.set_reminder(rhythm="weekly", email="mariam@exemple.invalid", by=cast["mariam"])


def plan(
    told: Told, bodies: dict[str, Body], known: dict[str, Organisation], today: date, *, by: Account
) -> Event:
    """One of them, and who leads it."""
    first = today + timedelta(days=told.apart)
    event = services.plan_event(
        body=bodies[told.body], kind=told.kind, title=told.title, region=told.region, starts_on=first,
        ends_on=first + timedelta(days=told.days - 1), host=known["IFS"] if told.kind == "conference" else None,
        aims="Objectif inventé pour la démonstration.", venue="Salle inventée", by=by,
    )  # fmt: skip
    for acronym in told.leads:
        services.add_facilitator(
            event=event, name=OFFICES.get(acronym, f"Point focal {acronym} (fictif)"), organisation=known[acronym],
            expertise="animation", by=by,
        )  # fmt: skip
    return event


def tell(told: Told, event: Event, known: dict[str, Organisation], today: date, *, by: Account) -> None:
    """It took place: the report, who came, what came out, and the action raised."""
    services.report_event(event=event, report=REPORT, by=by)
    for acronym, participants, women in told.came:
        services.count_participants(
            event=event, organisation=known[acronym], participants=participants, women=women, by=by
        )
    if told.output:
        document = Document.objects.filter(kind="module").first() if "Module" in told.output else None
        services.add_output(event=event, title=f"{told.output} (inventé)", document=document, by=by)
    organisation, text = told.action
    if text:
        services.raise_action(
            event=event, responsible=known[organisation], text=text, adopted=True, by=by,
            due_on=today + timedelta(days=20),
        )  # fmt: skip


def work_days(bodies: dict[str, Body], cast: dict[str, Account], begun: date, today: date) -> None:
    """The consultant's 180 days over eleven months and a half, and Mariam's few days, which she notes herself."""
    given: dict[str, Any] = {"body": bodies["CCT"], "starts_on": begun, "by": cast["fatou"]}
    consultant = mandates.open_mandate(
        person="Consultante nationale SMSPS (fictive)", days=180, ends_on=begun + timedelta(days=350), **given
    )
    own = mandates.open_mandate(
        person="Appui au secrétariat (fictif)", days=40, ends_on=begun + timedelta(days=300), account=cast["mariam"],
        **given | {"body": bodies["GT-MOPTI"]},
    )  # fmt: skip
    events = {event.starts_on: event for event in Event.objects.of_body(bodies["CCT"])}
    for apart, days, words in DAYS:
        first = today + timedelta(days=apart)
        mandates.note_days(
            mandate=consultant, starts_on=first, ends_on=first + timedelta(days=days - 1), days=Decimal(days),
            words=f"{words} (inventé)", event=events.get(first), by=cast["fatou"],
        )  # fmt: skip
    first = today - timedelta(days=20)
    mandates.note_days(
        mandate=own, starts_on=first, ends_on=first + timedelta(days=2), days=Decimal("2.5"),
        words="Relances des organisations (inventé)", by=cast["mariam"],
    )  # fmt: skip
