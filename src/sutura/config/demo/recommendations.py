"""Invented recommendations in every state, needs of the regions, and the themes that nobody treats."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from sutura.coordination.models import Axis, Body, Meeting, Recommendation
from sutura.coordination.services import agenda, needs, plans, reports
from sutura.coordination.services import recommendations as services
from sutura.library.models import Document
from sutura.partners.models import Organisation
from sutura.people.models import Account


class Asked(NamedTuple):
    """One recommendation: body, organisation, days since it was raised, days until it is due, what became of it."""

    body: str
    organisation: str
    raised: int
    due: int
    becomes: str
    text: str
    axis: int = 0
    region: str = ""


AXES = ("Coordination et pilotage", "Offre de soins et soutien communautaire", "Renforcement des capacités")
COORDINATION, CARE, CAPACITY = 1, 2, 3
ASKED = (
    Asked(
        "CCT",
        "OTE",
        120,
        -70,
        "started",
        "Achever la carte des services de Gao et de Ménaka (inventé).",
        CARE,
        "ML07",
    ),
    Asked(
        "CCT",
        "IFS",
        120,
        -40,
        "late",
        "Fondre les deux versions du module communautaire en une seule (inventé).",
        CAPACITY,
    ),
    Asked(
        "CCT",
        "CHF",
        90,
        -12,
        "started",
        "Appuyer la reprise du groupe d’analyse à l’arrêt (inventé).",
        CAPACITY,
        "ML05",
    ),
    Asked(
        "CCT",
        "DNI",
        90,
        20,
        "blocked",
        "Inscrire la prévention des addictions au plan d’action (inventé).",
        COORDINATION,
    ),
    Asked(
        "CCT",
        "AJI",
        90,
        -20,
        "deferred",
        "Traduire les supports en fulfuldé et en songhay (inventé).",
        CARE,
        "ML05",
    ),
    Asked(
        "CCT",
        "DNI",
        150,
        -60,
        "verified",
        "Nommer un point focal dans chaque région (inventé).",
        COORDINATION,
    ),
    Asked(
        "CCT",
        "AFE",
        150,
        -45,
        "verified",
        "Diffuser le cadre opérationnel aux membres (inventé).",
        COORDINATION,
    ),
    Asked(
        "CCT", "IFS", 60, -5, "declared", "Remettre la liste des formateurs disponibles (inventé).", CAPACITY
    ),
    Asked("CCT", "OTE", 60, 25, "by_link", "Recenser les lignes d’écoute ouvertes la nuit (inventé).", CARE),
    Asked("CCT", "AJI", 30, 40, "adopted", "Proposer une fiche d’orientation commune (inventé).", CARE),
    Asked("CCT", "CHF", 30, 30, "lapsed", "Louer une salle pour l’atelier de juin (inventé).", COORDINATION),
    Asked(
        "CCT",
        "DNI",
        8,
        45,
        "proposed",
        "Fixer le calendrier des missions conjointes (inventé).",
        COORDINATION,
    ),
    Asked(
        "GT-MOPTI",
        "DRI-M",
        90,
        -30,
        "late",
        "Demander un point d’accès mensuel (inventé).",
        COORDINATION,
        "ML05",
    ),
    Asked(
        "GT-MOPTI",
        "AJI",
        60,
        15,
        "started",
        "Former six animateurs d’espaces amis des enfants (inventé).",
        CAPACITY,
        "ML05",
    ),
    Asked(
        "GT-MOPTI",
        "AFE",
        90,
        -15,
        "verified",
        "Partager la liste des contacts du groupe (inventé).",
        COORDINATION,
        "ML05",
    ),
)
SAID = "Avancement inventé pour la démonstration."
PROOF = "Pièce inventée, jointe au procès-verbal."


def follow(*, cast: dict[str, Account], today: date) -> None:
    """Pour them all, then fill the agendas to come with what is due."""
    bodies = {body.acronym: body for body in Body.objects.filter(acronym__in=("CCT", "GT-MOPTI"))}
    organisations = {each.acronym: each for each in Organisation.objects.exclude(acronym="")}
    raise_needs(bodies, organisations, today, cast)
    axes = name_axes(by=cast["fatou"])
    for asked in ASKED:
        organisation, axis = organisations[asked.organisation], axes.get(asked.axis)
        found = ask(asked, bodies[asked.body], organisation, axis, today, by=cast["fatou"])
        become(asked.becomes, found, today, cast)
    for meeting in Meeting.objects.filter(body__in=bodies.values(), held_on=None):
        agenda.fill_agenda(meeting=meeting, by=cast["fatou"])


def name_axes(*, by: Account) -> dict[int, Axis]:
    """The strategic axes of the invented framework, by number."""
    document = Document.objects.filter(kind="framework")[0]
    return {
        number: plans.add_axis(document=document, number=number, title=title, by=by)
        for number, title in enumerate(AXES, start=1)
    }


def ask(
    asked: Asked, body: Body, organisation: Organisation, axis: Axis | None, today: date, *, by: Account
) -> Recommendation:
    """Write one down, adopted unless it is only proposed."""
    day = today - timedelta(days=asked.raised)
    meeting = Meeting.objects.of_body(body).filter(held_on__lte=day).order_by("-held_on").first()
    return services.write_down(
        body=body, responsible=organisation, text=asked.text, raised_on=day, axis=axis, region=asked.region,
        due_on=today + timedelta(days=asked.due), adopted=asked.becomes != "proposed",
        source=meeting.ref if meeting else "Réunion inventée",
        priority="high" if asked.becomes in ("late", "blocked") else "normal",
        person=f"Point focal {organisation.short} (fictif)", by=by,
    )  # fmt: skip


def become(what: str, found: Recommendation, today: date, cast: dict[str, Account]) -> None:
    """What became of it; Mariam, of another organisation, verifies what was declared."""
    by = cast["fatou"]
    told: dict[str, Any] = {"recommendation": found, "by": by, "words": SAID}
    if what in ("started", "by_link"):
        reports.report(progress=40, evidence="", **told)
    if what == "by_link":
        link = reports.hand_out_link(recommendation=found, by=by, days=30)
        reports.report_by_link(link=link, words=SAID, progress=70, evidence="Liste inventée, version 2.")
        reports.hand_out_link(recommendation=found, by=by, days=30)
    if what in ("declared", "verified"):
        reports.report(progress=100, done=True, evidence=PROOF, **told)
    if what == "verified":
        services.verify_recommendation(
            recommendation=found, by=cast["mariam"], closing="Pièce lue (inventé)."
        )
    if what == "blocked":
        reason = "Le budget du semestre n’est pas encore ouvert (inventé)."
        services.block(recommendation=found, by=by, blockage="funding", reason=reason)
    if what == "deferred":
        later = today + timedelta(days=35)
        services.defer(
            recommendation=found, by=by, due_on=later, reason="Traducteurs en formation (inventé)."
        )
    if what == "lapsed":
        services.lapse(recommendation=found, by=by, reason="L’atelier s’est tenu ailleurs (inventé).")


def raise_needs(
    bodies: dict[str, Body], organisations: dict[str, Organisation], today: date, cast: dict[str, Account]
) -> None:
    """Three themes, one of them treated by somebody, and three needs, one answered."""
    by, member = cast["fatou"], cast["mariam"]
    names = (("Addiction", "Addiction"), ("Prévention du suicide", "Suicide prevention"), ("Deuil", "Grief"))
    themes = {fr: needs.add_theme(name_fr=fr, name_en=en, by=by) for fr, en in names}
    needs.add_active_partner(
        theme=themes["Deuil"], organisation=organisations["AJI"], region="ML05",
        words="Cercles de parole (inventé)", by=by,
    )  # fmt: skip
    told: dict[str, Any] = {"body": bodies["CCT"], "by": member, "evidence": "Mission inventée"}
    needs.raise_need(
        region="ML07", text="Aucun service ne reçoit les adolescents dépendants (inventé).", severity="critical",
        layer="L4", theme=themes["Addiction"], raised_on=today - timedelta(days=100), **told,
    )  # fmt: skip
    needs.raise_need(
        region="ML06", text="Les relais n’ont pas de supports dans leur langue (inventé).", layer="L2",
        raised_on=today - timedelta(days=20), **told,
    )  # fmt: skip
    answered = needs.raise_need(
        region="ML05", text="Les écoles demandent un interlocuteur après une attaque (inventé).", layer="L3",
        theme=themes["Deuil"], raised_on=today - timedelta(days=80), **told,
    )  # fmt: skip
    needs.answer_need(
        need=answered, answer="L’association Jigiya (fictive) répond déjà, chaque mardi.", by=by
    )
