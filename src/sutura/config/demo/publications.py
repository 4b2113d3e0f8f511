"""Invented cards from which the bodies learn, and their first bulletins: one validated, one still a draft."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from sutura.coordination.bulletins import content_of
from sutura.coordination.models import Body, Publication, Theme
from sutura.coordination.services import cards, publications
from sutura.partners.models import Organisation
from sutura.people.models import Account


class Learned(NamedTuple):
    """One card: its facts, whether its source agreed, and what became of it."""

    body: str
    organisation: str
    facts: dict[str, Any]
    theme: str = ""
    agreed: bool = True
    becomes: str = "validated"


LEARNED = (
    Learned("CCT", "AJI", {
        "kind": "practice", "region": "ML05", "title": "Des cercles de parole le jour du marché (inventé)",
        "context": "Les femmes déplacées ne venaient pas en semaine (inventé).",
        "action": "Tenir les cercles le jour du marché, près de l’eau. La présence a doublé en un mois (inventé).",
        "evidence": "Registre des séances, mars à mai (inventé).",
    }, "Deuil"),
    Learned("CCT", "IFS", {
        "kind": "lesson", "title": "Une seule version du module avant de former (inventé)",
        "context": "Deux versions du module circulaient (inventé).",
        "action": "Arrêter les sessions trois semaines, fondre les deux versions, reprendre (inventé).",
        "evidence": "Compte rendu de l’atelier de lecture (inventé).",
    }),
    Learned("CCT", "OTE", {
        "kind": "difficulty", "region": "ML07", "title": "Aucune ligne d’écoute la nuit (inventé)",
        "context": "Les appels de nuit restent sans réponse à Gao (inventé).",
        "action": "Deux essais de permanence, arrêtés faute de relève (inventé).",
        "evidence": "Journal des appels, deux semaines (inventé).",
    }, "Prévention du suicide", agreed=False),
    Learned("CCT", "CHF", {
        "kind": "lesson", "title": "Un groupe d’analyse tient s’il a un jour fixe (inventé)",
        "context": "Un groupe sur quatre s’était arrêté (inventé).",
        "action": "Fixer le jour pour l’année avec la direction (inventé).",
        "evidence": "Calendrier signé (inventé).",
    }, becomes="proposed"),
    Learned("GT-MOPTI", "AJI", {
        "kind": "practice", "region": "ML05", "title": "Un point d’accès par semaine, par radio (inventé)",
        "context": "La piste vers deux cercles était fermée (inventé).",
        "action": "Appeler chaque lundi les relais des deux cercles (inventé).",
        "evidence": "Cahier de radio (inventé).",
    }),
)  # fmt: skip
WORDS = {
    "CCT": "Six régions ont répondu à la cartographie ; Gao et Ménaka manquent encore (inventé).",
    "GT-MOPTI": "Quatre espaces amis des enfants ont rouvert (inventé).",
}


def publish(*, cast: dict[str, Account], today: date) -> None:
    """Gather the cards, then publish a bulletin of each body and leave the report of the year as a draft."""
    bodies = {body.acronym: body for body in Body.objects.filter(acronym__in=WORDS)}
    known = {each.acronym: each for each in Organisation.objects.exclude(acronym="")}
    for number, learned in enumerate(LEARNED):
        gather(learned, bodies[learned.body], known, today - timedelta(days=100 - 20 * number), cast)
    for acronym, words in WORDS.items():
        span = {"first": today - timedelta(days=180), "last": today - timedelta(days=8)}
        made = publications.draft_publication(
            body=bodies[acronym], kind="bulletin", words=words, by=cast["fatou"], **span
        )
        freeze(made, by=cast["kadidia"])
    publications.draft_publication(
        body=bodies["CCT"], kind="learning", first=today - timedelta(days=364), last=today, by=cast["fatou"],
        words="Ce que l’année a appris aux membres (inventé).",
    )  # fmt: skip


def gather(
    learned: Learned, body: Body, known: dict[str, Organisation], day: date, cast: dict[str, Account]
) -> None:
    """One card, written by a member; another person validates it."""
    consent: dict[str, Any] = (
        {"consent_by": "Responsable de projet (fictif)", "consent_on": day} if learned.agreed else {}
    )
    card = cards.write_card(
        body=body, organisation=known[learned.organisation], by=cast["mariam"], written_on=day,
        theme=Theme.objects.filter(name_fr=learned.theme).first(), **learned.facts, **consent,
    )  # fmt: skip
    if learned.becomes == "validated":
        cards.validate_card(card=card, by=cast["fatou"])


def freeze(publication: Publication, *, by: Account) -> None:
    """Another person validates it as it stands."""
    seen = publications.fingerprint(content_of(publication))
    publications.validate_publication(publication=publication, seen=seen, by=by)
